import type { VerifiedTicket } from '@harmonium/api/ticket';
import type { Storage } from './host.ts';
import { outlived } from './outlived.ts';

interface Revocation {
  /** Tickets issued until this second (Unix time) are void. */
  at: number;
}

/** Who may not come back with a ticket in hand, kept at least as long as such a ticket could live. */
export class Revocations {
  readonly #storage: Storage;
  readonly #until = new Map<string, Revocation>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(now: number): Promise<void> {
    for (const [key, value] of await this.#storage.list({ prefix: 'revoked/' })) {
      this.#until.set(key, value as Revocation); // Written below.
    }
    this.#sweep(now);
  }

  /** @param sessionId absent: every session of the user */
  add(userId: string, sessionId: string | undefined, now: number): void {
    const key = sessionId === undefined ? `revoked/${userId}` : `revoked/${userId}/${sessionId}`;
    const revocation: Revocation = { at: Math.floor(now / 1000) };
    this.#until.set(key, revocation);
    this.#storage.put(key, revocation);
    this.#sweep(now);
  }

  has(ticket: VerifiedTicket): boolean {
    const user = this.#until.get(`revoked/${ticket.user.id}`)?.at ?? 0;
    const session = this.#until.get(`revoked/${ticket.user.id}/${ticket.sessionId}`);
    return ticket.issuedAt <= Math.max(user, session?.at ?? 0);
  }

  #sweep(now: number): void {
    for (const key of outlived(this.#until, now)) {
      this.#until.delete(key);
      this.#storage.delete(key);
    }
  }
}
