import type { Snowflake } from '@harmonium/api/ids';
import type { Structure } from '@harmonium/api/server';
import type { User } from '@harmonium/api/user';
import type { ServerPublish } from '../../contract/publish.ts';
import type { VoiceState } from '../../contract/voice-state.ts';
import type { Client } from './client.ts';
import { onlyFor, serverTicket, someId, someone, structureOf, textChannel } from './people.ts';
import { World, type Rooms } from './world.ts';

/** Servers in rooms that the suite opens. */
export class Servers {
  #world: World | undefined;

  open(rooms: Rooms): void {
    this.#world = new World(rooms);
  }

  get world(): World {
    if (this.#world === undefined) throw new Error('The rooms are not open yet.');
    return this.#world;
  }

  /** A server with a channel for all, a hidden one, and a role that sees it. */
  async place() {
    const owner = someone('owner');
    const staff = someId();
    const structure = structureOf(owner, (id) => [
      textChannel(id, 'general'),
      textChannel(id, 'hidden', { overrides: onlyFor(id, staff) }),
    ]);
    const { id } = structure.server;
    structure.roles.push({
      id: staff,
      serverId: id,
      name: 'staff',
      color: null,
      permissions: '0',
      position: 1,
      hoist: false,
      mentionable: false,
    });
    this.world.rooms.api.structures.set(id, structure);
    const [general, hidden] = structure.channels.map((channel) => channel.id);
    if (general === undefined || hidden === undefined) throw new Error('Two were made.');
    const plain = someone('plain');
    const insider = someone('insider');
    const here = {
      plain: serverTicket(plain, id),
      insider: serverTicket(insider, id, [staff]),
      owner: serverTicket(owner, id),
    };
    return { id, structure, staff, general, hidden, people: { plain, insider, owner }, here };
  }

  tell(id: string, ...events: ServerPublish[]) {
    return this.world.rooms.publisher.publish('server', id, events);
  }
}

/** Somebody wrote in a channel, and named these. */
export function activity(channelId: Snowflake, users: Snowflake[] = []): ServerPublish {
  const [messageId, authorId] = [someId(), someId()];
  const namings =
    users.length === 0 ? [] : [{ messageId, authorId, users, roles: [], anyRole: false }];
  return { type: 'activity', channelId, messageId, authorId, namings };
}

export function voice(
  channelId: Snowflake,
  user: User,
  rest: Partial<VoiceState> = {},
): VoiceState {
  const since = new Date(0).toISOString();
  return { channelId, user, muted: false, deafened: false, speaking: false, since, ...rest };
}

/** The channels that a member was shown as they came. */
export function channelNames(client: Client): string[] {
  const structure = client.all('ready')[0]?.['structure'] as Structure;
  return structure.channels.map((channel) => channel.name);
}
