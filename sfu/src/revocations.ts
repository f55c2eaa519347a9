import { TICKET_TTL_S, type VoiceTicketClaims, type VerifiedTicket } from '@harmonium/api/ticket';
import { matchesFilter, type PeerFilter } from './peer-filter.ts';

/** Tickets that were issued before their user was disconnected, for as long as one can be used. */
export class Revocations {
  #entries: { filter: PeerFilter; at: number }[] = [];
  readonly #now: () => number;
  constructor(now: () => number) {
    this.#now = now;
  }

  add(filter: PeerFilter): void {
    const at = Math.floor(this.#now() / 1000);
    this.#entries = this.#entries.filter((entry) => entry.at + TICKET_TTL_S >= at);
    this.#entries.push({ filter, at });
  }

  covers(ticket: VerifiedTicket<VoiceTicketClaims>): boolean {
    return this.#entries.some(
      ({ filter, at }) => ticket.issuedAt <= at && matchesFilter(ticket, filter),
    );
  }
}
