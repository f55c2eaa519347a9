import { RESUME_TICKET_TTL_S, type VerifiedTicket } from '@harmonium/api/ticket';
import type { Storage } from './host.ts';

/** A minute over the longest ticket, for clocks that differ. */
const KEEP_S = RESUME_TICKET_TTL_S + 60;

interface Revocation {
  /** Tickets issued until this second (Unix time) are void. */
  at: number;
}

/** Who may not come back with a ticket in hand, kept as long as such a ticket could live. */
export class Revocations {
  readonly #storage: Storage;
  readonly #until = new Map<string, number>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async start(now: number): Promise<void> {
    const oldest = now / 1000 - KEEP_S;
    for (const [key, value] of await this.#storage.list({ prefix: 'revoked/' })) {
      const { at } = value as Revocation; // Written below.
      if (at < oldest) this.#storage.delete(key);
      else this.#until.set(key, at);
    }
  }

  /** @param sessionId absent: every session of the user */
  add(userId: string, sessionId: string | undefined, now: number): void {
    const key = sessionId === undefined ? `revoked/${userId}` : `revoked/${userId}/${sessionId}`;
    const revocation: Revocation = { at: Math.floor(now / 1000) };
    this.#until.set(key, revocation.at);
    this.#storage.put(key, revocation);
    this.#sweep(now);
  }

  has(ticket: VerifiedTicket): boolean {
    const user = this.#until.get(`revoked/${ticket.user.id}`) ?? 0;
    const session = this.#until.get(`revoked/${ticket.user.id}/${ticket.sessionId}`) ?? 0;
    return ticket.issuedAt <= Math.max(user, session);
  }

  #sweep(now: number): void {
    const oldest = now / 1000 - KEEP_S;
    for (const [key, at] of this.#until) {
      if (at >= oldest) continue;
      this.#until.delete(key);
      this.#storage.delete(key);
    }
  }
}
