import { hasPermission, Permission } from '@harmonium/api/permissions';
import { TICKET_TTL_S } from '@harmonium/api/ticket';
import type { TicketKeys, VerifiedTicket, VoiceTicketClaims } from '@harmonium/api/ticket';
import type { Notification } from '../contract/notification.ts';
import { MAX_SIGNAL_BYTES } from '../contract/request.ts';
import { RESUME_WITHIN_MS } from '../contract/resume.ts';
import { WAIT_AT_MOST_MS } from '../contract/waiting.ts';
import type { Calls } from './calls.ts';
import { dispatch, readFrame, type Frame } from './dispatch.ts';
import type { Farewell } from './farewells.ts';
import { Allowance, MAX_WAITING_REQUESTS, REQUEST_BURST, REQUESTS_PER_SECOND } from './limits.ts';
import type { Facts, Log } from './log.ts';
import type { PeerEnd, SignalLink } from './peer.ts';
import { Refusal } from './refusal.ts';
import type { Asker } from './requests/handler.ts';
import type { Revocations } from './revocations.ts';

export interface ConnectionDeps {
  calls: Calls;
  tickets: TicketKeys;
  revocations: Revocations;
  now: () => number;
  log: Log;
}

/** What a client shows to be let in: a ticket, or the token of a peer to come back to. */
export type Entrance = { ticket: string; waits?: boolean } | { resume: string };

/** How a socket ends: `lost` without anybody having meant it. */
export type SocketEnd = PeerEnd | 'lost';

/**
 * One signalling socket, from its entrance to its end. Requests of a peer are done one after the
 * other, also those of the socket before.
 */
export class Connection {
  readonly #deps: ConnectionDeps;
  readonly #link: SignalLink;
  readonly #allowance: Allowance;
  #asker: Asker | undefined;
  /** Whose socket it is, for the log; empty until it is known. */
  #who: Facts = {};
  #work: Promise<void>;
  #waiting = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(deps: ConnectionDeps, link: SignalLink, entrance: Entrance) {
    this.#deps = deps;
    this.#link = {
      send: (text) => link.send(text),
      close: (end) => {
        this.#closed = true;
        clearTimeout(this.#patience);
        link.close(end);
      },
    };
    this.#allowance = new Allowance({
      burst: REQUEST_BURST,
      perSecond: REQUESTS_PER_SECOND,
      now: deps.now,
    });
    this.#work = this.#enter(entrance);
  }

  /** A text frame of the client. */
  receive(text: string): void {
    if (this.#closed) return;
    if (isOversized(text)) return this.#close('bad_frame');
    const frame = readFrame(text);
    if (!frame) return this.#close('bad_frame');
    if (!this.#allowance.take() || this.#waiting >= MAX_WAITING_REQUESTS) {
      return this.#close('flooding');
    }
    this.#waiting += 1;
    this.#work = this.#after(this.#work, frame);
  }

  /** The socket is gone, or has to go: the peer leaves, or waits for another one. */
  end(end: SocketEnd): void {
    if (this.#closed) return;
    // Who has not entered has nothing to come back to.
    if (this.#asker === undefined || this.#asker.enter !== undefined || !isLoss(end)) {
      return this.#close(end === 'lost' ? 'left' : end);
    }
    this.#asker.peer.lose(this.#link, RESUME_WITHIN_MS);
    this.#link.close(end === 'lost' ? 'left' : end);
  }

  /** Settles when everything received so far was done. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async #after(earlier: Promise<void>, frame: Frame): Promise<void> {
    await earlier;
    if (this.#asker && !this.#closed) {
      const answer = await dispatch(this.#asker, frame, this.#deps.log);
      // To who asked: numbers of requests are this socket's own.
      if (!this.#closed) this.#link.send(JSON.stringify(answer));
      if (frame.method === 'leave') this.#close('left');
    }
    this.#waiting -= 1;
  }

  async #enter(entrance: Entrance): Promise<void> {
    try {
      if ('resume' in entrance) await this.#resume(entrance.resume);
      else if (entrance.waits === true) await this.#wait(entrance.ticket);
      else await this.#join(entrance.ticket);
    } catch (error) {
      this.#deps.log.error('A join failed.', { ...this.#who, error });
      this.#close('call_failed');
    }
  }

  async #join(text: string): Promise<void> {
    const ticket = await this.#verify(text);
    if (!ticket) return this.#close('bad_ticket');
    const joined = await this.#deps.calls.join(ticket, this.#link, () => !this.#closed);
    if (joined) this.#take(joined);
    else this.#close('call_failed');
  }

  async #wait(text: string): Promise<void> {
    const ticket = await this.#verify(text);
    if (!ticket) return this.#close('bad_ticket');
    const awaited = await this.#deps.calls.await(ticket, this.#link, () => !this.#closed);
    if (!awaited) return this.#close('call_failed');
    this.#take({ ...awaited, enter: () => this.#admit(ticket, awaited) });
    this.#patience = setTimeout(() => this.#close('timed_out'), WAIT_AT_MOST_MS);
  }

  /** What a ticket is good for is looked at again: much may have happened while its user waited. */
  #admit(ticket: VerifiedTicket<VoiceTicketClaims>, { call, peer }: Asker): void {
    const isOld = this.#deps.now() > (ticket.issuedAt + TICKET_TTL_S) * 1000;
    if (isOld || this.#deps.revocations.covers(ticket)) this.#close('bad_ticket');
    else if (!this.#deps.calls.enter(call, peer)) this.#close('call_failed');
    if (this.#closed) throw new Refusal('not_found', 'The call cannot be entered.');
    clearTimeout(this.#patience);
    this.#take({ call, peer });
  }

  async #resume(token: string): Promise<void> {
    const { calls } = this.#deps;
    // What the socket before had begun shows in what the client is told.
    await calls.findByToken(token)?.peer.idle();
    if (this.#closed) return;
    const found = calls.findByToken(token);
    if (found === undefined) return this.#part(calls.farewellTo(token));
    this.#who = whoIs(found.peer.ticket);
    found.call.resume(found.peer, this.#link);
    this.#take(found);
  }

  #part(farewell: Farewell | undefined): void {
    if (farewell?.to !== undefined) {
      const moved = { method: 'moved', data: { channelId: farewell.to } } satisfies Notification;
      this.#link.send(JSON.stringify(moved));
    }
    this.#close(farewell?.end ?? 'not_resumed');
  }

  #take(asker: Asker): void {
    this.#asker = asker;
    asker.peer.idle = () => this.idle();
  }

  async #verify(text: string): Promise<VerifiedTicket<VoiceTicketClaims> | undefined> {
    const ticket = await this.#deps.tickets.verify(text);
    if (ticket?.kind !== 'voice' || this.#deps.revocations.covers(ticket)) return undefined;
    this.#who = whoIs(ticket);
    const may = hasPermission(BigInt(ticket.permissions), Permission.CONNECT);
    return may ? ticket : undefined;
  }

  #close(end: PeerEnd): void {
    if (this.#closed) return;
    if (this.#asker) this.#asker.peer.close(end);
    else this.#link.close(end);
  }
}

function whoIs({ channelId, user }: VoiceTicketClaims): Facts {
  return { channelId, userId: user.id };
}

/** The client may come back. */
function isLoss(end: SocketEnd): boolean {
  return end === 'lost' || end === 'timed_out';
}

function isOversized(text: string): boolean {
  if (text.length > MAX_SIGNAL_BYTES) return true;
  // A UTF-16 unit is three bytes of UTF-8 at most.
  if (text.length * 3 <= MAX_SIGNAL_BYTES) return false;
  return new TextEncoder().encode(text).length > MAX_SIGNAL_BYTES;
}
