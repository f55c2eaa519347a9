import { RESUME_TICKET_TTL_S, type Ticket, type VerifiedTicket } from '@harmonium/api/ticket';
import type { z } from 'zod';
import type { CloseReason } from '../contract/close-codes.ts';
import { MAX_CONNECTIONS_PER_USER } from '../contract/limits.ts';
import type { RejectionCode } from '../contract/server-event.ts';
import { Buckets } from './bucket.ts';
import type { RoomDeps } from './deps.ts';
import type { Connection, Host } from './host.ts';
import { Revocations } from './revocations.ts';

/** What every connection carries. */
export interface Seat<T extends Ticket = Ticket> {
  /** The claims as they hold now; the next ticket is made from them. */
  ticket: T;
  /** When the last ticket was handed out, milliseconds. */
  renewedAt: number;
}

export const TICKET_RENEWAL_MS = 5 * 60 * 1000;
/** Frames of any kind: far above what a person does, far below what hurts. */
const FRAMES = { burst: 120, perSecond: 40 };

export interface Refusal {
  code: RejectionCode;
  message: string;
  retryAfter?: number;
}

/** Who comes in, what they may say at all, and how they come back: alike in every kind of room. */
export class Lobby<T extends Ticket, S extends Seat<T>> {
  readonly #host: Host<S>;
  readonly #deps: RoomDeps;
  readonly #revocations: Revocations;
  readonly #frames: Buckets;
  /** Sockets a user, until the room has heard of their end: never too few. */
  readonly #held = new Map<string, number>();

  constructor(host: Host<S>, deps: RoomDeps) {
    this.#host = host;
    this.#deps = deps;
    this.#revocations = new Revocations(host.storage);
    this.#frames = new Buckets({
      burst: FRAMES.burst * deps.rateLimitScale,
      perSecond: FRAMES.perSecond * deps.rateLimitScale,
    });
  }

  start(): Promise<void> {
    for (const connection of this.#host.connections()) this.enter(connection);
    return this.#revocations.start(this.#host.now());
  }

  /** The ticket when it is good for this room, as far as all rooms agree; else why not. */
  async check(
    text: string,
    forThisRoom: (ticket: VerifiedTicket) => VerifiedTicket<T> | undefined,
  ): Promise<VerifiedTicket<T> | CloseReason> {
    const verified = await this.#deps.tickets.verify(text);
    const ticket = verified && forThisRoom(verified);
    if (ticket === undefined) return 'bad_ticket';
    return this.refusal(ticket) ?? ticket;
  }

  /** Asked again after every await of an admission: a revocation may have come in between. */
  refusal(ticket: VerifiedTicket<T>): CloseReason | undefined {
    if (this.#revocations.has(ticket)) return 'bad_ticket';
    const isFull = this.#countOf(ticket.user.id) >= MAX_CONNECTIONS_PER_USER;
    return isFull ? 'too_many_connections' : undefined;
  }

  /** Everybody is looked at only where it may matter: thousands may come in at once. */
  #countOf(userId: string): number {
    const atMost = this.#held.get(userId) ?? 0;
    if (atMost < MAX_CONNECTIONS_PER_USER) return atMost;
    let held = 0;
    for (const { state } of this.#host.connections()) {
      if (state.ticket.user.id === userId) held += 1;
    }
    return held;
  }

  /** Every connection that is let in. */
  enter({ state }: Connection<S>): void {
    const userId = state.ticket.user.id;
    this.#held.set(userId, (this.#held.get(userId) ?? 0) + 1);
  }

  issue(ticket: T): Promise<{ ticket: string; expiresAt: string }> {
    return this.#deps.tickets.issue(ticket, RESUME_TICKET_TTL_S);
  }

  /** Hands a fresh ticket to everyone whose own has aged. */
  async renew(): Promise<void> {
    const now = this.#host.now();
    for (const connection of this.#host.connections()) {
      const { state } = connection;
      if (Math.abs(now - state.renewedAt) < TICKET_RENEWAL_MS / 2) continue;
      const issued = await this.issue(state.ticket);
      // What changed during the await is in the next one; a revoked user has no connection left.
      connection.setState({ ...connection.state, renewedAt: now });
      connection.send(JSON.stringify({ type: 'ticket', ...issued }));
    }
  }

  /** What the frame says, or undefined when it was dealt with: answered, refused or closed for. */
  read<Event extends { type: string }>(
    connection: Connection<S>,
    text: string,
    schema: z.ZodType<Event>,
  ): Event | undefined {
    if (this.#frames.take(connection.id, this.#host.now()) > 0) {
      connection.close('flooding');
      return undefined;
    }
    const frame = parseObject(text);
    if (frame === undefined) {
      connection.close('bad_frame');
      return undefined;
    }
    const event = schema.safeParse(frame);
    if (!event.success) {
      this.reject(connection, shownNonce(frame), {
        code: 'invalid',
        message: 'This is nothing that can be said here.',
      });
      return undefined;
    }
    if (event.data.type === 'ping') {
      connection.send('{"type":"pong"}');
      return undefined;
    }
    return event.data;
  }

  reject(connection: Connection<S>, nonce: string | undefined, refusal: Refusal): void {
    this.#deps.meter.rejected(refusal.code);
    connection.send(JSON.stringify({ type: 'rejected', nonce, ...refusal }));
  }

  /** Closes what the user holds here, and voids the tickets that could bring it back. */
  revoke(userId: string, sessionId: string | undefined, reason: CloseReason): void {
    this.#revocations.add(userId, sessionId, this.#host.now());
    for (const connection of this.#host.connections()) {
      const { ticket } = connection.state;
      if (ticket.user.id !== userId) continue;
      if (sessionId !== undefined && ticket.sessionId !== sessionId) continue;
      connection.close(reason);
    }
  }

  closeAll(reason: CloseReason): void {
    for (const connection of this.#host.connections()) connection.close(reason);
  }

  /** Every connection that has ended. */
  forget(connection: Connection<S>): void {
    const userId = connection.state.ticket.user.id;
    const held = (this.#held.get(userId) ?? 0) - 1;
    if (held > 0) this.#held.set(userId, held);
    else this.#held.delete(userId);
    this.#frames.forget(connection.id);
  }
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** So that a client can tell which of its messages was refused, however wrong the rest is. */
function shownNonce(frame: object): string | undefined {
  const nonce = 'nonce' in frame ? frame.nonce : undefined;
  return typeof nonce === 'string' && nonce.length <= 36 ? nonce : undefined;
}
