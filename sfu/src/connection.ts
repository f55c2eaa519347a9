import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { TicketKeys, VerifiedTicket, VoiceTicketClaims } from '@harmonium/api/ticket';
import { MAX_SIGNAL_BYTES } from '../contract/request.ts';
import type { Calls } from './calls.ts';
import { dispatch, readFrame, type Frame } from './dispatch.ts';
import { Allowance, MAX_WAITING_REQUESTS, REQUEST_BURST, REQUESTS_PER_SECOND } from './limits.ts';
import type { Log } from './log.ts';
import type { PeerEnd, SignalLink } from './peer.ts';
import type { Asker } from './requests/handler.ts';
import type { Revocations } from './revocations.ts';

export interface ConnectionDeps {
  calls: Calls;
  tickets: TicketKeys;
  revocations: Revocations;
  now: () => number;
  log: Log;
}

/** One signalling socket, from its ticket to its end. Requests are done one after the other. */
export class Connection {
  readonly #deps: ConnectionDeps;
  readonly #link: SignalLink;
  readonly #allowance: Allowance;
  #asker: Asker | undefined;
  #work: Promise<void>;
  #waiting = 0;
  #closed = false;

  constructor(deps: ConnectionDeps, link: SignalLink, ticket: string) {
    this.#deps = deps;
    this.#link = {
      send: (text) => link.send(text),
      close: (end) => {
        this.#closed = true;
        link.close(end);
      },
    };
    this.#allowance = new Allowance({
      burst: REQUEST_BURST,
      perSecond: REQUESTS_PER_SECOND,
      now: deps.now,
    });
    this.#work = this.#join(ticket);
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

  /** The socket is gone, or has to go: the peer leaves. */
  end(end: PeerEnd): void {
    this.#close(end);
  }

  /** Settles when everything received so far was done. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async #after(earlier: Promise<void>, frame: Frame): Promise<void> {
    await earlier;
    if (this.#asker && !this.#closed) await dispatch(this.#asker, frame, this.#deps.log);
    this.#waiting -= 1;
  }

  async #join(text: string): Promise<void> {
    try {
      const ticket = await this.#verify(text);
      if (!ticket) return this.#close('bad_ticket');
      const joined = await this.#deps.calls.join(ticket, this.#link, () => !this.#closed);
      if (joined) this.#asker = joined;
      else this.#close('call_failed');
    } catch (error) {
      this.#deps.log.error('A join failed.', { error });
      this.#close('call_failed');
    }
  }

  async #verify(text: string): Promise<VerifiedTicket<VoiceTicketClaims> | undefined> {
    const ticket = await this.#deps.tickets.verify(text);
    if (ticket?.kind !== 'voice' || this.#deps.revocations.covers(ticket)) return undefined;
    const may = hasPermission(BigInt(ticket.permissions), Permission.CONNECT);
    return may ? ticket : undefined;
  }

  #close(end: PeerEnd): void {
    if (this.#closed) return;
    if (this.#asker) this.#asker.peer.close(end);
    else this.#link.close(end);
  }
}

function isOversized(text: string): boolean {
  if (text.length > MAX_SIGNAL_BYTES) return true;
  // A UTF-16 unit is three bytes of UTF-8 at most.
  if (text.length * 3 <= MAX_SIGNAL_BYTES) return false;
  return new TextEncoder().encode(text).length > MAX_SIGNAL_BYTES;
}
