import { CLOSE_CODES, type CloseReason } from '../../contract/close-codes.ts';
import type { AnySeat } from '../create-room.ts';
import type { Connection } from '../host.ts';

/** What hibernates with a socket. The id is ours: a client may choose the one that others would give. */
export interface Attachment {
  id: string;
  seat: AnySeat;
}

/** A socket of a Durable Object, the same object for as long as both are in memory. */
export interface EdgeSocket {
  readonly readyState: number;
  readonly attachment: Attachment | undefined;
  /** When the runtime answered a sign of life that the room did not see, milliseconds. */
  readonly pingedAt?: number | undefined;
  attach(attachment: Attachment): void;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** Such a socket as rooms see it; made anew whenever one is needed. */
export class EdgeConnection implements Connection<AnySeat> {
  readonly id: string;
  readonly #socket: EdgeSocket;
  readonly #closed: (connection: EdgeConnection) => void;

  constructor(socket: EdgeSocket, id: string, closed: (connection: EdgeConnection) => void) {
    this.id = id;
    this.#socket = socket;
    this.#closed = closed;
  }

  get state(): AnySeat {
    const { attachment } = this.#socket;
    if (attachment === undefined) throw new Error('A socket without a seat is no connection.');
    return attachment.seat;
  }

  setState(seat: AnySeat): void {
    this.#socket.attach({ id: this.id, seat });
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  close(reason: CloseReason): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    closeSocket(this.#socket, reason);
    this.#closed(this);
  }
}

export function closeSocket(socket: EdgeSocket, reason: CloseReason): void {
  socket.close(CLOSE_CODES[reason].code, reason);
}
