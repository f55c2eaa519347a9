import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type { Media, MediaStart } from './media.ts';
import { createSpeakers } from './speakers.ts';
import type { Request } from './signalling.ts';
import { createStatsReader } from './stats-reader.ts';

/** Packets that do not get through by then will not, in milliseconds. */
const CONNECT_WITHIN_MS = 12_000;
/** A network that changes is often back by itself, in milliseconds. */
const RESTART_AFTER_MS = 2_000;
/** And when a restarted ICE does not help either, in milliseconds. */
const FAIL_AFTER_MS = 8_000;

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
  const consumers = new Map<string, types.Consumer>();
  const wanted = new Set<string>();
  const speakers = createSpeakers({ device: start.speaker, onBlocked: hooks.onSoundBlocked });
  let producer: types.Producer | undefined;
  /** One at a time: two microphones offered at once would be two producers. */
  let lastSend = Promise.resolve();
  let isMuted = false;
  /** What the sfu knows. */
  let isToldMuted = false;
  /** By producer. */
  const gains = new Map<string, number>();
  const stats = createStatsReader({
    sending,
    receiving,
    consumers,
    now: () => performance.now(),
  });

  async function send(track: MediaStreamTrack): Promise<void> {
    if (producer === undefined) {
      // Else the first moments would be heard before the mute is.
      track.enabled = !isMuted;
      producer = await sending.produce({
        track,
        // Silence costs nothing, and one lost packet is made up for by the next.
        codecOptions: { opusDtx: true, opusFec: true },
        stopTracks: false,
        disableTrackOnPause: true,
        zeroRtpOnPause: true,
      });
      await tellMute(producer);
    } else if (producer.track !== track) {
      await producer.replaceTrack({ track });
    }
    await connected(sending);
  }

  async function tellMute(muted: types.Producer): Promise<void> {
    if (isMuted) muted.pause();
    else muted.resume();
    if (isMuted === isToldMuted) return;
    isToldMuted = isMuted;
    await request(isMuted ? 'pauseProducer' : 'resumeProducer', { producerId: muted.id });
  }

  async function receive(producerId: string, gain: number): Promise<void> {
    wanted.add(producerId);
    gains.set(producerId, gain);
    const options = await request('consume', {
      producerId,
      rtpCapabilities: device.recvRtpCapabilities,
    });
    if (options.kind !== 'audio' || !wanted.has(producerId)) return;
    const consumer = await receiving.consume({
      id: options.id,
      producerId,
      kind: options.kind,
      // The router made them for this device's capabilities.
      rtpParameters: options.rtpParameters as types.RtpParameters,
      // One stream a person: lip-sync groups would delay one voice for another.
      streamId: options.peerId ?? producerId,
    });
    if (!wanted.has(producerId)) return consumer.close();
    consumers.set(producerId, consumer);
    speakers.add(producerId, consumer.track, gains.get(producerId) ?? gain);
    await request('resumeConsumer', { consumerId: consumer.id });
  }

  return {
    send(track) {
      lastSend = lastSend.then(
        () => send(track),
        () => send(track),
      );
      return lastSend;
    },
    receive,
    stats,
    async setMuted(muted) {
      isMuted = muted;
      if (producer !== undefined) await tellMute(producer);
    },
    setGain(producerId, gain) {
      gains.set(producerId, gain);
      speakers.setGain(producerId, gain);
    },
    forget(producerId) {
      wanted.delete(producerId);
      gains.delete(producerId);
      consumers.get(producerId)?.close();
      consumers.delete(producerId);
      speakers.remove(producerId);
    },
    setDeafened: speakers.setMuted,
    setSpeaker: speakers.setDevice,
    playBlocked: speakers.play,
    close() {
      wanted.clear();
      sending.close();
      receiving.close();
      speakers.close();
    },
  };
}

async function openTransport(
  direction: 'send' | 'recv',
  device: Device,
  start: MediaStart,
): Promise<types.Transport> {
  const { request, welcome, hooks } = start;
  const given = await request('createTransport', { direction });
  // The contract leaves mediasoup's own shapes to mediasoup.
  const options = { ...given, iceServers: welcome.iceServers } as types.TransportOptions;
  const transport =
    direction === 'send'
      ? device.createSendTransport(options)
      : device.createRecvTransport(options);

  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    void tell(
      request('connectTransport', { transportId: transport.id, dtlsParameters }),
      done,
      failed,
    );
  });
  transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
    const parameters = { ...rtpParameters };
    const asked = {
      transportId: transport.id,
      kind,
      source: 'mic',
      rtpParameters: parameters,
    } as const;
    void tell(request('produce', asked), ({ producerId }) => done({ id: producerId }), failed);
  });
  mendIce(transport, request, hooks.onFailed);
  return transport;
}

/** mediasoup-client takes answers by callback. */
async function tell<Answer>(
  asked: Promise<Answer>,
  done: (answer: Answer) => void,
  failed: (problem: Error) => void,
): Promise<void> {
  try {
    done(await asked);
  } catch (problem) {
    failed(problem instanceof Error ? problem : new Error(String(problem)));
  }
}

/** Packets stopped: the address may have changed, so ICE starts anew; then the whole call does. */
function mendIce(transport: types.Transport, request: Request, onFailed: () => void): void {
  let timers: ReturnType<typeof setTimeout>[] = [];
  const restart = async (): Promise<void> => {
    try {
      const answer = await request('restartIce', { transportId: transport.id });
      // The contract leaves mediasoup's own shapes to mediasoup.
      await transport.restartIce({ iceParameters: answer.iceParameters as types.IceParameters });
    } catch {
      // The socket is gone too: the call starts anew.
    }
  };
  transport.on('connectionstatechange', (state) => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    if (state === 'disconnected' || state === 'failed') {
      timers = [
        setTimeout(() => void restart(), state === 'failed' ? 0 : RESTART_AFTER_MS),
        setTimeout(onFailed, FAIL_AFTER_MS),
      ];
    }
  });
}

function connected(transport: types.Transport): Promise<void> {
  if (transport.connectionState === 'connected') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no packet got through')), CONNECT_WITHIN_MS);
    transport.on('connectionstatechange', (state) => {
      if (state !== 'connected') return;
      clearTimeout(timer);
      resolve();
    });
  });
}
