import { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import type { Message } from '@harmonium/api/message';
import { RESUME_TICKET_TTL_S } from '@harmonium/api/ticket';
import type { User } from '@harmonium/api/user';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_TYPISTS, REPLAY_LENGTH, TYPING_TTL_MS } from '../contract/limits.ts';
import type { AskUndrained } from '../contract/publish.ts';
import { KEPT_EVENTS } from './event-log.ts';
import { NONCE_SWEEP_MS, NONCE_TTL_MS } from './nonces.ts';
import { TICKET_RENEWAL_MS } from './lobby.ts';
import { KEPT_ANYWAY } from './outlived.ts';
import { history } from './testing/conversations.ts';
import { settle } from './testing/fake-host.ts';
import { fakeRooms } from './testing/fake-rooms.ts';
import {
  channelTicket,
  onlyFor,
  serverTicket,
  someId,
  someone,
  structureOf,
  textChannel,
  userTicket,
} from './testing/people.ts';
import { World } from './testing/world.ts';

/** What takes minutes, under a clock that only the test moves. */
describe('as time goes by', () => {
  let rooms: ReturnType<typeof fakeRooms>;
  let world: World;
  beforeEach(() => {
    rooms = fakeRooms({ ticking: false });
    world = new World(rooms);
  });
  afterEach(() => rooms.close());

  const ada = someone('ada');
  const bob = someone('bob');

  test('whoever stays is handed a fresh ticket before the old one ends', async () => {
    const here = channelTicket(ada, someId());
    const client = await world.enter(here);
    for (let round = 0; round < 4; round += 1) {
      await rooms.host.advance(TICKET_RENEWAL_MS);
      client.send({ type: 'ping' });
    }
    await settle();
    const renewed = client.all('ticket');
    expect(renewed).toHaveLength(4);
    // Twenty minutes in, the first one has ended and the last one has not.
    const first = String(client.all('ready')[0]?.['ticket']);
    expect((await world.knock(here, first)).closedBy).toBe('bad_ticket');
    expect(
      (await world.knock(here, String(renewed.at(-1)?.['ticket']), 0)).closedBy,
    ).toBeUndefined();
  });

  test('a user who writes too fast is refused, told how long, and heard again after that', async () => {
    const here = channelTicket(ada, someId());
    const client = await world.enter(here);
    for (let at = 0; at < 12; at += 1) client.write(`${at}`);
    await settle();
    expect(client.all('message.created')).toHaveLength(10);
    const rejected = client.all('rejected');
    expect(rejected).toMatchObject([{ code: 'flooding' }, { code: 'flooding' }]);
    await rooms.host.advance(Number(rejected[0]?.['retryAfter']) * 1000);
    client.write('again');
    await settle();
    expect(client.all('message.created')).toHaveLength(11);
  });

  test('typing is repeated while it lasts, and not shown to newcomers after', async () => {
    const id = someId();
    const writer = await world.enter(channelTicket(ada, id));
    const reader = await world.enter(channelTicket(bob, id));
    for (let at = 0; at < 5; at += 1) writer.send({ type: 'typing.start' });
    await settle();
    expect(reader.all('typing')).toHaveLength(1);
    await rooms.host.advance(TYPING_TTL_MS / 2);
    writer.send({ type: 'typing.start' });
    await settle();
    expect(reader.all('typing')).toHaveLength(2);
    await rooms.host.advance(TYPING_TTL_MS + 1);
    const late = await world.enter(channelTicket(someone('cy'), id));
    expect(late.all('typing')).toEqual([]);
  });

  test('of a crowd that types some are told, and others once those are done', async () => {
    const id = someId();
    const reader = await world.enter(channelTicket(bob, id));
    const crowd = Array.from({ length: MAX_TYPISTS + 5 }, () => someone('crowd'));
    const writers = [];
    for (const user of crowd) writers.push(await world.enter(channelTicket(user, id)));
    for (const writer of writers) writer.send({ type: 'typing.start' });
    await settle();
    expect(reader.all('typing')).toHaveLength(MAX_TYPISTS);
    writers[0]?.write('done');
    await settle();
    writers.at(-1)?.send({ type: 'typing.start' });
    await settle();
    expect(reader.all('typing').at(-1)).toMatchObject({ userId: crowd.at(-1)?.id });
  });

  test('however many channels are busy, a member is told of all of them once a second', async () => {
    const names = ['one', 'two', 'three', 'four'];
    const structure = structureOf(ada, (serverId) =>
      names.map((name) => textChannel(serverId, name)),
    );
    const { id } = structure.server;
    rooms.api.structures.set(id, structure);
    const member = await world.enter(serverTicket(bob, id));
    await rooms.host.advance(5_000);
    const latest = new Map<string, Snowflake>();
    const say = (channelId: Snowflake, users: Snowflake[] = []) => {
      const messageId = someId();
      latest.set(channelId, messageId);
      const naming = { messageId, authorId: ada.id, users, roles: [], anyRole: false };
      const namings = users.length === 0 ? [] : [naming];
      const stir = { type: 'activity' as const, channelId, messageId, authorId: ada.id, namings };
      return rooms.publisher.publish('server', id, [stir]);
    };
    let tellings = 0;
    let atOnce = 0;
    for (let tenth = 0; tenth < 30; tenth += 1) {
      const before = member.heard.length;
      for (const channel of structure.channels) await say(channel.id, tenth === 1 ? [bob.id] : []);
      if (tenth === 12) (await world.enter(serverTicket(someone('new'), id))).leave();
      await settle();
      if (tenth === 0) atOnce = member.all('activity').length;
      await rooms.host.advance(100);
      if (member.heard.length > before) tellings += 1;
    }
    await rooms.host.advance(2_000);
    expect(atOnce).toBe(1);
    expect(tellings).toBeLessThanOrEqual(4);
    for (const { id: channelId } of structure.channels) {
      const told = member.all('activity').filter((event) => event['channelId'] === channelId);
      expect(told.length).toBeGreaterThanOrEqual(3);
      expect(told.length).toBeLessThanOrEqual(5);
      expect(told.at(-1)).toMatchObject({ messageId: latest.get(channelId) });
      // Named by one of several that were told as one.
      const named = member.all('mention').filter((event) => event['channelId'] === channelId);
      expect(named).toHaveLength(1);
    }
  });

  test('a channel in which much is said tells its server once a second, of the youngest', async () => {
    const structure = structureOf(ada, (serverId) => [textChannel(serverId, 'general')]);
    const { id } = structure.server;
    rooms.api.structures.set(id, structure);
    const channelId = structure.channels[0]?.id ?? id;
    const member = await world.enter(serverTicket(bob, id));
    const writers = [];
    for (let at = 0; at < 10; at += 1) {
      writers.push(await world.enter(channelTicket(someone('crowd'), channelId, { serverId: id })));
    }
    for (let tenth = 0; tenth < 30; tenth += 1) {
      for (const writer of writers) if (tenth % 5 === 0) writer.write(`${tenth}`);
      await rooms.host.advance(100);
    }
    await rooms.host.advance(1_000);
    const told = member.all('activity');
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told.length).toBeLessThanOrEqual(5);
    const youngest = writers[0]?.all('message.created').at(-1)?.['message'] as Message;
    expect(told.at(-1)).toMatchObject({ channelId, messageId: youngest.id });
  });

  test('ids and order hold when the clock jumps back, also over a restart', async () => {
    const here = channelTicket(ada, someId());
    let client = await world.enter(here);
    const heard: Message[] = [];
    for (const jump of [0, -3_600_000, 0, 1_000, -5_000]) {
      rooms.host.now += jump;
      if (jump === -5_000) await rooms.restart();
      client = await world.knock(here, (await rooms.tickets.issue(here, 60)).ticket, 0);
      client.write(`after ${jump}`);
      await settle();
      const created = client.all('message.created').at(-1);
      heard.push(created?.['message'] as Message);
    }
    const ids = heard.map(({ id }) => BigInt(Snowflake.parse(id)));
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
    expect(heard.map(({ createdAt }) => createdAt)).toEqual(
      heard.map(({ createdAt }) => createdAt).sort(),
    );
  });

  test('an edit after a clock that jumped back is younger than the one before', async () => {
    const here = channelTicket(ada, someId());
    const client = await world.enter(here);
    client.write('one');
    const { id } = (await client.next('message.created'))['message'] as Message;
    for (const content of ['two', 'three']) {
      client.send({ type: 'message.edit', id, content });
      await client.next('message.edited');
      rooms.host.now -= 3_600_000;
    }
    const edited = client.all('message.edited').map((event) => event['message'] as Message);
    const times = edited.map(({ editedAt }) => Date.parse(editedAt ?? ''));
    expect(times[1]).toBeGreaterThan(times[0] ?? Infinity);
  });

  test('what waits for api does not wait until a clock that was set back is there again', async () => {
    const here = channelTicket(ada, someId());
    const client = await world.enter(here);
    client.write('said before');
    await settle();
    await rooms.host.jump(-3 * 3_600_000);
    await rooms.host.advance(1_000);
    expect(rooms.api.stored).toHaveLength(1);
    // The same while api is away, and somebody new makes the room wait for something else meanwhile.
    rooms.api.down = true;
    client.write('said in an outage');
    await rooms.host.advance(20_000);
    await rooms.host.jump(-3 * 3_600_000);
    await world.enter(channelTicket(bob, here.channelId));
    rooms.api.down = false;
    await rooms.host.advance(120_000);
    expect(rooms.api.stored).toHaveLength(2);
  });

  test('what was taken from somebody does not come back with a clock that jumped and was set right', async () => {
    const structure = structureOf(ada, (serverId) => [textChannel(serverId, 'general')]);
    const { id } = structure.server;
    const channelId = structure.channels[0]?.id ?? id;
    rooms.api.structures.set(id, structure);
    const channel = (user: User) => channelTicket(user, channelId, { serverId: id });
    const [cy, dan] = [someone('cy'), someone('dan')];
    const everyone = String(DEFAULT_EVERYONE);
    for (const user of [bob, dan]) rooms.api.allow(channelId, user.id, { permissions: everyone });
    const held = new Map<string, string>();
    for (const user of [bob, cy, dan]) {
      const here = await world.enter(channel(user));
      held.set(user.id, String(here.all('ready')[0]?.['ticket']));
    }
    const staff = someId();
    const server = await world.enter(serverTicket(bob, id, [staff]));
    const inServer = String(server.all('ready')[0]?.['ticket']);
    const take = async (user: User) => {
      const reason = 'access_lost' as const;
      await rooms.publisher.publish('main', channelId, [
        { type: 'revoke', userId: user.id, reason },
      ]);
    };
    const stand = async (user: User, permissions: string) => {
      const told = { type: 'permissions.changed' as const, userId: user.id, permissions };
      await rooms.publisher.publish('main', channelId, [told]);
      const standing = { serverId: id, nickname: null, roles: [], timeoutUntil: null };
      const member: Member = { ...standing, user, joinedAt: new Date(0).toISOString() };
      const change = { type: 'member.updated' as const, member };
      await rooms.publisher.publish('server', id, [{ type: 'member', change }]);
    };
    const silent = String(Permission.VIEW_CHANNEL);
    await take(cy);
    await stand(bob, silent);
    const ahead = (RESUME_TICKET_TTL_S + 120) * 1000;
    await rooms.host.jump(ahead);
    await take(someone('else'));
    await stand(someone('else'), silent);
    await rooms.restart();
    await rooms.host.jump(-ahead);
    expect((await world.knock(channel(cy), held.get(cy.id) ?? '')).closedBy).toBe('bad_ticket');
    const back = await world.knock(channel(bob), held.get(bob.id) ?? '');
    expect(back.all('ready')[0]).toMatchObject({ you: { permissions: silent } });
    const standing = await world.knock(serverTicket(bob, id), inServer);
    expect(standing.all('ready')[0]).toMatchObject({ you: { roles: [] } });
    const other = await world.knock(channel(dan), held.get(dan.id) ?? '');
    expect(other.all('ready')[0]).toMatchObject({ you: { permissions: everyone } });
  });

  test('slow mode lasts as long as it says when the clock is set back', async () => {
    const id = someId();
    const client = await world.enter(channelTicket(ada, id, { slowmode: 30 }));
    client.write('first');
    await client.next('message.created');
    await rooms.host.jump(-3 * 3_600_000);
    client.write('at once');
    const { retryAfter } = await client.next('rejected');
    expect(retryAfter).toBe(30);
    await rooms.host.advance(30_000);
    client.write('in time');
    expect(await client.next('message.created')).toMatchObject({ message: { content: 'in time' } });
  });

  test('nobody is shown to type for hours when the clock is set back', async () => {
    const id = someId();
    const writer = await world.enter(channelTicket(ada, id));
    writer.send({ type: 'typing.start' });
    await settle();
    await rooms.host.jump(-3 * 3_600_000);
    expect((await world.enter(channelTicket(bob, id))).all('typing')).toEqual([]);
  });

  test('an outage of api is waited out with growing pauses, and costs no memory', async () => {
    const here = channelTicket(ada, someId());
    const client = await world.enter(here);
    rooms.api.down = true;
    client.write('one');
    await rooms.host.advance(60_000);
    const { calls } = rooms.api;
    expect(calls).toBeGreaterThan(3);
    expect(calls).toBeLessThan(12);
    await rooms.host.advance(600_000);
    expect(rooms.api.calls - calls).toBeLessThan(25);
    rooms.api.down = false;
    await rooms.host.advance(60_000);
    expect(rooms.api.stored).toHaveLength(1);
    await rooms.host.advance(600_000);
    expect(rooms.api.stored).toHaveLength(1);
  });

  test('who is too far behind gets a snapshot; storage does not grow for ever', async () => {
    const id = someId();
    const here = channelTicket(ada, id);
    await world.enter(here);
    const publish = async (count: number) => {
      for (let at = 0; at < count; at += 100) {
        // A hundred authors, as one alone would be flooding.
        const events = Array.from({ length: 100 }, (_, one) => ({
          type: 'accept' as const,
          author: { ...bob, id: Snowflake.parse(String(1000 + one)) },
          sessionId: someId(),
          permissions: here.permissions,
          event: {
            type: 'message.send' as const,
            nonce: crypto.randomUUID(),
            content: `${at + one}`,
          },
        }));
        await rooms.publisher.publish('main', id, events);
        await rooms.host.advance(1_000);
      }
    };
    await publish(REPLAY_LENGTH * 2 + 200);
    const near = await world.knock(here, await world.ticket(here), REPLAY_LENGTH + 300);
    expect(near.all('resumed')).toHaveLength(1);
    expect(near.all('message.created').at(0)).toMatchObject({ seq: REPLAY_LENGTH + 301 });
    const far = await world.knock(here, await world.ticket(here), 10);
    expect(far.all('ready')[0]).toMatchObject({ seq: REPLAY_LENGTH * 2 + 200, complete: false });
    expect(far.all('ready')[0]?.['history']).toHaveLength(50);

    await publish(KEPT_EVENTS);
    const rowsOf = (prefix: string) => rooms.host.storage('main', id).list({ prefix });
    expect((await rowsOf('event/')).length).toBeLessThan(KEPT_EVENTS + 700);
    await rooms.restart();
    const back = await world.knock(
      here,
      await world.ticket(here),
      REPLAY_LENGTH * 2 + 200 + KEPT_EVENTS - 5,
    );
    expect(back.all('message.created')).toHaveLength(5);
    await rooms.host.advance(NONCE_TTL_MS + NONCE_SWEEP_MS);
    expect(await rowsOf('nonce')).toEqual([]);
  }, 30_000);

  test('in a long outage what api lacks is told by its place, however much it is', async () => {
    const id = someId();
    const here = channelTicket(ada, id);
    const client = await world.enter(here);
    client.write('stored before');
    const early = (await client.next('message.created'))['message'] as Message;
    await rooms.host.advance(1_000);
    rooms.api.down = true;
    client.send({ type: 'message.edit', id: early.id, content: 'changed in the outage' });
    await client.next('message.edited');
    const ids: Snowflake[] = [];
    const speak = async (count: number) => {
      for (let at = 0; at < count; at += 100) {
        const events = Array.from({ length: 100 }, () => ({
          type: 'accept' as const,
          author: someone('crowd'),
          sessionId: someId(),
          permissions: here.permissions,
          event: { type: 'message.send' as const, content: `${ids.length + at}` },
        }));
        const answers = await rooms.publisher.publish('main', id, events);
        for (const answer of answers) if (answer.ok && answer.message) ids.push(answer.message.id);
        await rooms.host.advance(1_000);
      }
    };
    const ask = async (rest: Partial<AskUndrained>) => {
      const question = { type: 'undrained', first: 'newest', limit: 3, ...rest } as const;
      const [answer] = await rooms.publisher.publish('main', id, [question]);
      return answer?.ok === true ? (answer.messages ?? []) : [];
    };
    const idsOf = (messages: Message[]) => messages.map((message) => message.id);
    const check = async () => {
      expect(idsOf(await ask({}))).toEqual(ids.slice(-3).reverse());
      for (const at of [10, REPLAY_LENGTH - 1, REPLAY_LENGTH + 1, ids.length - 10]) {
        const around = ids[at];
        expect(idsOf(await ask({ before: around }))).toEqual(ids.slice(at - 3, at).reverse());
        const after = await ask({ after: around, first: 'oldest' });
        expect(idsOf(after)).toEqual(ids.slice(at + 1, at + 4));
      }
      expect(await ask({ before: ids[0] })).toMatchObject([{ content: 'changed in the outage' }]);
    };
    await speak(REPLAY_LENGTH * 3 + 500);
    await check();
    // Noted, and then changed once more.
    client.send({ type: 'message.edit', id: early.id, content: 'changed in the outage' });
    await client.next('message.edited');
    await check();
    await rooms.restart();
    await check();
    await speak(REPLAY_LENGTH);
    await check();
    rooms.api.down = false;
    await rooms.host.advance(60_000);
    expect(await ask({ limit: 100 })).toEqual([]);
    expect(await rooms.host.storage('main', id).list({ prefix: 'late/' })).toEqual([]);
  }, 30_000);

  test('in a long outage an old message is found without reading all that waits', async () => {
    const id = someId();
    const here = channelTicket(ada, id);
    const client = await world.enter(here);
    rooms.api.down = true;
    const ids: Snowflake[] = [];
    const speak = async (count: number) => {
      for (let at = 0; at < count; at += 1) {
        if (at % 5 === 0) await rooms.host.advance(5_000);
        client.write(`${at}`);
        ids.push(((await client.next('message.created'))['message'] as Message).id);
      }
    };
    const purge = (gone: Snowflake[]) =>
      rooms.publisher.publish('main', id, [{ type: 'purge', ids: gone, by: ada.id }]);
    await speak(REPLAY_LENGTH * 2);
    const [one, two, three] = ids;
    if (one === undefined || two === undefined || three === undefined) throw new Error('Three.');
    await purge([one, two]);
    const { removedAt } = await client.next('messages.removed');
    await speak(REPLAY_LENGTH * 3);
    for (const round of ['before', 'after']) {
      const storage = rooms.host.storage('main', id);
      const list = vi.spyOn(storage, 'list');
      client.leave();
      const back = await world.enter(here);
      list.mockClear();
      const edit = { type: 'message.edit', content: 'still here' };
      back.send({ ...edit, id: two, nonce: 'gone' });
      expect(await back.next('rejected')).toMatchObject({ nonce: 'gone', code: 'not_found' });
      back.send({ ...edit, id: three, nonce: 'there' });
      expect(await back.next('message.edited')).toMatchObject({ nonce: 'there' });
      await purge([two, one]);
      await settle();
      expect([round, back.all('messages.removed')]).toEqual([round, []]);
      expect(list.mock.calls).toEqual([]);
      list.mockRestore();
      const ask = { type: 'undrained', first: 'oldest', limit: 2 } as const;
      const [answer] = await rooms.publisher.publish('main', id, [ask]);
      expect(answer).toMatchObject({
        messages: [one, two].map((each) => ({ id: each, content: '', removedAt })),
        removed: [one, two].map((each) => ({ id: each, removedAt })),
      });
      if (round === 'before') await rooms.restart();
    }
    rooms.api.down = false;
    await rooms.host.advance(60_000);
    expect(rooms.api.messages.get(one)).toMatchObject({ content: '', removedAt });
    const { host } = rooms;
    expect(await host.storage('main', id).list({ prefix: 'gone/' })).toEqual([]);
  }, 30_000);

  test('after a crash api is given again what it has, and nothing is there twice', async () => {
    const id = someId();
    const here = channelTicket(ada, id);
    const client = await world.enter(here);
    client.write('one');
    const one = (await client.next('message.created'))['message'] as Message;
    await rooms.host.advance(60);
    client.send({ type: 'message.edit', id: one.id, content: 'edited' });
    await client.next('message.edited');
    await rooms.host.advance(60);
    client.send({ type: 'message.edit', id: one.id, content: 'edited again' });
    await client.next('message.edited');
    await rooms.host.advance(60);
    const given = rooms.api.stored.length;
    expect(given).toBe(3);
    await rooms.restart();
    await rooms.host.advance(2_000);
    // All but what the last words took along into their commit.
    expect(rooms.api.stored.slice(given)).toEqual(rooms.api.stored.slice(given - 1, given));
    expect([...rooms.api.messages.values()]).toMatchObject([{ content: 'edited again' }]);
    expect(history(await world.enter(here))).toEqual(['edited again']);
    await rooms.restart();
    await rooms.host.advance(2_000);
    expect(rooms.api.stored).toHaveLength(given + 1);
  });

  test('a room with nothing that api lacks is not woken to say so', async () => {
    const { channelId, permissions, sessionId } = channelTicket(ada, someId());
    const event = { type: 'message.send', content: 'by a bot' } as const;
    const accept = { type: 'accept', author: ada, sessionId, permissions, event } as const;
    const question = { type: 'undrained', first: 'newest', limit: 50 } as const;
    const ask = () => rooms.publisher.publish('main', channelId, [question]);
    await rooms.publisher.publish('main', channelId, [accept]);
    await rooms.host.advance(1_000);
    await rooms.restart();
    expect(await ask()).toEqual([{ ok: true, messages: [] }]);
    expect(rooms.host.awake).toEqual([]);
    rooms.api.down = true;
    await rooms.publisher.publish('main', channelId, [accept]);
    await rooms.restart();
    expect(await ask()).toMatchObject([{ messages: [{ content: 'by a bot' }] }]);
  });

  test('a room that lost its storage while api is away has its history once api is back', async () => {
    const channelId = someId();
    const here = channelTicket(ada, channelId);
    const stored = (content: string): Message => ({
      id: someId(),
      channelId,
      author: bob,
      content,
      createdAt: new Date(0).toISOString(),
      editedAt: null,
      removedAt: null,
    });
    for (const message of [stored('one'), stored('two')])
      rooms.api.messages.set(message.id, message);
    rooms.api.down = true;
    const client = await world.enter(here);
    expect(client.all('ready')[0]).toMatchObject({ history: [], complete: false });
    client.write('three');
    const three = await client.next('message.created');
    await rooms.host.advance(2_000);
    await rooms.restart();
    rooms.api.down = false;
    await rooms.host.advance(60_000);
    for (const round of ['at once', 'after a restart']) {
      const back = await world.enter(here);
      expect([round, history(back)]).toEqual([round, ['one', 'two', 'three']]);
      expect(back.all('ready')[0]).toMatchObject({ complete: true, seq: three['seq'] });
      await rooms.restart();
    }
    const near = await world.enter(here, Number(three['seq']) - 1);
    expect(near.all('message.created')).toEqual([three]);
    // What a client held of the lost log is no place in this one.
    for (const since of [0, 1, 2]) {
      expect((await world.enter(here, since)).all('ready')).toHaveLength(1);
    }
    expect(rooms.api.stored.map((entry) => entry.op)).toEqual(['create']);
  });

  test('the first id after a loss is larger than the newest stored one, whatever the clock says', async () => {
    const channelId = someId();
    const here = channelTicket(ada, channelId);
    const id = someId();
    rooms.api.messages.set(id, {
      id,
      channelId,
      author: bob,
      content: 'before',
      createdAt: new Date(0).toISOString(),
      editedAt: null,
      removedAt: null,
    });
    rooms.host.now -= 3_600_000;
    for (let loss = 0, seq = 0, last = BigInt(id); loss < 3; loss += 1) {
      const client = await world.enter(here);
      client.write(`after loss ${loss}`);
      const created = await client.next('message.created');
      const message = created['message'] as Message;
      expect(BigInt(message.id)).toBeGreaterThan(last);
      expect(created['seq']).toBeGreaterThan(seq);
      [last, seq] = [BigInt(message.id), Number(created['seq'])];
      await rooms.host.advance(1_000);
      await rooms.host.lose('main', channelId);
    }
    const client = await world.enter(here);
    expect(history(client)).toEqual(['before', 'after loss 0', 'after loss 1', 'after loss 2']);
  });

  test('the same nonce is one message, however much others say meanwhile', async () => {
    const id = someId();
    const here = channelTicket(ada, id);
    const first = await world.enter(here);
    first.send({ type: 'message.send', nonce: 'once', content: 'before the crowd came' });
    const { message } = await first.next('message.created');
    const crowd = Array.from({ length: 100 }, () => someone('crowd'));
    for (let said = 0; said < KEPT_EVENTS + 1_000; said += crowd.length) {
      const events = crowd.map((author) => ({
        type: 'accept' as const,
        author,
        sessionId: author.id,
        permissions: here.permissions,
        event: { type: 'message.send' as const, content: 'noise' },
      }));
      await rooms.publisher.publish('main', id, events);
      await rooms.host.advance(1_000);
    }
    await rooms.restart();
    const again = await world.enter(here);
    again.send({ type: 'message.send', nonce: 'once', content: 'before the crowd came' });
    const answer = await again.next('message.created');
    expect(answer).toMatchObject({ nonce: 'once', message: { id: (message as Message).id } });
    const stored = rooms.api.stored.filter(
      (entry) => entry.op === 'create' && entry.message.content === 'before the crowd came',
    );
    expect(stored).toHaveLength(1);
  }, 30_000);

  /** A server of Ada's with a channel for staff; what api says of Bob, and what his ticket says. */
  function staffed() {
    const staff = someId();
    const structure = structureOf(ada, (id) => [
      textChannel(id, 'general'),
      textChannel(id, 'staff', { overrides: onlyFor(id, staff) }),
    ]);
    const { id } = structure.server;
    rooms.api.structures.set(id, structure);
    const member: Member = {
      user: bob,
      serverId: id,
      nickname: null,
      roles: [staff],
      joinedAt: new Date(0).toISOString(),
      timeoutUntil: null,
    };
    rooms.api.servers.set(id, new Map([[bob.id, member]]));
    const take = () => rooms.api.servers.set(id, new Map([[bob.id, { ...member, roles: [] }]]));
    return { id, here: serverTicket(bob, id, [staff]), take };
  }

  test('roles that were changed while the room was away are seen soon after', async () => {
    const { id, here, take } = staffed();
    const first = await world.enter(here);
    const ticket = String(first.all('ready')[0]?.['ticket']);
    await rooms.host.advance(5_000);
    take();
    await rooms.restart();
    const back = await world.knock(here, ticket);
    await rooms.host.advance(2_000);
    expect(back.all('member.updated')).toMatchObject([{ member: { roles: [] } }]);
    expect(back.all('channel.removed')).toHaveLength(1);
    // And so the ticket in hand is worth no more.
    const again = await world.knock(here, ticket);
    expect(again.all('ready')[0]).toMatchObject({ you: { roles: [] } });
    // Who is no member at all is out.
    rooms.api.servers.set(id, new Map());
    await rooms.restart();
    const gone = await world.knock(here, ticket);
    await rooms.host.advance(2_000);
    expect(gone.closedBy).toBe('access_lost');
  });

  test('what api could not tell is asked for again, and what is published meanwhile is newer', async () => {
    const { id, here, take } = staffed();
    const client = await world.enter(here);
    take();
    rooms.api.down = true;
    await rooms.host.advance(TICKET_RENEWAL_MS + 5_000);
    expect(client.all('member.updated')).toEqual([]);
    rooms.api.down = false;
    await rooms.host.advance(20_000);
    expect(client.all('member.updated')).toMatchObject([{ member: { roles: [] } }]);
    // Published, and api's answer was on its way: the publish counts.
    const stale = rooms.api.servers.get(id)?.get(bob.id);
    if (stale === undefined) throw new Error('He is there.');
    const member = { ...stale, roles: here.roles };
    rooms.api.members = async () => {
      await rooms.publisher.publish('server', id, [
        { type: 'member', change: { type: 'member.updated', member } },
      ]);
      return [stale];
    };
    await rooms.host.advance(TICKET_RENEWAL_MS + 5_000);
    expect(client.all('member.updated').at(-1)).toMatchObject({ member: { roles: here.roles } });
  });

  test('a call that the sfu speaks of no more is over', async () => {
    const structure = structureOf(ada, (id) => [textChannel(id, 'Lounge', { type: 'voice' })]);
    const { id } = structure.server;
    rooms.api.structures.set(id, structure);
    const channelId = structure.channels[0]?.id ?? id;
    const client = await world.enter(serverTicket(ada, id));
    const since = new Date(0).toISOString();
    const state = { channelId, user: bob, muted: false, deafened: false, speaking: false, since };
    await rooms.publisher.publish('server', id, [{ type: 'voice.joined', state }]);
    await rooms.host.advance(20_000);
    await rooms.publisher.publish('server', id, [
      { type: 'voice.snapshot', channelId, states: [state] },
    ]);
    await rooms.host.advance(29_000);
    expect(client.all('voice.left')).toEqual([]);
    await rooms.restart();
    const back = await world.enter(serverTicket(ada, id));
    expect(back.all('ready')[0]).toMatchObject({ voice: [state] });
    await rooms.host.advance(31_000);
    expect(back.all('voice.left')).toMatchObject([{ channelId, userId: bob.id }]);
  });

  test('what is held against old tickets is forgotten when no such ticket can live, but for the last', async () => {
    const id = someId();
    for (let at = 0; at < KEPT_ANYWAY + 50; at += 1) {
      const userId = someone('crowd').id;
      await rooms.publisher.publish('main', id, [
        { type: 'revoke', userId, reason: 'access_lost' },
        { type: 'permissions.changed', userId, permissions: '64' },
      ]);
    }
    const kept = async (prefix: string) =>
      (await rooms.host.storage('main', id).list({ prefix })).length;
    for (const prefix of ['revoked/', 'standing/']) {
      expect(await kept(prefix)).toBe(KEPT_ANYWAY + 50);
    }
    await rooms.host.advance((RESUME_TICKET_TTL_S + 120) * 1000);
    await rooms.restart();
    await world.enter(channelTicket(ada, id));
    await settle();
    for (const prefix of ['revoked/', 'standing/']) expect(await kept(prefix)).toBe(KEPT_ANYWAY);
  });

  test('storage that takes nothing: the message is not acknowledged, and works when mended', async () => {
    const here = channelTicket(ada, someId());
    const client = await world.enter(here);
    const storage = rooms.host.storage('main', here.channelId);
    storage.broken = true;
    client.write('lost?');
    await settle();
    expect(client.all('message.created')).toEqual([]);
    expect(client.closedBy).toBe('unavailable');
    storage.broken = false;
    const back = await world.enter(here);
    expect(back.all('ready')[0]).toMatchObject({ seq: 0, history: [] });
    back.write('here');
    await settle();
    expect(back.all('message.created')).toHaveLength(1);
  });

  test('a channel that api no longer knows ends with its room, and its words go', async () => {
    const here = channelTicket(ada, someId());
    const client = await world.enter(here);
    rooms.api.channelsGone.add(here.channelId);
    client.write('a last word');
    await rooms.host.advance(1_000);
    expect(client.closedBy).toBe('room_removed');
    expect(rooms.host.storage('main', here.channelId).dump()).not.toContain('last word');
  });

  test('a hundred channels read in five seconds are one write, and none is lost in a crash', async () => {
    const user = someone('reader');
    const client = await world.enter(userTicket(user));
    const channels = Array.from({ length: 20 }, () => someId());
    const { marksStored } = rooms.api;
    let last = someId();
    for (let at = 0; at < 100; at += 1) {
      last = someId();
      const channelId = channels[at % channels.length];
      client.send({ type: 'read.mark', channelId, messageId: last });
      if (at % 20 === 19) await rooms.host.advance(900);
    }
    await settle();
    expect(marksStored).toEqual([]);
    await rooms.restart();
    await world.enter(userTicket(user));
    await rooms.host.advance(5_000);
    await settle();
    expect(marksStored).toHaveLength(1);
    expect(marksStored[0]).toHaveLength(20);
    expect(marksStored[0]).toContainEqual({ channelId: channels.at(-1), messageId: last });
    await rooms.host.advance(60_000);
    expect(marksStored).toHaveLength(1);
  });

  test('while api is away marks wait for it, and those of deleted channels are dropped', async () => {
    const user = someone('reader');
    const client = await world.enter(userTicket(user));
    const [kept, gone] = [someId(), someId()];
    rooms.api.channelsGone.add(gone);
    rooms.api.down = true;
    const marks = [kept, gone].map((channelId) => ({ channelId, messageId: someId() }));
    client.send({ type: 'read.marks', marks });
    await settle();
    await rooms.host.advance(30_000);
    expect(rooms.api.marksStored).toEqual([]);
    rooms.api.down = false;
    await rooms.host.advance(30_000);
    await settle();
    expect(rooms.api.marksStored).toEqual([marks]);
    const again = await world.enter(userTicket(user));
    expect(again.all('ready')[0]?.['marks']).toEqual(marks.slice(0, 1));
  });
});
