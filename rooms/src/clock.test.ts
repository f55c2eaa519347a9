import { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import type { Message } from '@harmonium/api/message';
import { RESUME_TICKET_TTL_S } from '@harmonium/api/ticket';
import type { User } from '@harmonium/api/user';
import { expect, test } from 'vitest';
import { history } from './testing/conversations.ts';
import { settle } from './testing/fake-host.ts';
import {
  channelTicket,
  serverTicket,
  someId,
  someone,
  structureOf,
  textChannel,
} from './testing/people.ts';
import { stillRooms } from './testing/still-rooms.ts';

/* When the clock is set, back or ahead. */

const still = stillRooms();
const ada = someone('ada');
const bob = someone('bob');

test('ids and order hold when the clock jumps back, also over a restart', async () => {
  const here = channelTicket(ada, someId());
  let client = await still.world.enter(here);
  const heard: Message[] = [];
  for (const jump of [0, -3_600_000, 0, 1_000, -5_000]) {
    still.rooms.host.now += jump;
    if (jump === -5_000) await still.rooms.restart();
    client = await still.world.knock(here, (await still.rooms.tickets.issue(here, 60)).ticket, 0);
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
  const client = await still.world.enter(here);
  client.write('one');
  const { id } = (await client.next('message.created'))['message'] as Message;
  for (const content of ['two', 'three']) {
    client.send({ type: 'message.edit', id, content });
    await client.next('message.edited');
    still.rooms.host.now -= 3_600_000;
  }
  const edited = client.all('message.edited').map((event) => event['message'] as Message);
  const times = edited.map(({ editedAt }) => Date.parse(editedAt ?? ''));
  expect(times[1]).toBeGreaterThan(times[0] ?? Infinity);
});

test('what waits for api does not wait until a clock that was set back is there again', async () => {
  const here = channelTicket(ada, someId());
  const client = await still.world.enter(here);
  client.write('said before');
  await settle();
  await still.rooms.host.jump(-3 * 3_600_000);
  await still.rooms.host.advance(1_000);
  expect(still.rooms.api.stored).toHaveLength(1);
  // The same while api is away, and somebody new makes the room wait for something else meanwhile.
  still.rooms.api.down = true;
  client.write('said in an outage');
  await still.rooms.host.advance(20_000);
  await still.rooms.host.jump(-3 * 3_600_000);
  await still.world.enter(channelTicket(bob, here.channelId));
  still.rooms.api.down = false;
  await still.rooms.host.advance(120_000);
  expect(still.rooms.api.stored).toHaveLength(2);
});

test('what was taken from somebody does not come back with a clock that jumped and was set right', async () => {
  const structure = structureOf(ada, (serverId) => [textChannel(serverId, 'general')]);
  const { id } = structure.server;
  const channelId = structure.channels[0]?.id ?? id;
  still.rooms.api.structures.set(id, structure);
  const channel = (user: User) => channelTicket(user, channelId, { serverId: id });
  const [cy, dan] = [someone('cy'), someone('dan')];
  const everyone = String(DEFAULT_EVERYONE);
  for (const user of [bob, dan])
    still.rooms.api.allow(channelId, user.id, { permissions: everyone });
  const held = new Map<string, string>();
  for (const user of [bob, cy, dan]) {
    const here = await still.world.enter(channel(user));
    held.set(user.id, String(here.all('ready')[0]?.['ticket']));
  }
  const staff = someId();
  const server = await still.world.enter(serverTicket(bob, id, [staff]));
  const inServer = String(server.all('ready')[0]?.['ticket']);
  const take = async (user: User) => {
    const reason = 'access_lost' as const;
    await still.rooms.publisher.publish('main', channelId, [
      { type: 'revoke', userId: user.id, reason },
    ]);
  };
  const stand = async (user: User, permissions: string) => {
    const told = { type: 'permissions.changed' as const, userId: user.id, permissions };
    await still.rooms.publisher.publish('main', channelId, [told]);
    const standing = { serverId: id, nickname: null, roles: [], timeoutUntil: null };
    const member: Member = { ...standing, user, joinedAt: new Date(0).toISOString() };
    const change = { type: 'member.updated' as const, member };
    await still.rooms.publisher.publish('server', id, [{ type: 'member', change }]);
  };
  const silent = String(Permission.VIEW_CHANNEL);
  await take(cy);
  await stand(bob, silent);
  const ahead = (RESUME_TICKET_TTL_S + 120) * 1000;
  await still.rooms.host.jump(ahead);
  await take(someone('else'));
  await stand(someone('else'), silent);
  await still.rooms.restart();
  await still.rooms.host.jump(-ahead);
  expect((await still.world.knock(channel(cy), held.get(cy.id) ?? '')).closedBy).toBe('bad_ticket');
  const back = await still.world.knock(channel(bob), held.get(bob.id) ?? '');
  expect(back.all('ready')[0]).toMatchObject({ you: { permissions: silent } });
  const standing = await still.world.knock(serverTicket(bob, id), inServer);
  expect(standing.all('ready')[0]).toMatchObject({ you: { roles: [] } });
  const other = await still.world.knock(channel(dan), held.get(dan.id) ?? '');
  expect(other.all('ready')[0]).toMatchObject({ you: { permissions: everyone } });
});

test('slow mode lasts as long as it says when the clock is set back', async () => {
  const id = someId();
  const client = await still.world.enter(channelTicket(ada, id, { slowmode: 30 }));
  client.write('first');
  await client.next('message.created');
  await still.rooms.host.jump(-3 * 3_600_000);
  client.write('at once');
  const { retryAfter } = await client.next('rejected');
  expect(retryAfter).toBe(30);
  await still.rooms.host.advance(30_000);
  client.write('in time');
  expect(await client.next('message.created')).toMatchObject({ message: { content: 'in time' } });
});

test('nobody is shown to type for hours when the clock is set back', async () => {
  const id = someId();
  const writer = await still.world.enter(channelTicket(ada, id));
  writer.send({ type: 'typing.start' });
  await settle();
  await still.rooms.host.jump(-3 * 3_600_000);
  expect((await still.world.enter(channelTicket(bob, id))).all('typing')).toEqual([]);
});

test('the first id after a loss is larger than the newest stored one, whatever the clock says', async () => {
  const channelId = someId();
  const here = channelTicket(ada, channelId);
  const id = someId();
  still.rooms.api.messages.set(id, {
    id,
    channelId,
    author: bob,
    content: 'before',
    createdAt: new Date(0).toISOString(),
    editedAt: null,
    removedAt: null,
  });
  still.rooms.host.now -= 3_600_000;
  for (let loss = 0, seq = 0, last = BigInt(id); loss < 3; loss += 1) {
    const client = await still.world.enter(here);
    client.write(`after loss ${loss}`);
    const created = await client.next('message.created');
    const message = created['message'] as Message;
    expect(BigInt(message.id)).toBeGreaterThan(last);
    expect(created['seq']).toBeGreaterThan(seq);
    [last, seq] = [BigInt(message.id), Number(created['seq'])];
    await still.rooms.host.advance(1_000);
    await still.rooms.host.lose('main', channelId);
  }
  const client = await still.world.enter(here);
  expect(history(client)).toEqual(['before', 'after loss 0', 'after loss 1', 'after loss 2']);
});
