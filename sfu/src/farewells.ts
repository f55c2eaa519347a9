import type { Peer, PeerEnd } from './peer.ts';

/** What moderators made of somebody whose socket may have been lost when they were told. */
export interface Farewell {
  end: Extract<PeerEnd, 'moved' | 'disconnected'>;
  /** The channel they were moved to. */
  to?: string;
}

interface Kept {
  peer: Peer;
  farewell: Farewell;
}

/**
 * The last word to those who were taken out: whoever comes back to a peer that is gone would
 * otherwise join again where they were.
 */
export class Farewells {
  readonly #kept = new Map<string, Kept>();
  readonly #keepMs: number;

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  keep(peer: Peer, farewell: Farewell): void {
    this.#kept.set(peer.id, { peer, farewell });
    setTimeout(() => this.#kept.delete(peer.id), this.#keepMs).unref();
  }

  /** To whoever holds the way back to this peer, and to nobody else. */
  to(peerId: string, secret: string): Farewell | undefined {
    const kept = this.#kept.get(peerId);
    return kept?.peer.knows(secret) === true ? kept.farewell : undefined;
  }
}
