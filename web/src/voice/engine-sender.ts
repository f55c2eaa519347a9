import type { types } from 'mediasoup-client';
import type { ShareSource } from './call-state.ts';
import { connected } from './engine-transport.ts';
import type { SentAs } from './engine-transport.ts';
import { encodingsOf } from './encodings.ts';
import type { Media } from './media.ts';
import type { Request } from './signalling.ts';

type Sender = Pick<Media, 'send' | 'setMuted' | 'share' | 'unshare'>;

/** One's own microphone, camera and screen, by one transport. */
export function createSender(transport: types.Transport, request: Request): Sender {
  let microphone: types.Producer | undefined;
  const shares = new Map<ShareSource, types.Producer>();
  /** One at a time: two microphones offered at once would be two producers. */
  let last: Promise<unknown> = Promise.resolve();
  let isMuted = false;
  /** What the sfu knows. */
  let isToldMuted = false;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  }

  async function send(track: MediaStreamTrack): Promise<void> {
    if (microphone === undefined) {
      // Else the first moments would be heard before the mute is.
      track.enabled = !isMuted;
      microphone = await transport.produce({
        track,
        // Silence costs nothing, and one lost packet is made up for by the next.
        codecOptions: { opusDtx: true, opusFec: true },
        stopTracks: false,
        disableTrackOnPause: true,
        zeroRtpOnPause: true,
        appData: { source: 'mic' } satisfies SentAs,
      });
      await tellMute(microphone);
    } else if (microphone.track !== track) {
      await microphone.replaceTrack({ track });
    }
    await connected(transport);
  }

  async function tellMute(muted: types.Producer): Promise<void> {
    if (isMuted) muted.pause();
    else muted.resume();
    if (isMuted === isToldMuted) return;
    isToldMuted = isMuted;
    await request(isMuted ? 'pauseProducer' : 'resumeProducer', { producerId: muted.id });
  }

  async function share(source: ShareSource, track: MediaStreamTrack): Promise<string> {
    const before = shares.get(source);
    if (before !== undefined) {
      if (before.track !== track) await before.replaceTrack({ track });
      return before.id;
    }
    const producer = await transport.produce({
      track,
      ...encodingsOf(source, track),
      stopTracks: false,
      appData: { source } satisfies SentAs,
    });
    shares.set(source, producer);
    return producer.id;
  }

  async function unshare(source: ShareSource): Promise<void> {
    const producer = shares.get(source);
    if (producer === undefined) return;
    shares.delete(source);
    producer.close();
    await request('closeProducer', { producerId: producer.id });
  }

  return {
    send: (track) => inTurn(() => send(track)),
    async setMuted(muted) {
      isMuted = muted;
      if (microphone !== undefined) await tellMute(microphone);
    },
    share: (source, track) => inTurn(() => share(source, track)),
    unshare: (source) => inTurn(() => unshare(source)),
  };
}
