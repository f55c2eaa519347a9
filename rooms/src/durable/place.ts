import type { Attachment, EdgeSocket } from '../edge/connection.ts';
import type { EdgePlace } from '../edge/edge-room.ts';
import type { Bindings } from './bindings.ts';
import { objectOf } from './bindings.ts';
import type { DurableSocket, DurableState } from './runtime.ts';

/** What a Durable Object of Cloudflare's gives a room. */
export class DurablePlace implements EdgePlace {
  readonly name: string | undefined;
  readonly storage: EdgePlace['storage'];
  readonly env: EdgePlace['env'];
  readonly #state: DurableState;
  readonly #bindings: Bindings;
  readonly #known = new WeakMap<DurableSocket, EdgeSocket>();

  constructor(state: DurableState, bindings: Bindings) {
    this.name = state.id.name;
    this.storage = state.storage;
    this.env = { ...bindings };
    this.#state = state;
    this.#bindings = bindings;
  }

  *sockets(): Iterable<EdgeSocket> {
    for (const socket of this.#state.getWebSockets()) {
      if (socket.readyState === WebSocket.OPEN) yield this.socket(socket);
    }
  }

  socket(socket: DurableSocket): EdgeSocket {
    const there = this.#known.get(socket);
    if (there !== undefined) return there;
    const state = this.#state;
    const made: EdgeSocket = {
      get readyState() {
        return socket.readyState;
      },
      get attachment() {
        // Only `attach` writes it.
        return (socket.deserializeAttachment() as Attachment | null) ?? undefined;
      },
      get pingedAt() {
        return state.getWebSocketAutoResponseTimestamp(socket)?.getTime();
      },
      attach: (attachment) => socket.serializeAttachment(attachment),
      send: (text) => socket.send(text),
      close: (code, reason) => socket.close(code, reason),
    };
    this.#known.set(socket, made);
    return made;
  }

  reach(party: string, id: string) {
    const object = objectOf(this.#bindings, party, id);
    if (object === undefined) return undefined;
    return (path: string, init: RequestInit) =>
      object.fetch(new Request(`https://rooms${path}`, init));
  }
}
