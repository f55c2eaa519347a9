import type { Snowflake } from '@harmonium/api/ids';
import type { Member as MemberOf } from '@harmonium/api/member';
import type { Structure } from '@harmonium/api/server';
import type { User } from '@harmonium/api/user';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerServerEvent } from '../contract/server-event.ts';
import type { Presence } from '../contract/presence.ts';
import type { ServerPublish } from '../contract/publish.ts';
import type { VoiceState } from '../contract/voice-state.ts';
import type { Client, Heard } from './testing/client.ts';
import {
  channelTicket,
  onlyFor,
  serverTicket,
  someId,
  someone,
  structureOf,
  textChannel,
} from './testing/people.ts';
import { World, type Rooms } from './testing/world.ts';

function presencesIn(event: Heard): Presence[] {
  return event['presences'] as Presence[];
}

/** Rules of a server room that hold on every host. */
export function serverSuite(name: string, open: () => Promise<Rooms>): void {
  describe(`a server on ${name}`, () => {
    let world: World;
    beforeAll(async () => {
      world = new World(await open());
    });
    afterAll(() => world.rooms.close());

    /** A server with a channel for all, a hidden one, and a role that sees it. */
    async function place() {
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
      world.rooms.api.structures.set(id, structure);
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

    function tell(id: string, ...events: ServerPublish[]) {
      return world.rooms.publisher.publish('server', id, events);
    }

    function activity(channelId: Snowflake, users: Snowflake[] = []): ServerPublish {
      const [messageId, authorId] = [someId(), someId()];
      const namings =
        users.length === 0 ? [] : [{ messageId, authorId, users, roles: [], anyRole: false }];
      return { type: 'activity', channelId, messageId, authorId, namings };
    }

    function voice(channelId: Snowflake, user: User, rest: Partial<VoiceState> = {}): VoiceState {
      const since = new Date(0).toISOString();
      return { channelId, user, muted: false, deafened: false, speaking: false, since, ...rest };
    }

    /** Until this member has heard that. */
    function heardOf(client: Client, userId: Snowflake, status: Presence['status']) {
      return client.next('presence.changed', (event) =>
        presencesIn(event).some((one) => one.userId === userId && one.status === status),
      );
    }

    /** Everything that this member heard of that user. */
    function allOf(client: Client, userId: Snowflake): Presence[] {
      return client
        .all('presence.changed')
        .flatMap(presencesIn)
        .filter((one) => one.userId === userId);
    }

    function channelNames(client: Client): string[] {
      const structure = client.all('ready')[0]?.['structure'] as Structure;
      return structure.channels.map((channel) => channel.name);
    }

    test('a member hears the structure as they may see it, and who is there', async () => {
      const { here, people } = await place();
      const insider = await world.enter(here.insider);
      const plain = await world.enter(here.plain);
      expect(channelNames(insider)).toEqual(['general', 'hidden']);
      expect(channelNames(plain)).toEqual(['general']);
      expect(channelNames(await world.enter(here.owner))).toEqual(['general', 'hidden']);
      expect(plain.all('ready')[0]?.['presences']).toEqual([
        { userId: people.plain.id, status: 'online' },
        { userId: people.insider.id, status: 'online' },
      ]);
    });

    test('api is asked for the structure once, and its outage shuts nobody out after', async () => {
      const { id, here } = await place();
      await world.enter(here.plain);
      const { calls } = world.rooms.api;
      await world.enter(here.insider);
      expect(world.rooms.api.calls).toBe(calls);
      await world.rooms.restart();
      world.rooms.api.down = true;
      expect(channelNames(await world.enter(here.plain))).toEqual(['general']);
      const other = await place();
      const early = await world.knock(other.here.plain, await world.ticket(other.here.plain));
      expect(early.closedBy).toBe('unavailable');
      world.rooms.api.down = false;
      expect(id).not.toBe(other.id);
      await world.enter(other.here.plain);
    });

    test('a member is let into the channels they may see, without api', async () => {
      const { here, general, hidden } = await place();
      const insider = await world.enter(here.insider);
      const plain = await world.enter(here.plain);
      world.rooms.api.down = true;
      const ask = async (client: Client, channelId: string, answer: string) => {
        client.send({ type: 'ticket.request', nonce: channelId, channelId });
        return client.next(answer, ({ nonce }) => nonce === channelId);
      };
      for (const [client, channelId] of [
        [plain, general],
        [insider, hidden],
      ] as const) {
        const { ticket } = await ask(client, channelId, 'channel.ticket');
        const claims = channelTicket(someone('any'), channelId);
        const inside = await world.knock(claims, String(ticket));
        inside.write('Through the door.');
        await inside.next('message.created');
      }
      expect((await ask(plain, hidden, 'rejected'))['code']).toBe('not_found');
      expect((await ask(plain, someId(), 'rejected'))['code']).toBe('not_found');
      world.rooms.api.down = false;
    });

    test('in a timeout the ticket to a channel lets one read only', async () => {
      const { id, here, general, people } = await place();
      const plain = await world.enter(here.plain);
      const timeoutUntil = new Date(Date.now() + 60_000).toISOString();
      const member: MemberOf = {
        user: people.plain,
        serverId: id,
        nickname: null,
        roles: [],
        joinedAt: new Date(0).toISOString(),
        timeoutUntil,
      };
      await tell(id, { type: 'member', change: { type: 'member.updated', member } });
      plain.send({ type: 'ticket.request', nonce: 'one', channelId: general });
      const { ticket } = await plain.next('channel.ticket');
      const inside = await world.knock(channelTicket(people.plain, general), String(ticket));
      inside.write('Let me speak.');
      expect((await inside.next('rejected'))['code']).toBe('missing_permission');
    });

    test('nothing of a channel reaches who may not view it', async () => {
      const { id, structure, here, hidden, general, people } = await place();
      const plain = await world.enter(here.plain);
      const insider = await world.enter(here.insider);
      const changed = structuredClone(structure);
      changed.rev = 2;
      const channel = changed.channels.find((one) => one.id === hidden);
      if (channel === undefined) throw new Error('It is there.');
      channel.topic = 'a hidden topic';
      const state = voice(hidden, people.insider);
      await tell(
        id,
        activity(hidden, [people.plain.id]),
        { type: 'voice.joined', state },
        { type: 'voice.updated', state: { ...state, muted: true } },
        { type: 'voice.snapshot', channelId: hidden, states: [voice(hidden, people.owner)] },
        { type: 'voice.left', channelId: hidden, userId: people.owner.id },
        {
          type: 'changed',
          structure: changed,
          change: { type: 'channel.updated', rev: 2, channel },
        },
        activity(general),
      );
      await insider.next('activity', (event) => event['channelId'] === general);
      const stirred = insider.all('activity').map((event) => event['channelId']);
      expect(stirred).toEqual([hidden, general]);
      const told = insider.heard
        .map(({ type }) => type)
        .filter((type) => type !== 'activity' && !type.startsWith('presence'));
      expect(told).toEqual([
        'ready',
        'voice.joined',
        'voice.updated',
        // The snapshot: one was gone, another is there.
        'voice.left',
        'voice.joined',
        'voice.left',
        'channel.updated',
      ]);
      await plain.next('activity', (event) => event['channelId'] === general);
      expect(JSON.stringify(await plain.settled())).not.toContain(hidden);
      // Who comes later learns no more.
      await tell(id, { type: 'voice.joined', state });
      const late = await world.enter(here.plain);
      expect(JSON.stringify(late.heard)).not.toContain(hidden);
      expect((await world.enter(here.insider)).all('ready')[0]).toMatchObject({ voice: [state] });
    });

    test('a role that is given or taken shows and hides its channels at once', async () => {
      const { id, here, staff, general, hidden, people } = await place();
      const plain = await world.enter(here.plain);
      const ticket = String(plain.all('ready')[0]?.['ticket']);
      await tell(id, { type: 'voice.joined', state: voice(hidden, people.owner) });
      const member = (roles: Snowflake[]): MemberOf => ({
        user: people.plain,
        serverId: id,
        nickname: null,
        roles,
        joinedAt: new Date(0).toISOString(),
        timeoutUntil: null,
      });
      await tell(id, {
        type: 'member',
        change: { type: 'member.updated', member: member([staff]) },
      });
      expect(await plain.next('channel.created')).toMatchObject({ channel: { id: hidden } });
      expect(await plain.next('voice.joined')).toMatchObject({ state: { channelId: hidden } });
      // The ticket in hand still names the old roles.
      const back = await world.knock(here.plain, ticket);
      expect(channelNames(back)).toEqual(['general', 'hidden']);
      expect(back.all('ready')[0]).toMatchObject({ you: { roles: [staff] } });
      await tell(id, { type: 'member', change: { type: 'member.updated', member: member([]) } });
      expect(await plain.next('channel.removed')).toMatchObject({ channelId: hidden });
      await tell(id, activity(hidden), activity(general));
      await plain.next('activity', (event) => event['channelId'] === general);
      expect(plain.all('activity').map((event) => event['channelId'])).toEqual([general]);
    });

    test('with a channel goes who talks in it, and with it they come back', async () => {
      const { id, staff, hidden, here, people } = await place();
      const insider = await world.enter(here.insider);
      const standing = (roles: Snowflake[]): ServerPublish => ({
        type: 'member',
        change: {
          type: 'member.updated',
          member: {
            user: people.insider,
            serverId: id,
            nickname: 'Ida',
            roles,
            joinedAt: new Date().toISOString(),
            timeoutUntil: null,
          },
        },
      });
      await tell(id, { type: 'voice.joined', state: voice(hidden, people.owner) });
      await insider.next('voice.joined');
      await tell(id, standing([]));
      const left = { channelId: hidden, userId: people.owner.id };
      expect(await insider.next('voice.left')).toMatchObject(left);
      await insider.next('channel.removed');
      const named = await insider.next('member.updated');
      expect(named).toMatchObject({ member: { nickname: 'Ida' } });
      await tell(id, {
        type: 'voice.updated',
        state: voice(hidden, people.owner, { muted: true }),
      });
      await insider.settled();
      expect(insider.all('voice.updated')).toEqual([]);
      await tell(id, standing([staff]));
      await insider.next('channel.created');
      expect(await insider.next('voice.joined')).toMatchObject({ state: { muted: true } });
    });

    test('one who comes back is who they are now, not who they were', async () => {
      const { id, staff, here, people } = await place();
      const insider = await world.enter(here.insider);
      const change = (type: 'member.updated' | 'member.joined', roles: Snowflake[]) => ({
        type: 'member' as const,
        change: {
          type,
          member: {
            user: people.insider,
            serverId: id,
            nickname: null,
            roles,
            joinedAt: new Date().toISOString(),
            timeoutUntil: null,
          },
        },
      });
      await tell(id, change('member.updated', [staff]), {
        type: 'member',
        change: { type: 'member.left', userId: people.insider.id },
      });
      expect(await insider.end()).toBe('access_lost');
      await tell(id, change('member.joined', []));
      // A ticket of the second in which they were removed is void.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect(channelNames(await world.enter(here.insider))).toEqual(['general']);
    });

    test('a structural change tells each member what it means for them', async () => {
      const { id, structure, here, hidden, general } = await place();
      const plain = await world.enter(here.plain);
      const wide = structuredClone(structure);
      wide.rev = 2;
      wide.server.name = 'Another name';
      for (const channel of wide.channels) channel.overrides = [];
      const change = { type: 'server.updated', rev: 2, server: wide.server } as const;
      await tell(id, { type: 'changed', structure: wide, change });
      expect(await plain.next('server.updated')).toMatchObject({ rev: 2, server: wide.server });
      expect(await plain.next('channel.created')).toMatchObject({
        rev: 2,
        channel: { id: hidden },
      });
      const less = { ...structure, rev: 3, channels: [] };
      await tell(id, {
        type: 'changed',
        structure: less,
        change: { type: 'channel.removed', rev: 3, channelId: general },
      });
      await plain.next('channel.removed', (event) => event['channelId'] === general);
      await plain.settled();
      expect(plain.all('channel.removed')).toHaveLength(2);
    });

    test('a late publish never undoes a newer one', async () => {
      const { id, structure, here } = await place();
      const plain = await world.enter(here.plain);
      const named = (rev: number, text: string): ServerPublish => {
        const next = structuredClone({ ...structure, rev });
        next.server.name = text;
        const change = { type: 'server.updated', rev, server: next.server } as const;
        return { type: 'changed', structure: next, change };
      };
      await tell(id, named(3, 'third'), named(2, 'second'), named(3, 'third again'));
      await plain.settled();
      expect(plain.all('server.updated')).toHaveLength(1);
      await world.rooms.restart();
      const back = await world.enter(here.plain);
      expect(back.all('ready')[0]).toMatchObject({
        rev: 3,
        structure: { server: { name: 'third' } },
      });
    });

    test('a member hears how many are online, and how they stand themselves', async () => {
      const { here, staff } = await place();
      await world.enter(here.plain);
      const insider = await world.enter(here.insider);
      expect(insider.all('ready')[0]).toMatchObject({
        online: 2,
        you: { roles: [staff], timeoutUntil: null },
      });
    });

    test('a crowd that comes and goes is a frame a second, and everyone is right in the end', async () => {
      const { id, here } = await place();
      const plain = await world.enter(here.plain);
      const crowd = Array.from({ length: 30 }, () => someone('crowd'));
      const began = performance.now();
      const clients = await Promise.all(crowd.map((user) => world.enter(serverTicket(user, id))));
      for (const client of clients) client.send({ type: 'presence.set', status: 'dnd' });
      const last = crowd.at(-1)?.id ?? id;
      await expect.poll(() => allOf(plain, last).at(-1)?.status, { timeout: 5_000 }).toBe('dnd');
      await plain.settled();
      const seconds = (performance.now() - began) / 1000;
      expect(plain.all('presence.changed').length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
      for (const { id: userId } of crowd) expect(allOf(plain, userId).at(-1)?.status).toBe('dnd');
      const late = await world.enter(here.owner);
      expect(late.all('ready')[0]).toMatchObject({ online: 32 });
    });

    test('who is online can be asked for by name', async () => {
      const { here, people } = await place();
      await world.enter(here.insider);
      const plain = await world.enter(here.plain);
      const before = plain.all('presence.changed').length;
      plain.send({ type: 'presence.request', userIds: [people.insider.id, people.owner.id] });
      await plain.settled();
      const [answer] = plain.all('presence.changed').slice(before);
      expect(answer?.['presences']).toEqual([{ userId: people.insider.id, status: 'online' }]);
    });

    test('presence: devices add up, invisible is offline, a choice outlives the connection', async () => {
      const { here, people } = await place();
      const plain = await world.enter(here.plain);
      const laptop = await world.enter(here.insider);
      const userId = people.insider.id;
      await heardOf(plain, userId, 'online');
      const phone = await world.enter(here.insider);
      phone.send({ type: 'presence.set', status: 'idle' });
      laptop.send({ type: 'presence.set', status: 'idle' });
      await heardOf(plain, userId, 'idle');
      phone.send({ type: 'presence.set', status: 'dnd', text: 'busy' });
      await heardOf(plain, userId, 'dnd');
      expect(allOf(plain, userId).at(-1)).toEqual({ userId, status: 'dnd', text: 'busy' });
      laptop.send({ type: 'presence.set', status: 'invisible' });
      await heardOf(plain, userId, 'offline');
      laptop.leave();
      phone.leave();
      await world.enter(here.insider);
      const late = await world.enter(here.owner);
      expect(JSON.stringify(late.all('ready')[0]?.['presences'])).not.toContain(userId);
      await plain.settled();
      expect(allOf(plain, userId).at(-1)?.status).toBe('offline');
    });

    test('one who left is offline after a moment, and a reload does not show', async () => {
      const { here, people } = await place();
      const plain = await world.enter(here.plain);
      const insider = await world.enter(here.insider);
      const userId = people.insider.id;
      await heardOf(plain, userId, 'online');
      insider.leave();
      const back = await world.enter(here.insider);
      await plain.settled();
      expect(allOf(plain, userId)).toHaveLength(1);
      back.leave();
      await heardOf(plain, userId, 'offline');
    }, 20_000);

    test('somebody writing in a channel is activity on its server', async () => {
      const { id, here, general } = await place();
      const plain = await world.enter(here.plain);
      const writer = await world.enter(channelTicket(someone('writer'), general, { serverId: id }));
      writer.write('hello');
      const created = await writer.next('message.created');
      expect(await plain.next('activity')).toMatchObject({
        channelId: general,
        messageId: (created['message'] as { id: string }).id,
      });
    });

    test('who is named in a message is mentioned, others are not', async () => {
      const { id, here, general, people } = await place();
      const plain = await world.enter(here.plain);
      const insider = await world.enter(here.insider);
      await tell(id, activity(general, [people.plain.id]));
      expect(await plain.next('mention')).toMatchObject({ channelId: general });
      await insider.next('activity');
      expect(insider.all('mention')).toEqual([]);
    });

    test('people come and go; one who was removed is out', async () => {
      const { id, here, people } = await place();
      const plain = await world.enter(here.plain);
      const insider = await world.enter(here.insider);
      const ticket = String(insider.all('ready')[0]?.['ticket']);
      await tell(id, {
        type: 'member',
        change: { type: 'member.left', userId: people.insider.id },
      });
      expect(await insider.end()).toBe('access_lost');
      expect(await plain.next('member.left')).toMatchObject({ userId: people.insider.id });
      expect((await world.knock(here.insider, ticket)).closedBy).toBe('bad_ticket');
    });

    test('every event is one of the contract', async () => {
      const { id, here, general, people } = await place();
      const plain = await world.enter(here.plain);
      const insider = await world.enter(here.insider);
      insider.send({ type: 'presence.set', status: 'dnd', text: 'busy' });
      insider.send({ type: 'message.send' });
      await tell(
        id,
        { type: 'voice.joined', state: voice(general, people.owner) },
        activity(general),
      );
      await plain.next('activity');
      for (const event of [...(await plain.settled()), ...(await insider.settled())]) {
        expect(ServerServerEvent.safeParse(event).error).toBeUndefined();
      }
    });

    test('a deleted server tells everyone, closes and stays closed', async () => {
      const { id, here } = await place();
      const plain = await world.enter(here.plain);
      await tell(id, { type: 'room.removed' });
      await plain.next('server.removed');
      expect(await plain.end()).toBe('room_removed');
      await world.rooms.restart();
      const again = await world.knock(here.plain, await world.ticket(here.plain));
      expect(again.closedBy).toBe('room_removed');
    });

    test('a server that api does not know is no room', async () => {
      const nowhere = serverTicket(someone('lost'), someId());
      expect((await world.knock(nowhere, await world.ticket(nowhere))).closedBy).toBe(
        'room_removed',
      );
    });
  });
}
