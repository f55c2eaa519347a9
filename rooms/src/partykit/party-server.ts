import type * as PartyKit from 'partykit/server';
import type { Party } from '../../contract/publish.ts';
import { EdgeRoom } from '../edge/edge-room.ts';
import { MAX_SINCE_LENGTH, MAX_TICKET_LENGTH, namesRoom } from '../edge/address.ts';
import { partyPlace, partySocket, type PartySocket } from './place.ts';

const TICKET_HEADER = 'x-room-ticket';
const SINCE_HEADER = 'x-room-since';

/** The class that PartyKit wants, for one kind of room. */
export function partyServer(party: Party) {
  return class implements PartyKit.Server {
    readonly options = { hibernate: true };
    readonly #room: EdgeRoom;

    /**
     * Takes the ticket out of the address: PartyKit keeps the address with the socket, and both
     * have to fit into 2 KB with what the room keeps there. The client's name for the socket goes
     * as well; PartyKit then makes one.
     */
    static onBeforeConnect(request: PartyKit.Request): PartyKit.Request | Response {
      const url = new URL(request.url);
      if (!namesRoom(url)) return new Response(null, { status: 404 });
      const headers = new Headers(request.headers as unknown as Headers); // Typed twice, too.
      headers.set(
        TICKET_HEADER,
        (url.searchParams.get('ticket') ?? '').slice(0, MAX_TICKET_LENGTH),
      );
      headers.set(SINCE_HEADER, (url.searchParams.get('since') ?? '').slice(0, MAX_SINCE_LENGTH));
      url.search = '';
      return new Request(url, { method: request.method, headers }) as unknown as PartyKit.Request;
    }

    constructor(room: PartyKit.Room) {
      this.#room = new EdgeRoom(party, partyPlace(room));
    }

    /** Before the room: one that nobody can have a ticket to shall not come to be. */
    static onBeforeRequest(request: PartyKit.Request): PartyKit.Request | Response {
      return namesRoom(new URL(request.url)) ? request : new Response(null, { status: 404 });
    }

    onConnect(socket: PartySocket, { request }: PartyKit.ConnectionContext): Promise<void> {
      const ticket = request.headers.get(TICKET_HEADER) ?? '';
      const since = request.headers.get(SINCE_HEADER) ?? undefined;
      return this.#room.connect(partySocket(socket), new URL(request.url), ticket, since);
    }

    onMessage(message: string | ArrayBuffer | ArrayBufferView, socket: PartySocket): Promise<void> {
      return this.#room.receive(partySocket(socket), message);
    }

    onClose(socket: PartySocket): Promise<void> {
      return this.#room.disconnect(partySocket(socket));
    }

    onError(socket: PartySocket): Promise<void> {
      return this.#room.disconnect(partySocket(socket));
    }

    onRequest(request: PartyKit.Request): Promise<Response> {
      // workerd's Request is the web's, typed twice.
      return this.#room.request(request as unknown as Request);
    }

    onAlarm(): Promise<void> {
      return this.#room.alarm();
    }
  };
}
