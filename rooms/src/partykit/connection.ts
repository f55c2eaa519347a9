import type * as PartyKit from 'partykit/server';
import { CLOSE_CODES, type CloseReason } from '../../contract/close-codes.ts';
import type { AnySeat } from '../create-room.ts';
import type { Connection } from '../host.ts';

/**
 * What hibernates with a socket. The id is ours: PartyKit's is chosen by the client, and a
 * reconnect brings the old one along.
 */
export interface Attachment {
  id: string;
  seat: AnySeat;
}
export type EdgeSocket = PartyKit.Connection<Attachment>;

/** A socket of PartyKit as rooms see it; made anew whenever one is needed. */
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
    const attachment = attachmentOf(this.#socket);
    if (attachment === undefined) throw new Error('A socket without a seat is no connection.');
    return attachment.seat;
  }

  setState(seat: AnySeat): void {
    this.#socket.setState({ id: this.id, seat });
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

export function attachmentOf(socket: EdgeSocket): Attachment | undefined {
  // PartyKit types it as deeply immutable, which is what rooms take it for.
  return (socket.state as Attachment | null) ?? undefined;
}

export function closeSocket(socket: EdgeSocket, reason: CloseReason): void {
  socket.close(CLOSE_CODES[reason].code, reason);
}
