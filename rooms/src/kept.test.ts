import { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { RESUME_TICKET_TTL_S } from '@harmonium/api/ticket';
import { expect, test } from 'vitest';
import { REPLAY_LENGTH } from '../contract/limits.ts';
import { KEPT_EVENTS } from './event-log.ts';
import { NONCE_SWEEP_MS, NONCE_TTL_MS } from './nonces.ts';
import { KEPT_ANYWAY } from './outlived.ts';
import { history } from './testing/conversations.ts';
import { settle } from './testing/fake-host.ts';
import { channelTicket, someId, someone, userTicket } from './testing/people.ts';
import { stillRooms } from './testing/still-rooms.ts';

/* What is kept, for how long, and what a crash takes. */

const still = stillRooms();
const ada = someone('ada');
const bob = someone('bob');

test('who is too far behind gets a snapshot; storage does not grow for ever', async () => {
  const id = someId();
  const here = channelTicket(ada, id);
  await still.world.enter(here);
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
      await still.rooms.publisher.publish('main', id, events);
      await still.rooms.host.advance(1_000);
    }
  };
  await publish(REPLAY_LENGTH * 2 + 200);
  const near = await still.world.knock(here, await still.world.ticket(here), REPLAY_LENGTH + 300);
  expect(near.all('resumed')).toHaveLength(1);
  expect(near.all('message.created').at(0)).toMatchObject({ seq: REPLAY_LENGTH + 301 });
  const far = await still.world.knock(here, await still.world.ticket(here), 10);
  expect(far.all('ready')[0]).toMatchObject({ seq: REPLAY_LENGTH * 2 + 200, complete: false });
  expect(far.all('ready')[0]?.['history']).toHaveLength(50);

  await publish(KEPT_EVENTS);
  const rowsOf = (prefix: string) => still.rooms.host.storage('main', id).list({ prefix });
  expect((await rowsOf('event/')).length).toBeLessThan(KEPT_EVENTS + 700);
  await still.rooms.restart();
  const back = await still.world.knock(
    here,
    await still.world.ticket(here),
    REPLAY_LENGTH * 2 + 200 + KEPT_EVENTS - 5,
  );
  expect(back.all('message.created')).toHaveLength(5);
  await still.rooms.host.advance(NONCE_TTL_MS + NONCE_SWEEP_MS);
  expect(await rowsOf('nonce')).toEqual([]);
}, 30_000);

test('after a crash api is given again what it has, and nothing is there twice', async () => {
  const id = someId();
  const here = channelTicket(ada, id);
  const client = await still.world.enter(here);
  client.write('one');
  const one = (await client.next('message.created'))['message'] as Message;
  await still.rooms.host.advance(60);
  client.send({ type: 'message.edit', id: one.id, content: 'edited' });
  await client.next('message.edited');
  await still.rooms.host.advance(60);
  client.send({ type: 'message.edit', id: one.id, content: 'edited again' });
  await client.next('message.edited');
  await still.rooms.host.advance(60);
  const given = still.rooms.api.stored.length;
  expect(given).toBe(3);
  await still.rooms.restart();
  await still.rooms.host.advance(2_000);
  // All but what the last words took along into their commit.
  expect(still.rooms.api.stored.slice(given)).toEqual(
    still.rooms.api.stored.slice(given - 1, given),
  );
  expect([...still.rooms.api.messages.values()]).toMatchObject([{ content: 'edited again' }]);
  expect(history(await still.world.enter(here))).toEqual(['edited again']);
  await still.rooms.restart();
  await still.rooms.host.advance(2_000);
  expect(still.rooms.api.stored).toHaveLength(given + 1);
});

test('the same nonce is one message, however much others say meanwhile', async () => {
  const id = someId();
  const here = channelTicket(ada, id);
  const first = await still.world.enter(here);
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
    await still.rooms.publisher.publish('main', id, events);
    await still.rooms.host.advance(1_000);
  }
  await still.rooms.restart();
  const again = await still.world.enter(here);
  again.send({ type: 'message.send', nonce: 'once', content: 'before the crowd came' });
  const answer = await again.next('message.created');
  expect(answer).toMatchObject({ nonce: 'once', message: { id: (message as Message).id } });
  const stored = still.rooms.api.stored.filter(
    (entry) => entry.op === 'create' && entry.message.content === 'before the crowd came',
  );
  expect(stored).toHaveLength(1);
}, 30_000);

test('what is held against old tickets is forgotten when no such ticket can live, but for the last', async () => {
  const id = someId();
  for (let at = 0; at < KEPT_ANYWAY + 50; at += 1) {
    const userId = someone('crowd').id;
    await still.rooms.publisher.publish('main', id, [
      { type: 'revoke', userId, reason: 'access_lost' },
      { type: 'permissions.changed', userId, permissions: '64' },
    ]);
  }
  const kept = async (prefix: string) =>
    (await still.rooms.host.storage('main', id).list({ prefix })).length;
  for (const prefix of ['revoked/', 'standing/']) {
    expect(await kept(prefix)).toBe(KEPT_ANYWAY + 50);
  }
  await still.rooms.host.advance((RESUME_TICKET_TTL_S + 120) * 1000);
  await still.rooms.restart();
  await still.world.enter(channelTicket(ada, id));
  await settle();
  for (const prefix of ['revoked/', 'standing/']) expect(await kept(prefix)).toBe(KEPT_ANYWAY);
});

test('storage that takes nothing: the message is not acknowledged, and works when mended', async () => {
  const here = channelTicket(ada, someId());
  const client = await still.world.enter(here);
  const storage = still.rooms.host.storage('main', here.channelId);
  storage.broken = true;
  client.write('lost?');
  await settle();
  expect(client.all('message.created')).toEqual([]);
  expect(client.closedBy).toBe('unavailable');
  storage.broken = false;
  const back = await still.world.enter(here);
  expect(back.all('ready')[0]).toMatchObject({ seq: 0, history: [] });
  back.write('here');
  await settle();
  expect(back.all('message.created')).toHaveLength(1);
});

test('a hundred channels read in five seconds are one write, and none is lost in a crash', async () => {
  const user = someone('reader');
  const client = await still.world.enter(userTicket(user));
  const channels = Array.from({ length: 20 }, () => someId());
  const { marksStored } = still.rooms.api;
  let last = someId();
  for (let at = 0; at < 100; at += 1) {
    last = someId();
    const channelId = channels[at % channels.length];
    client.send({ type: 'read.mark', channelId, messageId: last });
    if (at % 20 === 19) await still.rooms.host.advance(900);
  }
  await settle();
  expect(marksStored).toEqual([]);
  await still.rooms.restart();
  await still.world.enter(userTicket(user));
  await still.rooms.host.advance(5_000);
  await settle();
  expect(marksStored).toHaveLength(1);
  expect(marksStored[0]).toHaveLength(20);
  expect(marksStored[0]).toContainEqual({ channelId: channels.at(-1), messageId: last });
  await still.rooms.host.advance(60_000);
  expect(marksStored).toHaveLength(1);
});
