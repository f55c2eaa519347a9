import type { VoicePacket } from '../media.ts';

/** Longer than it takes to believe in a voice, so that its first sound is not lost. */
const KEPT_MS = 160;

/** What a microphone sent in the last moments. */
export class RecentPackets {
  #packets: { packet: VoicePacket; at: number }[] = [];

  add(packet: VoicePacket, at: number): void {
    this.#packets.push({ packet, at });
    const old = this.#packets.findIndex((each) => at - each.at <= KEPT_MS);
    // The one just added is young.
    if (old > 0) this.#packets.splice(0, old);
  }

  /** The oldest first, with when they came. Afterwards it is empty. */
  take(now: number): { packet: VoicePacket; at: number }[] {
    return this.#packets.splice(0).filter(({ at }) => now - at <= KEPT_MS);
  }

  clear(): void {
    this.#packets = [];
  }
}
