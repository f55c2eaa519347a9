import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE_CODES, type CloseReason } from '../../contract/close-codes.ts';
import type { Connection } from '../host.ts';
import type { Tally } from './tally.ts';
import { textFrame, type Joiner } from './wire.ts';

/** Frames of one socket that wait to be handled: from here on it is not read until they are. */
const MAX_UNHEARD = 64;
/** Time for a close frame to be answered, in milliseconds. */
const CLOSE_GRACE_MS = 2_000;

export interface SocketEvents<State> {
  /** Something is owed to the socket. */
  owes(socket: Socket<State>): void;
  /** @param reason undefined: the other side went */
  closed(socket: Socket<State>, reason: CloseReason | undefined): void;
}

/** One admitted socket: gathers what it is owed until the tick lets it out. */
export class Socket<State> implements Connection<State> {
  readonly id: string;
  state: State;
  /** Sweeps since the last sign of life. */
  silent = 0;
  open = true;
  readonly ws: WebSocket;
  readonly #stream: Duplex;
  readonly #events: SocketEvents<State>;
  #owed: Buffer[] = [];
  #closing: CloseReason | undefined;
  #unheard = 0;

  constructor(options: {
    id: string;
    state: State;
    ws: WebSocket;
    stream: Duplex;
    events: SocketEvents<State>;
  }) {
    this.id = options.id;
    this.state = options.state;
    this.ws = options.ws;
    this.#stream = options.stream;
    this.#events = options.events;
  }

  setState(state: State): void {
    this.state = state;
  }

  /** A frame of it waits. Whoever says more than is heard waits, too, and holds no memory. */
  waits(): void {
    this.#unheard += 1;
    if (this.#unheard === MAX_UNHEARD) this.ws.pause();
  }

  /** One that waited does no more. */
  heard(): void {
    this.#unheard -= 1;
    if (this.#unheard < MAX_UNHEARD / 2 && this.ws.isPaused) this.ws.resume();
  }

  send(text: string): void {
    if (this.open) this.sendFrame(textFrame(text));
  }

  /** @param frame may be shared between sockets */
  sendFrame(frame: Buffer): void {
    if (this.#owed.push(frame) === 1) this.#events.owes(this);
  }

  close(reason: CloseReason): void {
    if (!this.open) return;
    this.open = false;
    this.#closing = reason;
    this.#events.owes(this);
    this.#events.closed(this, reason);
  }

  /** The other side is gone. */
  lost(): void {
    if (!this.open) return;
    this.open = false;
    this.#owed = [];
    this.#events.closed(this, undefined);
  }

  /** What waited for the commit never leaves. */
  discard(): void {
    this.#owed = [];
  }

  /** Lets everything out in one write. */
  flush(joiner: Joiner, maxBuffered: number, tally: Tally): void {
    if (this.#owed.length > 0) {
      const owed = this.#owed;
      this.#owed = [];
      const bytes = joiner.join(owed);
      tally.framesOut += owed.length;
      tally.bytesOut += bytes.length;
      if (!this.#stream.destroyed) this.#stream.write(bytes);
    }
    if (this.open && this.#stream.writableLength > maxBuffered) this.close('too_slow');
    if (this.#closing !== undefined) {
      endSocket(this.ws, this.#closing);
      this.#closing = undefined;
    }
  }
}

/** Closes with a code, and cuts the line when nobody answers. */
export function endSocket(ws: WebSocket, reason: CloseReason): void {
  ws.close(CLOSE_CODES[reason].code, reason);
  const cut = setTimeout(() => ws.terminate(), CLOSE_GRACE_MS);
  cut.unref();
  ws.once('close', () => clearTimeout(cut));
}
