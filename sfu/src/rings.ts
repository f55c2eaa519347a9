import type { Levels, MediaProducer, MediaRouter } from './media.ts';
import { SpeakingMeter } from './speaking.ts';

/** Rounds of falling levels after the last one was heard. */
const RELEASE_ROUND_MS = 125;
/** Levels come each 250 ms while somebody speaks; later than this, nobody does. */
const LEVELS_LATE_MS = 400;

/** The speaking rings of one call: from what microphones bring to how loud each peer is. */
export class Rings {
  readonly #router: MediaRouter;
  readonly #meter: SpeakingMeter;
  /** The peer of each microphone that can be heard. */
  readonly #speakers = new Map<string, string>();
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onLevels called with the peers whose level changed: 0 (silent) to 1 */
  constructor(router: MediaRouter, onLevels: (byPeer: ReadonlyMap<string, number>) => void) {
    this.#router = router;
    this.#meter = new SpeakingMeter(onLevels);
    router.onLevels((levels) => this.#hear(levels));
    router.onOnset((producerId, dBov) => this.#startToHear(producerId, dBov));
  }

  isLit(peerId: string): boolean {
    return this.#meter.isSpeaking(peerId);
  }

  async add(peerId: string, microphone: MediaProducer, paused: boolean): Promise<void> {
    if (!paused) this.#speakers.set(microphone.id, peerId);
    await this.#router.listenTo(microphone);
  }

  /** A paused microphone is silent at once, though levels from before may still come. */
  setPaused(peerId: string, microphone: MediaProducer, paused: boolean): void {
    if (paused) this.remove(peerId, microphone.id);
    else this.#speakers.set(microphone.id, peerId);
  }

  remove(peerId: string, microphoneId: string): void {
    if (this.#speakers.delete(microphoneId)) this.#meter.silence(peerId);
  }

  close(): void {
    clearTimeout(this.#releaseTimer);
    this.#speakers.clear();
  }

  #hear(byProducer: Levels): void {
    const byPeer = new Map<string, number>();
    for (const [producerId, dBov] of byProducer) {
      const peerId = this.#speakers.get(producerId);
      if (peerId !== undefined) byPeer.set(peerId, dBov);
    }
    this.#meter.update(byPeer);
    this.#releaseAfter(byPeer.size > 0 ? LEVELS_LATE_MS : RELEASE_ROUND_MS);
  }

  #startToHear(producerId: string, dBov: number): void {
    const peerId = this.#speakers.get(producerId);
    if (peerId === undefined) return;
    this.#meter.raise(peerId, dBov);
    this.#releaseAfter(LEVELS_LATE_MS);
  }

  /** Silence is told once; levels fall in rounds of our own. */
  #releaseAfter(milliseconds: number): void {
    clearTimeout(this.#releaseTimer);
    if (!this.#meter.active) return;
    this.#releaseTimer = setTimeout(() => this.#hear(new Map()), milliseconds);
  }
}
