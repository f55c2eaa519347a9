import type { RejectionCode } from '../contract/server-event.ts';

/** What a room tells of itself to whoever watches the process; each costs an addition. */
export interface Meter {
  /** Somebody opened a channel: with what they had missed, or with all of its recent history. */
  entered(by: 'resume' | 'snapshot'): void;
  /** Something that was said on a socket was refused. */
  rejected(code: RejectionCode): void;
}

/** Where nobody watches. */
export const noMeter: Meter = { entered() {}, rejected() {} };
