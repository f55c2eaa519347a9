import type { Ticket, TicketKeys } from '@harmonium/api/ticket';
import type { Party, RoomPublisher } from '../../contract/publish.ts';
import { Client } from './client.ts';
import type { FakeApi } from './fake-api.ts';
import { settle } from './fake-host.ts';

/** A host with rooms in it, as a suite needs it. */
export interface Rooms {
  tickets: TicketKeys;
  api: FakeApi;
  publisher: RoomPublisher;
  connect(
    party: Party,
    id: string,
    ticket: string,
    since: string | undefined,
    client: Client,
  ): Promise<void>;
  /** Ends the process without a word, and starts another on the same storage. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** What tests say. */
export class World {
  readonly rooms: Rooms;

  constructor(rooms: Rooms) {
    this.rooms = rooms;
  }

  async ticket(claims: Ticket): Promise<string> {
    return (await this.rooms.tickets.issue(claims, 60)).ticket;
  }

  /** Comes in with a fresh ticket and has heard `ready` (or `resumed`). */
  async enter(
    claims: Exclude<Ticket, { kind: 'voice' }>,
    since?: number | string,
  ): Promise<Client> {
    const client = await this.knock(claims, await this.ticket(claims), since);
    await client.next(since === undefined || client.all('ready').length > 0 ? 'ready' : 'resumed');
    return client;
  }

  /** Connects with that ticket, whatever comes of it. */
  async knock(
    claims: Exclude<Ticket, { kind: 'voice' }>,
    ticket: string,
    since?: number | string,
  ): Promise<Client> {
    const client = new Client();
    const [party, id] = address(claims);
    await this.rooms.connect(party, id, ticket, since?.toString(), client);
    // An answer or a refusal.
    for (let turn = 0; turn < 200 && client.closedBy === undefined; turn += 1) {
      if (client.heard.some(({ type }) => type === 'ready' || type === 'resumed')) break;
      await settle();
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    return client;
  }
}

function address(claims: Exclude<Ticket, { kind: 'voice' }>): [Party, string] {
  switch (claims.kind) {
    case 'channel':
      return ['main', claims.channelId];
    case 'server':
      return ['server', claims.serverId];
    case 'user':
      return ['user', claims.user.id];
  }
}
