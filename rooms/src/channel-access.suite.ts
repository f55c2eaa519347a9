import type { Snowflake } from '@harmonium/api/ids';
import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import type { ChannelPublish } from '../contract/publish.ts';
import type { Client } from './testing/client.ts';
import { say, texts, type Conversations } from './testing/conversations.ts';
import { channelTicket, EVERYTHING_USUAL, someId, someone } from './testing/people.ts';

const ONLY_VIEW = String(Permission.VIEW_CHANNEL);

/** What somebody may do changes while they are there. */
export function channelAccess(talks: Conversations): void {
  const { ada, bob } = talks;

  function tell(id: Snowflake, ...events: ChannelPublish[]) {
    return talks.world.rooms.publisher.publish('main', id, events);
  }

  /** What api says from now on when it is asked. */
  function allow(id: Snowflake, user: { id: string }, permissions: string | null): void {
    talks.world.rooms.api.allow(id, user.id, { permissions });
  }

  /** Lets api think about permissions until it is told to answer. */
  function pause(): () => void {
    const { api } = talks.world.rooms;
    const { promise, resolve } = Promise.withResolvers<void>();
    api.thinking = promise;
    return () => {
      api.thinking = undefined;
      resolve();
    };
  }

  async function begin() {
    const talk = await talks.begin();
    allow(talk.id, ada, EVERYTHING_USUAL);
    allow(talk.id, bob, EVERYTHING_USUAL);
    return talk;
  }

  function heard(client: Client): string[] {
    return texts(client.all('message.created'));
  }

  test('who may not view the channel any more hears nothing that is said after', async () => {
    const talk = await begin();
    await say(talk.ada, 'before');
    await talk.bob.next('message.created');
    allow(talk.id, bob, null);
    const answer = pause();
    await tell(talk.id, { type: 'access.changed' });
    const said = Array.from({ length: 5 }, (_, at) => talk.ada.write(`after ${at}`));
    answer();
    expect(await talk.bob.end()).toBe('access_lost');
    for (const nonce of said) {
      await talk.ada.next('message.created', (event) => event['nonce'] === nonce);
    }
    expect(heard(talk.bob)).toEqual(['before']);
    const ticket = String(talk.bob.all('ready')[0]?.['ticket']);
    const back = await talks.world.knock(talk.here.bob, ticket);
    expect(back.closedBy).toBe('access_lost');
    expect(back.heard).toEqual([]);
  });

  test('others go on in order while api thinks, and nobody misses anything after', async () => {
    const talk = await begin();
    const answer = pause();
    await tell(talk.id, { type: 'access.changed', userIds: [bob.id] });
    const waiting = talk.bob.write('from bob');
    for (const content of ['one', 'two', 'three']) await say(talk.ada, content);
    expect(heard(talk.bob)).toEqual([]);
    answer();
    await talk.ada.next('message.created', (event) => event['nonce'] === waiting);
    await talk.bob.next('message.created', (event) => event['nonce'] === waiting);
    const all = ['one', 'two', 'three', 'from bob'];
    expect(heard(talk.ada)).toEqual(all);
    expect(heard(talk.bob)).toEqual(all);
    expect(talk.bob.all('permissions.changed')).toEqual([]);
  });

  test('what was said while api thought is judged by what holds then', async () => {
    const talk = await begin();
    allow(talk.id, bob, ONLY_VIEW);
    const answer = pause();
    await tell(talk.id, { type: 'access.changed', userIds: [bob.id] });
    talk.bob.write('still?');
    answer();
    const changed = await talk.bob.next('permissions.changed');
    expect(changed).toMatchObject({ permissions: ONLY_VIEW });
    expect(await talk.bob.next('rejected')).toMatchObject({ code: 'missing_permission' });
    expect(talk.ada.all('permissions.changed')).toEqual([]);
    allow(talk.id, bob, EVERYTHING_USUAL);
    await tell(talk.id, { type: 'access.changed', userIds: [bob.id] });
    await talk.bob.next('permissions.changed');
    await say(talk.bob, 'again');
  });

  test('of two changes in a row the second counts', async () => {
    const talk = await begin();
    const answer = pause();
    await tell(talk.id, { type: 'access.changed' });
    await tell(talk.id, { type: 'access.changed' });
    allow(talk.id, bob, ONLY_VIEW);
    answer();
    expect(await talk.bob.next('permissions.changed')).toMatchObject({ permissions: ONLY_VIEW });
    await say(talk.ada, 'still here');
  });

  test('older tickets are asked about, many of them at once, also after a restart', async () => {
    const id = someId();
    const people = Array.from({ length: 40 }, (_, at) => someone(`reader${at}`));
    const tickets = await Promise.all(
      people.map(async (user) => {
        const here = channelTicket(user, id);
        allow(id, user, ONLY_VIEW);
        return { here, ticket: await talks.world.ticket(here) };
      }),
    );
    await tell(id, { type: 'access.changed' });
    await talks.world.rooms.restart();
    const { api } = talks.world.rooms;
    api.asked.length = 0;
    const answer = pause();
    const knocking = Promise.all(
      tickets.map(({ here, ticket }) => talks.world.knock(here, ticket)),
    );
    // Who knocks after them and is refused was looked at after them.
    const stranger = channelTicket(someone('stranger'), id);
    const elsewhere = await talks.world.ticket({ ...stranger, channelId: someId() });
    for (let at = 0; at < 5; at += 1) {
      expect((await talks.world.knock(stranger, elsewhere)).closedBy).toBe('bad_ticket');
    }
    answer();
    const clients = await knocking;
    for (const client of clients) {
      expect(client.all('ready')[0]).toMatchObject({ you: { permissions: ONLY_VIEW } });
    }
    expect(api.asked.length).toBeLessThan(5);
    // Once it is known, their tickets are good without api.
    api.down = true;
    for (const client of clients) client.leave();
    const [first] = tickets;
    if (first === undefined) throw new Error('There are forty.');
    const again = await talks.world.knock(first.here, first.ticket);
    api.down = false;
    expect(again.all('ready')[0]).toMatchObject({ you: { permissions: ONLY_VIEW } });
    again.leave();
  });

  test('while api is away an older ticket is sent off to come again, never believed', async () => {
    const talk = await begin();
    const ticket = await talks.world.ticket(talk.here.bob);
    talk.bob.leave();
    talks.world.rooms.api.down = true;
    await tell(talk.id, { type: 'access.changed', userIds: [bob.id] });
    expect((await talks.world.knock(talk.here.bob, ticket)).closedBy).toBe('unavailable');
    await say(talk.ada, 'alone');
    talks.world.rooms.api.down = false;
    await expect
      .poll(async () => (await talks.world.knock(talk.here.bob, ticket)).closedBy)
      .toBeUndefined();
  });

  test('a message by REST is judged by what holds now, too', async () => {
    const talk = await begin();
    allow(talk.id, bob, ONLY_VIEW);
    await tell(talk.id, { type: 'access.changed', userIds: [bob.id] });
    const [answer] = await tell(talk.id, {
      type: 'accept',
      author: bob,
      sessionId: bob.id,
      permissions: EVERYTHING_USUAL,
      event: { type: 'message.send', content: 'late' },
    });
    expect(answer).toMatchObject({ ok: false, code: 'missing_permission' });
  });

  test('an edit that takes a while is judged by what holds when it is made', async () => {
    const talk = await begin();
    const { api } = talks.world.rooms;
    const old = { ...(await say(talk.bob, 'old')), id: someId() };
    api.messages.set(old.id, old);
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = api.message.bind(api);
    api.message = async (...which) => {
      await promise;
      return look(...which);
    };
    talk.bob.send({ type: 'message.edit', nonce: 'slow', id: old.id, content: 'changed' });
    await talk.bob.settled();
    allow(talk.id, bob, ONLY_VIEW);
    await tell(talk.id, { type: 'access.changed', userIds: [bob.id] });
    await talk.bob.next('permissions.changed');
    resolve();
    api.message = look;
    const refused = await talk.bob.next('rejected', ({ nonce }) => nonce === 'slow');
    expect(refused).toMatchObject({ code: 'missing_permission' });
  });

  test('a timeout that ends gives back what it took', async () => {
    const id = someId();
    const recheckAt = new Date(Date.now() + 700).toISOString();
    const here = channelTicket(bob, id, { permissions: ONLY_VIEW, recheckAt });
    allow(id, bob, EVERYTHING_USUAL);
    const client = await talks.world.enter(here);
    client.write('too early');
    expect(await client.next('rejected')).toMatchObject({ code: 'missing_permission' });
    const changed = await client.next('permissions.changed');
    expect(changed).toMatchObject({ permissions: String(DEFAULT_EVERYONE) });
    await say(client, 'back');
  });

  test('a deleted channel is closed to whoever is asked about', async () => {
    const talk = await begin();
    talks.world.rooms.api.channelsGone.add(talk.id);
    await tell(talk.id, { type: 'access.changed', userIds: [bob.id] });
    expect(await talk.bob.end()).toBe('access_lost');
    await talk.ada.settled();
  });
}
