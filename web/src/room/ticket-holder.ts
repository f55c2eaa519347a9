import type { IssuedTicket } from '@harmonium/api/server';

/** A ticket this close to its end may be refused before the socket is open, in milliseconds. */
const SAFETY_MS = 5_000;

export interface TicketHolder {
  /** Where to connect and with what: the ticket in hand while it is fresh, else a new one from api. */
  take(): Promise<{ url: string; ticket: string }>;
  /** Keeps what the room handed out for the next time. */
  renew(next: { ticket: string; expiresAt: string }): void;
  /** The ticket in hand was refused. */
  drop(): void;
}

export function createTicketHolder(options: {
  issue: () => Promise<IssuedTicket>;
  first?: IssuedTicket | undefined;
  now: () => number;
}): TicketHolder {
  let held = options.first;
  let url = options.first?.url;
  return {
    async take() {
      if (held === undefined || Date.parse(held.expiresAt) - SAFETY_MS <= options.now()) {
        held = await options.issue();
        url = held.url;
      }
      return held;
    },
    renew(next) {
      if (url !== undefined) held = { url, ...next };
    },
    drop() {
      held = undefined;
    },
  };
}
