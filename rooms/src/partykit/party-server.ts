import type * as PartyKit from 'partykit/server';
import type { Party } from '../../contract/publish.ts';
import type { EdgeSocket } from './connection.ts';
import { EdgeRoom } from './edge-room.ts';

/** The class that PartyKit wants, for one kind of room. */
export function partyServer(party: Party) {
  return class implements PartyKit.Server {
    readonly options = { hibernate: true };
    readonly #room: EdgeRoom;

    constructor(room: PartyKit.Room) {
      this.#room = new EdgeRoom(party, room);
    }

    onConnect(socket: EdgeSocket, { request }: PartyKit.ConnectionContext): Promise<void> {
      return this.#room.connect(socket, new URL(request.url));
    }

    onMessage(message: string | ArrayBuffer | ArrayBufferView, socket: EdgeSocket): Promise<void> {
      return this.#room.receive(socket, message);
    }

    onClose(socket: EdgeSocket): Promise<void> {
      return this.#room.disconnect(socket);
    }

    onError(socket: EdgeSocket): Promise<void> {
      return this.#room.disconnect(socket);
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
