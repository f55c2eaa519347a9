import type { Message } from '@harmonium/api/message';
import { Permission } from '@harmonium/api/permissions';
import { createTicketKeys } from '@harmonium/api/ticket';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChannelServerEvent } from '../contract/server-event.ts';
import type { Client, Heard } from './testing/client.ts';
import { channelTicket, EVERYTHING_USUAL, someId, someone } from './testing/people.ts';
import { World, type Rooms } from './testing/world.ts';

function messageOf(event: Heard): Message {
  return event['message'] as Message;
}

function texts(events: Heard[]): string[] {
  return events.map((event) => messageOf(event).content);
}

/** What a snapshot holds, oldest first. */
function history(client: Client): string[] {
  const messages = client.all('ready')[0]?.['history'] as Message[] | undefined;
  return (messages ?? []).map(({ content }) => content);
}

/** Rules of a channel room that hold on every host. */
export function channelSuite(name: string, open: () => Promise<Rooms>): void {
  describe(`a channel on ${name}`, () => {
    let world: World;
    beforeAll(async () => {
      world = new World(await open());
    });
    afterAll(() => world.rooms.close());

    const ada = someone('ada');
    const bob = someone('bob');

    /** Ada and Bob in a channel of their own. */
    async function conversation() {
      const id = someId();
      const here = { ada: channelTicket(ada, id), bob: channelTicket(bob, id) };
      return { id, here, ada: await world.enter(here.ada), bob: await world.enter(here.bob) };
    }

    async function say(client: Client, content: string): Promise<Message> {
      const nonce = client.write(content);
      return messageOf(await client.next('message.created', (event) => event['nonce'] === nonce));
    }

    test('a newcomer hears what was said, who is here, and what they may do', async () => {
      const talk = await conversation();
      await say(talk.ada, 'hello');
      const third = await world.enter(channelTicket(someone('cy'), talk.id));
      const ready = third.all('ready')[0];
      expect(ready).toMatchObject({
        seq: 1,
        complete: true,
        you: { permissions: EVERYTHING_USUAL },
      });
      expect(history(third)).toEqual(['hello']);
      expect(ready?.['members']).toHaveLength(3);
    });

    test('a message reaches everyone in one order, and its sender knows it by its nonce', async () => {
      const talk = await conversation();
      await Promise.all([say(talk.ada, 'one'), say(talk.bob, 'two'), say(talk.ada, 'three')]);
      await talk.ada.settled();
      await talk.bob.settled();
      const heard = talk.ada.all('message.created');
      expect(heard.map((event) => event['seq'])).toEqual([1, 2, 3]);
      expect(talk.bob.all('message.created')).toEqual(heard);
      const ids = heard.map((event) => BigInt(messageOf(event).id));
      expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
    });

    test('every event is one of the contract', async () => {
      const talk = await conversation();
      talk.bob.send({ type: 'typing.start' });
      await talk.ada.next('typing');
      const message = await say(talk.ada, 'hello');
      talk.ada.send({ type: 'message.edit', id: message.id, content: 'hullo' });
      await talk.ada.next('message.edited');
      talk.ada.send({ type: 'message.remove', id: message.id });
      await talk.ada.next('message.removed');
      talk.ada.send({ type: 'nothing' });
      await talk.ada.next('rejected');
      for (const event of [...(await talk.ada.settled()), ...(await talk.bob.settled())]) {
        expect(ChannelServerEvent.safeParse(event).error).toBeUndefined();
      }
    });

    test('the same nonce is one message, also after a restart', async () => {
      const talk = await conversation();
      talk.ada.send({ type: 'message.send', nonce: 'same', content: 'once' });
      const first = await talk.ada.next('message.created');
      talk.ada.send({ type: 'message.send', nonce: 'same', content: 'once' });
      expect(await talk.ada.next('message.created')).toEqual(first);
      await world.rooms.restart();
      const again = await world.enter(talk.here.ada);
      again.send({ type: 'message.send', nonce: 'same', content: 'once' });
      expect(await again.next('message.created')).toEqual(first);
      const late = await world.enter(talk.here.bob);
      expect(late.all('ready')[0]?.['history']).toHaveLength(1);
    });

    test("another user's nonce is another message", async () => {
      const talk = await conversation();
      for (const client of [talk.ada, talk.bob]) {
        client.send({ type: 'message.send', nonce: 'same', content: 'mine' });
      }
      await talk.ada.next('message.created', (event) => event['seq'] === 2);
    });

    test('a reconnect with since hears exactly what was missed', async () => {
      const talk = await conversation();
      await say(talk.ada, 'heard');
      await talk.bob.next('message.created');
      talk.bob.leave();
      await say(talk.ada, 'missed 1');
      await say(talk.ada, 'missed 2');
      const back = await world.enter(talk.here.bob, 1);
      expect(back.all('ready')).toEqual([]);
      expect(texts(back.all('message.created'))).toEqual(['missed 1', 'missed 2']);
      expect(back.all('resumed')[0]).toMatchObject({ from: 1, to: 3 });
    });

    test('a resume after a restart of the room has no gap and no double', async () => {
      const talk = await conversation();
      for (const content of ['1', '2', '3']) await say(talk.ada, content);
      await world.rooms.restart();
      const back = await world.enter(talk.here.bob, 1);
      expect(texts(back.all('message.created'))).toEqual(['2', '3']);
      expect((await say(back, '4')).id).not.toBe('');
      await back.settled();
      expect(back.all('message.created').map((event) => event['seq'])).toEqual([2, 3, 4]);
    });

    test.each(['99', '-1', 'x', '', '1e3', '9'.repeat(40)])(
      'since %j is no place in the log: a snapshot',
      async (since) => {
        const talk = await conversation();
        await say(talk.ada, 'hello');
        const back = await world.enter(talk.here.bob, since);
        expect(back.all('ready')[0]).toMatchObject({ seq: 1 });
      },
    );

    test('what is acknowledged survives the end of the process', async () => {
      const talk = await conversation();
      for (let at = 0; at < 5; at += 1) await say(talk.ada, `message ${at}`);
      await world.rooms.restart();
      const back = await world.enter(talk.here.ada);
      expect(history(back)).toEqual([0, 1, 2, 3, 4].map((at) => `message ${at}`));
    });

    test('ids go on growing after a restart', async () => {
      const talk = await conversation();
      const before = await say(talk.ada, 'before');
      await world.rooms.restart();
      const after = await say(await world.enter(talk.here.ada), 'after');
      expect(BigInt(after.id)).toBeGreaterThan(BigInt(before.id));
    });

    test('an author edits and removes; everyone hears it', async () => {
      const talk = await conversation();
      const { id } = await say(talk.ada, 'helo');
      talk.ada.send({ type: 'message.edit', nonce: 'e', id, content: ' hello ' });
      const edited = await talk.bob.next('message.edited');
      expect(edited).toMatchObject({ nonce: 'e', message: { id, content: 'hello' } });
      expect(messageOf(edited).editedAt).not.toBeNull();
      talk.ada.send({ type: 'message.remove', nonce: 'r', id });
      const removed = await talk.bob.next('message.removed');
      expect(removed).toMatchObject({ nonce: 'r', message: { id, content: '' } });
      expect(messageOf(removed).removedAt).not.toBeNull();
    });

    test('the words of a removed message are in no replay and no snapshot', async () => {
      const talk = await conversation();
      const { id } = await say(talk.ada, 'the first secret');
      talk.ada.send({ type: 'message.edit', id, content: 'the second secret' });
      await talk.ada.next('message.edited');
      await say(talk.ada, 'after');
      talk.ada.send({ type: 'message.remove', id });
      await talk.ada.next('message.removed');
      for (const round of ['before', 'after']) {
        const replayed = await world.enter(talk.here.bob, 0);
        expect(replayed.heard.map(({ type }) => type)).toEqual(
          ['created', 'edited', 'created', 'removed']
            .map((what) => `message.${what}`)
            .concat('resumed'),
        );
        expect(JSON.stringify(replayed.heard)).not.toContain('secret');
        const fresh = await world.enter(talk.here.bob);
        expect(JSON.stringify(fresh.heard)).not.toContain('secret');
        // The tombstone keeps its place.
        expect(history(fresh)).toEqual(['', 'after']);
        if (round === 'before') await world.rooms.restart();
      }
    });

    test("another's message is edited by nobody, removed only by who manages messages", async () => {
      const talk = await conversation();
      const { id } = await say(talk.ada, 'mine');
      talk.bob.send({ type: 'message.edit', nonce: 'e', id, content: 'yours' });
      expect(await talk.bob.next('rejected')).toMatchObject({
        nonce: 'e',
        code: 'missing_permission',
      });
      talk.bob.send({ type: 'message.remove', nonce: 'r', id });
      expect(await talk.bob.next('rejected')).toMatchObject({
        nonce: 'r',
        code: 'missing_permission',
      });
      const permissions = String(BigInt(EVERYTHING_USUAL) | Permission.MANAGE_MESSAGES);
      const moderator = await world.enter(channelTicket(someone('mo'), talk.id, { permissions }));
      moderator.send({ type: 'message.remove', id });
      await talk.ada.next('message.removed');
    });

    test('a message older than the room remembers is looked up in api', async () => {
      const talk = await conversation();
      const old: Message = {
        id: someId(),
        channelId: talk.id,
        author: ada,
        content: 'long ago',
        createdAt: new Date(0).toISOString(),
        editedAt: null,
        removedAt: null,
      };
      world.rooms.api.messages.set(old.id, old);
      talk.ada.send({ type: 'message.edit', id: old.id, content: 'not so long ago' });
      const edited = await talk.bob.next('message.edited');
      expect(messageOf(edited)).toMatchObject({ id: old.id, content: 'not so long ago' });
      talk.ada.send({ type: 'message.edit', nonce: 'none', id: someId(), content: 'x' });
      expect(await talk.ada.next('rejected')).toMatchObject({ nonce: 'none', code: 'not_found' });
    });

    test('who may not write is refused, with the nonce', async () => {
      const talk = await conversation();
      const permissions = String(Permission.VIEW_CHANNEL);
      const reader = await world.enter(channelTicket(someone('cy'), talk.id, { permissions }));
      const nonce = reader.write('hello');
      expect(await reader.next('rejected')).toMatchObject({ nonce, code: 'missing_permission' });
    });

    test.each([
      ['nothing but blanks', { content: '   ' }],
      ['more than 4000 characters', { content: 'x'.repeat(4001) }],
      ['no text at all', { content: 7 }],
      ['a nonce with blanks in it', { content: 'x', nonce: 'a b' }],
    ])('%s is refused as invalid', async (_, wrong) => {
      const talk = await conversation();
      talk.ada.send({ type: 'message.send', nonce: 'n', ...wrong });
      expect(await talk.ada.next('rejected')).toMatchObject({ code: 'invalid' });
      await talk.bob.settled();
      expect(talk.bob.all('message.created')).toEqual([]);
    });

    test('half a surrogate pair and NUL are stored as something that a database takes', async () => {
      const talk = await conversation();
      const { content } = await say(talk.ada, 'a\ud800b\u0000c');
      expect(content).toBe('a\ufffdb\ufffdc');
    });

    test('a frame that is no JSON object closes', async () => {
      for (const text of ['', 'x', '[]', '7', 'null', '{"type":']) {
        const { ada: client } = await conversation();
        client.sendText(text);
        expect(await client.end()).toBe('bad_frame');
      }
    });

    test('somebody typing is shown to the others, until they write', async () => {
      const talk = await conversation();
      talk.ada.send({ type: 'typing.start' });
      const typing = await talk.bob.next('typing');
      expect(typing).toMatchObject({ userId: ada.id, username: 'ada' });
      const third = await world.enter(channelTicket(someone('cy'), talk.id));
      expect(await third.next('typing')).toMatchObject({ userId: ada.id });
      await say(talk.ada, 'done');
      const ended = await talk.bob.next('typing');
      expect(Date.parse(String(ended['until']))).toBeLessThan(Date.parse(String(typing['until'])));
      await talk.ada.settled();
      expect(talk.ada.all('typing')).toHaveLength(1);
    });

    test("slow mode makes a member wait, but not who manages the channel's messages", async () => {
      const id = someId();
      const member = await world.enter(channelTicket(ada, id, { slowmode: 30 }));
      const permissions = String(BigInt(EVERYTHING_USUAL) | Permission.MANAGE_MESSAGES);
      const boss = await world.enter(channelTicket(bob, id, { slowmode: 30, permissions }));
      await say(member, 'first');
      const nonce = member.write('second');
      const rejected = await member.next('rejected');
      expect(rejected).toMatchObject({ nonce, code: 'slow_mode' });
      expect(rejected['retryAfter']).toBeGreaterThan(20);
      await say(boss, 'first');
      await say(boss, 'second');
    });

    test('slow mode survives a restart', async () => {
      const id = someId();
      await say(await world.enter(channelTicket(ada, id, { slowmode: 30 })), 'first');
      await world.rooms.restart();
      const back = await world.enter(channelTicket(ada, id, { slowmode: 30 }));
      back.write('second');
      expect(await back.next('rejected')).toMatchObject({ code: 'slow_mode' });
    });

    test('the accepted reaches api, in order and once, and goes on after an outage', async () => {
      const talk = await conversation();
      const { api } = world.rooms;
      api.down = true;
      const message = await say(talk.ada, 'one');
      await say(talk.ada, 'two');
      talk.ada.send({ type: 'message.edit', id: message.id, content: 'one!' });
      await talk.ada.next('message.edited');
      await world.rooms.restart();
      await say(await world.enter(talk.here.ada), 'three');
      api.down = false;
      const mine = () =>
        [...api.messages.values()].filter(({ channelId }) => channelId === talk.id);
      await expect.poll(mine, { timeout: 8_000 }).toHaveLength(3);
      expect(mine().map(({ content }) => content)).toEqual(['one!', 'two', 'three']);
    });

    test('a ticket for another room, of another kind, altered or expired is refused', async () => {
      const id = someId();
      const here = channelTicket(ada, id);
      const good = await world.ticket(here);
      const [head, body, signature = ''] = good.split('.');
      const forged = createTicketKeys('some other secret').issue(here, 60);
      const expired = createTicketKeys('the secret of the tests', () => Date.now() - 120_000);
      for (const ticket of [
        await world.ticket(channelTicket(ada, someId())),
        await world.ticket({ kind: 'user', user: ada, sessionId: ada.id }),
        `${head}.${body}.${signature.slice(0, -4)}AAAA`,
        (await forged).ticket,
        (await expired.issue(here, 60)).ticket,
        `${head}.${body}.`,
        '',
        'x'.repeat(3000),
      ]) {
        const client = await world.knock(here, ticket);
        expect([ticket, client.closedBy]).toEqual([ticket, 'bad_ticket']);
      }
      expect((await world.knock(here, good)).closedBy).toBeUndefined();
    });

    test('without VIEW_CHANNEL nobody comes in', async () => {
      const here = channelTicket(ada, someId(), { permissions: '32' });
      expect((await world.knock(here, await world.ticket(here))).closedBy).toBe('access_lost');
    });

    test('the ticket in ready brings a client back without api', async () => {
      const talk = await conversation();
      const ticket = String(talk.ada.all('ready')[0]?.['ticket']);
      talk.ada.leave();
      const back = await world.knock(talk.here.ada, ticket, 0);
      expect(back.all('resumed')).toHaveLength(1);
      const next = String(back.all('resumed')[0]?.['ticket']);
      expect((await world.knock(talk.here.ada, next, 0)).all('resumed')).toHaveLength(1);
    });

    test('a revoke closes sockets now and voids the tickets, also after a restart', async () => {
      const talk = await conversation();
      const ticket = String(talk.bob.all('ready')[0]?.['ticket']);
      const answers = await world.rooms.publisher.publish('main', talk.id, [
        { type: 'revoke', userId: bob.id, reason: 'access_lost' },
      ]);
      expect(answers).toEqual([{ ok: true }]);
      expect(await talk.bob.end()).toBe('access_lost');
      expect((await world.knock(talk.here.bob, ticket)).closedBy).toBe('bad_ticket');
      await talk.ada.settled();
      await world.rooms.restart();
      expect((await world.knock(talk.here.bob, ticket)).closedBy).toBe('bad_ticket');
    });

    test('a revoke of one session leaves the others', async () => {
      const id = someId();
      const laptop = channelTicket(ada, id, { sessionId: someId() });
      const phone = channelTicket(ada, id, { sessionId: someId() });
      const onLaptop = await world.enter(laptop);
      const onPhone = await world.enter(phone);
      await world.rooms.publisher.publish('main', id, [
        { type: 'revoke', userId: ada.id, sessionId: laptop.sessionId, reason: 'session_revoked' },
      ]);
      expect(await onLaptop.end()).toBe('session_revoked');
      await onPhone.settled();
    });

    test('a change of permissions holds at once, and against older tickets', async () => {
      const talk = await conversation();
      const ticket = String(talk.bob.all('ready')[0]?.['ticket']);
      const permissions = String(Permission.VIEW_CHANNEL);
      await world.rooms.publisher.publish('main', talk.id, [
        { type: 'permissions.changed', userId: bob.id, permissions },
      ]);
      expect(await talk.bob.next('permissions.changed')).toMatchObject({ permissions });
      talk.bob.write('hello?');
      expect(await talk.bob.next('rejected')).toMatchObject({ code: 'missing_permission' });
      const back = await world.knock(talk.here.bob, ticket);
      expect(back.all('ready')[0]).toMatchObject({ you: { permissions } });
      await world.rooms.publisher.publish('main', talk.id, [
        { type: 'permissions.changed', userId: bob.id, permissions: '0' },
      ]);
      expect(await back.end()).toBe('access_lost');
      expect((await world.knock(talk.here.bob, ticket)).closedBy).toBe('access_lost');
    });

    test('a change of slow mode is told to everyone', async () => {
      const talk = await conversation();
      await world.rooms.publisher.publish('main', talk.id, [
        { type: 'channel.updated', slowmode: 9 },
      ]);
      expect(await talk.bob.next('permissions.changed')).toMatchObject({ slowmode: 9 });
    });

    test('a message by REST passes the same gate, once a nonce', async () => {
      const talk = await conversation();
      const accept = {
        type: 'accept',
        author: bob,
        sessionId: bob.id,
        permissions: EVERYTHING_USUAL,
        event: { type: 'message.send', nonce: 'rest', content: 'from a bot' },
      } as const;
      const [first] = await world.rooms.publisher.publish('main', talk.id, [accept]);
      expect(await talk.ada.next('message.created')).toMatchObject({ message: { author: bob } });
      const [second] = await world.rooms.publisher.publish('main', talk.id, [accept]);
      expect(first).toMatchObject({ ok: true, message: { content: 'from a bot' } });
      expect(second).toEqual(first);
      const refused = await world.rooms.publisher.publish('main', talk.id, [
        { ...accept, permissions: '64', event: { type: 'message.send', content: 'no' } },
      ]);
      expect(refused).toMatchObject([{ ok: false, code: 'missing_permission' }]);
    });

    test('a deleted channel closes, stays closed, and keeps no words', async () => {
      const talk = await conversation();
      await say(talk.ada, 'farewell');
      await world.rooms.publisher.publish('main', talk.id, [{ type: 'room.removed' }]);
      expect(await talk.ada.end()).toBe('room_removed');
      const again = await world.knock(talk.here.ada, await world.ticket(talk.here.ada));
      expect(again.closedBy).toBe('room_removed');
    });

    test('a user holds no more than 20 sockets in a room', async () => {
      const here = channelTicket(ada, someId());
      const clients = [];
      for (let at = 0; at < 20; at += 1) clients.push(await world.enter(here));
      const one = await world.knock(here, await world.ticket(here));
      expect(one.closedBy).toBe('too_many_connections');
      for (const client of clients) client.leave();
    });
  });
}
