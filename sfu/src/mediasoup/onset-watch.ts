import type { types } from 'mediasoup';
import type { Levels } from '../media.ts';
import { readAudioLevel } from '../rtp-audio-level.ts';

export const AUDIO_LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
/** As loud as this (dBov) is a voice. */
const ONSET_DBOV = -50;
/** Packets in a row; one alone may be a click. Each is 20 ms. */
const ONSET_PACKETS = 2;
/** Producers of one call that are watched; rings of any more light by the levels alone. */
const MAX_WATCHED = 50;

interface Watched {
  consumer: types.Consumer;
  loudPackets: number;
  /** Heard already: the levels tell the rest. */
  heard: boolean;
}

/**
 * Hears the first sound of those who are silent. mediasoup's AudioLevelObserver looks at 250 ms
 * and ten packets at a time, which lights a ring a quarter of a second late. Here the packets of
 * silent microphones themselves are read, which are few: Opus sends almost none in silence, and
 * who was heard is paused until silent again.
 */
export class OnsetWatch {
  onOnset: (producerId: string, dBov: number) => void = () => undefined;
  readonly #transport: types.DirectTransport;
  readonly #rtpCapabilities: types.RtpCapabilities;
  readonly #watched = new Map<string, Watched>();

  constructor(transport: types.DirectTransport, rtpCapabilities: types.RtpCapabilities) {
    this.#transport = transport;
    this.#rtpCapabilities = rtpCapabilities;
  }

  async watch(producerId: string): Promise<void> {
    if (this.#watched.size >= MAX_WATCHED) return;
    const consumer = await this.#transport.consume({
      producerId,
      rtpCapabilities: this.#rtpCapabilities,
    });
    const id = consumer.rtpParameters.headerExtensions?.find(({ uri }) => uri === AUDIO_LEVEL)?.id;
    if (id === undefined) return consumer.close();
    const watched: Watched = { consumer, loudPackets: 0, heard: false };
    this.#watched.set(producerId, watched);
    consumer.once('producerclose', () => this.#watched.delete(producerId));
    consumer.on('rtp', (packet) => this.#read(producerId, watched, readAudioLevel(packet, id)));
  }

  /** Who is in `levels` need not be watched for now; the others are again. */
  settle(levels: Levels): void {
    for (const [producerId, watched] of this.#watched) {
      const heard = levels.has(producerId);
      watched.heard = heard;
      watched.loudPackets = 0;
      // A request to the worker that a closing call may cut short, and that nobody waits for.
      if (heard !== watched.consumer.paused) {
        (heard ? watched.consumer.pause() : watched.consumer.resume()).catch(() => undefined);
      }
    }
  }

  #read(producerId: string, watched: Watched, dBov: number | undefined): void {
    if (watched.heard) return;
    watched.loudPackets = dBov !== undefined && dBov >= ONSET_DBOV ? watched.loudPackets + 1 : 0;
    if (dBov === undefined || watched.loudPackets < ONSET_PACKETS) return;
    watched.heard = true;
    this.onOnset(producerId, dBov);
  }
}
