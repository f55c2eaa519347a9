import { TICKET_TTL_S, type VoiceTicketClaims, type VerifiedTicket } from '@harmonium/api/ticket';

type IsMeant = (ticket: VoiceTicketClaims) => boolean;

/**
 * Tickets that are void since their holder was disconnected or may do something else, for as long as
 * one can be used.
 */
export class Revocations {
  #entries: { isMeant: IsMeant; at: number }[] = [];
  readonly #now: () => number;
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Voids those that were issued until now. */
  add(isMeant: IsMeant): void {
    const at = Math.floor(this.#now() / 1000);
    this.#entries = this.#entries.filter((entry) => entry.at + TICKET_TTL_S >= at);
    this.#entries.push({ isMeant, at });
  }

  covers(ticket: VerifiedTicket<VoiceTicketClaims>): boolean {
    return this.#entries.some(({ isMeant, at }) => ticket.issuedAt <= at && isMeant(ticket));
  }
}
