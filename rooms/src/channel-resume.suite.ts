import type { Message } from '@harmonium/api/message';
import { expect, test } from 'vitest';
import { history, say, texts, type Conversations } from './testing/conversations.ts';
import { someId } from './testing/people.ts';

/** Nothing is lost, nothing is there twice, and whoever comes back has missed nothing. */
export function channelResume(talks: Conversations): void {
  const { ada } = talks;

  test('the same nonce is one message, also after a restart', async () => {
    const talk = await talks.begin();
    talk.ada.send({ type: 'message.send', nonce: 'same', content: 'once' });
    const first = await talk.ada.next('message.created');
    talk.ada.send({ type: 'message.send', nonce: 'same', content: 'once' });
    expect(await talk.ada.next('message.created')).toEqual(first);
    await talks.world.rooms.restart();
    const again = await talks.world.enter(talk.here.ada);
    again.send({ type: 'message.send', nonce: 'same', content: 'once' });
    expect(await again.next('message.created')).toEqual(first);
    const late = await talks.world.enter(talk.here.bob);
    expect(late.all('ready')[0]?.['history']).toHaveLength(1);
  });

  test('a change asked for twice at once is made once, also where its message is looked up', async () => {
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
    const edit = { type: 'message.edit', nonce: 'twice', id: old.id, content: 'now' };
    talk.ada.send(edit);
    talk.ada.send(edit);
    const first = await talk.ada.next('message.edited');
    expect(await talk.ada.next('message.edited')).toEqual(first);
    await talk.bob.settled();
    expect(talk.bob.all('message.edited')).toEqual([first]);
  });

  test("another user's nonce is another message", async () => {
    const talk = await talks.begin();
    for (const client of [talk.ada, talk.bob]) {
      client.send({ type: 'message.send', nonce: 'same', content: 'mine' });
    }
    await talk.ada.next('message.created', (event) => event['seq'] === 2);
  });

  test('a reconnect with since hears exactly what was missed', async () => {
    const talk = await talks.begin();
    await say(talk.ada, 'heard');
    await talk.bob.next('message.created');
    talk.bob.leave();
    await say(talk.ada, 'missed 1');
    await say(talk.ada, 'missed 2');
    const back = await talks.world.enter(talk.here.bob, 1);
    expect(back.all('ready')).toEqual([]);
    expect(texts(back.all('message.created'))).toEqual(['missed 1', 'missed 2']);
    expect(back.all('resumed')[0]).toMatchObject({ from: 1, to: 3 });
  });

  test('a resume after a restart of the room has no gap and no double', async () => {
    const talk = await talks.begin();
    for (const content of ['1', '2', '3']) await say(talk.ada, content);
    await talks.world.rooms.restart();
    const back = await talks.world.enter(talk.here.bob, 1);
    expect(texts(back.all('message.created'))).toEqual(['2', '3']);
    expect((await say(back, '4')).id).not.toBe('');
    await back.settled();
    expect(back.all('message.created').map((event) => event['seq'])).toEqual([2, 3, 4]);
  });

  test.each(['99', '-1', 'x', '', '1e3', '9'.repeat(40)])(
    'since %j is no place in the log: a snapshot',
    async (since) => {
      const talk = await talks.begin();
      await say(talk.ada, 'hello');
      const back = await talks.world.enter(talk.here.bob, since);
      expect(back.all('ready')[0]).toMatchObject({ seq: 1 });
    },
  );

  test('what is acknowledged survives the end of the process', async () => {
    const talk = await talks.begin();
    for (let at = 0; at < 5; at += 1) await say(talk.ada, `message ${at}`);
    await talks.world.rooms.restart();
    const back = await talks.world.enter(talk.here.ada);
    expect(history(back)).toEqual([0, 1, 2, 3, 4].map((at) => `message ${at}`));
  });

  test('ids go on growing after a restart', async () => {
    const talk = await talks.begin();
    const before = await say(talk.ada, 'before');
    await talks.world.rooms.restart();
    const after = await say(await talks.world.enter(talk.here.ada), 'after');
    expect(BigInt(after.id)).toBeGreaterThan(BigInt(before.id));
  });

  test('the accepted reaches api, in order and once, and goes on after an outage', async () => {
    const talk = await talks.begin();
    const { api } = talks.world.rooms;
    api.down = true;
    const message = await say(talk.ada, 'one');
    await say(talk.ada, 'two');
    talk.ada.send({ type: 'message.edit', id: message.id, content: 'one!' });
    await talk.ada.next('message.edited');
    await talks.world.rooms.restart();
    await say(await talks.world.enter(talk.here.ada), 'three');
    api.down = false;
    const mine = () => [...api.messages.values()].filter(({ channelId }) => channelId === talk.id);
    await expect.poll(mine, { timeout: 8_000 }).toHaveLength(3);
    expect(mine().map(({ content }) => content)).toEqual(['one!', 'two', 'three']);
  });
}
