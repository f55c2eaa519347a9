import type { Message } from '@harmonium/api/message';
import { Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { ChannelServerEvent } from '../contract/server-event.ts';
import { history, messageOf, say, type Conversations } from './testing/conversations.ts';
import { channelTicket, EVERYTHING_USUAL, someId, someone } from './testing/people.ts';

/** What is said in a channel, and by whom. */
export function channelMessages(talks: Conversations): void {
  const { ada, bob } = talks;

  test('a newcomer hears what was said, who is here, and what they may do', async () => {
    const talk = await talks.begin();
    await say(talk.ada, 'hello');
    const third = await talks.world.enter(channelTicket(someone('cy'), talk.id));
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
    const talk = await talks.begin();
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
    const talk = await talks.begin();
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

  test('an author edits and removes; everyone hears it', async () => {
    const talk = await talks.begin();
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
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'the first secret');
    talk.ada.send({ type: 'message.edit', id, content: 'the second secret' });
    await talk.ada.next('message.edited');
    await say(talk.ada, 'after');
    talk.ada.send({ type: 'message.remove', id });
    await talk.ada.next('message.removed');
    for (const round of ['before', 'after']) {
      const replayed = await talks.world.enter(talk.here.bob, 0);
      expect(replayed.heard.map(({ type }) => type)).toEqual(
        ['created', 'edited', 'created', 'removed']
          .map((what) => `message.${what}`)
          .concat('resumed'),
      );
      expect(JSON.stringify(replayed.heard)).not.toContain('secret');
      const fresh = await talks.world.enter(talk.here.bob);
      expect(JSON.stringify(fresh.heard)).not.toContain('secret');
      // The tombstone keeps its place.
      expect(history(fresh)).toEqual(['', 'after']);
      if (round === 'before') await talks.world.rooms.restart();
    }
  });

  test("another's message is edited by nobody, removed only by who manages messages", async () => {
    const talk = await talks.begin();
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
    const moderator = await talks.world.enter(
      channelTicket(someone('mo'), talk.id, { permissions }),
    );
    moderator.send({ type: 'message.remove', id });
    await talk.ada.next('message.removed');
  });

  test('a message older than the room remembers is looked up in api', async () => {
    const talk = await talks.begin();
    const old: Message = {
      id: someId(),
      channelId: talk.id,
      author: ada,
      content: 'long ago',
      createdAt: new Date(0).toISOString(),
      editedAt: null,
      removedAt: null,
    };
    talks.world.rooms.api.messages.set(old.id, old);
    talk.ada.send({ type: 'message.edit', id: old.id, content: 'not so long ago' });
    const edited = await talk.bob.next('message.edited');
    expect(messageOf(edited)).toMatchObject({ id: old.id, content: 'not so long ago' });
    talk.ada.send({ type: 'message.edit', nonce: 'none', id: someId(), content: 'x' });
    expect(await talk.ada.next('rejected')).toMatchObject({ nonce: 'none', code: 'not_found' });
  });

  test('who may not write is refused, with the nonce', async () => {
    const talk = await talks.begin();
    const permissions = String(Permission.VIEW_CHANNEL);
    const reader = await talks.world.enter(channelTicket(someone('cy'), talk.id, { permissions }));
    const nonce = reader.write('hello');
    expect(await reader.next('rejected')).toMatchObject({ nonce, code: 'missing_permission' });
  });

  test.each([
    ['nothing but blanks', { content: '   ' }],
    ['more than 4000 characters', { content: 'x'.repeat(4001) }],
    ['no text at all', { content: 7 }],
    ['a nonce with blanks in it', { content: 'x', nonce: 'a b' }],
  ])('%s is refused as invalid', async (_, wrong) => {
    const talk = await talks.begin();
    talk.ada.send({ type: 'message.send', nonce: 'n', ...wrong });
    expect(await talk.ada.next('rejected')).toMatchObject({ code: 'invalid' });
    await talk.bob.settled();
    expect(talk.bob.all('message.created')).toEqual([]);
  });

  test('half a surrogate pair and NUL are stored as something that a database takes', async () => {
    const talk = await talks.begin();
    const { content } = await say(talk.ada, 'a\ud800b\u0000c');
    expect(content).toBe('a\ufffdb\ufffdc');
  });

  test('a frame that is no JSON object closes', async () => {
    for (const text of ['', 'x', '[]', '7', 'null', '{"type":']) {
      const { ada: client } = await talks.begin();
      client.sendText(text);
      expect(await client.end()).toBe('bad_frame');
    }
  });

  test('a message by REST passes the same gate, once a nonce', async () => {
    const talk = await talks.begin();
    const accept = {
      type: 'accept',
      author: bob,
      sessionId: bob.id,
      permissions: EVERYTHING_USUAL,
      event: { type: 'message.send', nonce: 'rest', content: 'from a bot' },
    } as const;
    const [first] = await talks.world.rooms.publisher.publish('main', talk.id, [accept]);
    expect(await talk.ada.next('message.created')).toMatchObject({ message: { author: bob } });
    const [second] = await talks.world.rooms.publisher.publish('main', talk.id, [accept]);
    expect(first).toMatchObject({ ok: true, message: { content: 'from a bot' } });
    expect(second).toEqual(first);
    const refused = await talks.world.rooms.publisher.publish('main', talk.id, [
      { ...accept, permissions: '64', event: { type: 'message.send', content: 'no' } },
    ]);
    expect(refused).toMatchObject([{ ok: false, code: 'missing_permission' }]);
  });
}
