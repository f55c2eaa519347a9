import { Device } from 'mediasoup-client';
import { createReceiver } from './engine-receiver.ts';
import { createSender } from './engine-sender.ts';
import { openTransport } from './engine-transport.ts';
import type { Media, MediaStart } from './media.ts';
import { createSpeakers } from './speakers.ts';
import { createStatsReader } from './stats-reader.ts';

export { createCues } from './sound/cues.ts';
export { openLine, warmLine } from './sound/line.ts';

/** mediasoup in the browser. Loaded when somebody is about to join a call, not before. */
export async function startMedia(start: MediaStart): Promise<Media> {
  const { request, hooks } = start;
  const device = await Device.factory();
  await device.load({
    routerRtpCapabilities: start.welcome.routerRtpCapabilities,
  });
  const [sending, receiving] = await Promise.all([
    openTransport('send', device, start),
    openTransport('recv', device, start),
  ]);
  const speakers = createSpeakers({ device: start.speaker, onBlocked: hooks.onSoundBlocked });
  const sender = createSender(sending.packets, request);
  const receiver = createReceiver({ device, transport: receiving.packets, request, speakers });
  const { send, setMuted, share, unshare } = sender;
  const { receive, setGain, watch, unwatch, setLayers, forget } = receiver;

  return {
    send,
    setMuted,
    share,
    unshare,
    receive,
    setGain,
    watch,
    unwatch,
    setLayers,
    forget,
    stats: createStatsReader({
      sending: sending.packets,
      receiving: receiving.packets,
      consumers: receiver.consumers,
      now: () => performance.now(),
    }),
    setDeafened: speakers.setMuted,
    setSpeaker: speakers.setDevice,
    playBlocked: speakers.play,
    mend(isOtherNetwork) {
      sending.mend(isOtherNetwork);
      receiving.mend(isOtherNetwork);
    },
    close() {
      sending.packets.close();
      receiver.close();
      speakers.close();
    },
  };
}
