import type { Party } from '../../contract/publish.ts';
import { MAX_SINCE_LENGTH, MAX_TICKET_LENGTH } from '../edge/address.ts';
import { EdgeRoom } from '../edge/edge-room.ts';
import type { Bindings } from './bindings.ts';
import { DurablePlace } from './place.ts';
import type { DurableSocket, DurableState } from './runtime.ts';

/** Answered while the room sleeps: a sign of life from each socket every 15 s would keep it awake. */
const PING = JSON.stringify({ type: 'ping' });
const PONG = JSON.stringify({ type: 'pong' });

/** The class that Cloudflare wants, for one kind of room. */
export function roomObject(party: Party) {
  return class {
    readonly #state: DurableState;
    readonly #place: DurablePlace;
    readonly #room: EdgeRoom;

    constructor(state: DurableState, bindings: Bindings) {
      this.#state = state;
      this.#place = new DurablePlace(state, bindings);
      this.#room = new EdgeRoom(party, this.#place);
      state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    }

    fetch(request: Request): Promise<Response> {
      const isSocket = request.headers.get('upgrade')?.toLowerCase() === 'websocket';
      return isSocket ? this.#enter(new URL(request.url)) : this.#room.request(request);
    }

    webSocketMessage(socket: DurableSocket, message: string | ArrayBuffer): Promise<void> {
      return this.#room.receive(this.#place.socket(socket), message);
    }

    webSocketClose(socket: DurableSocket): Promise<void> {
      return this.#room.disconnect(this.#place.socket(socket));
    }

    webSocketError(socket: DurableSocket): Promise<void> {
      return this.#room.disconnect(this.#place.socket(socket));
    }

    alarm(): Promise<void> {
      return this.#room.alarm();
    }

    /** A refusal is told on the socket, as on every host: a browser cannot read why it got none. */
    async #enter(url: URL): Promise<Response> {
      const { 0: client, 1: server } = new WebSocketPair();
      this.#state.acceptWebSocket(server);
      const ticket = (url.searchParams.get('ticket') ?? '').slice(0, MAX_TICKET_LENGTH);
      const since = url.searchParams.get('since')?.slice(0, MAX_SINCE_LENGTH);
      await this.#room.connect(this.#place.socket(server), url, ticket, since);
      // workerd's option; the web's type knows none.
      return new Response(null, { status: 101, webSocket: client } as ResponseInit);
    }
  };
}
