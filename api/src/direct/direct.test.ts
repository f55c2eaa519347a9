import type { Message } from '@harmonium/api/message';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '../db/schema.ts';
import { storeOutbox } from '../internal/store-outbox.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

let home: Community;
let made = 0;
beforeAll(async () => {
  home = await openCommunity();
}, 30_000);
afterAll(() => home.app.close());

const member = () => home.join(`member-${(made += 1)}`);
const open = (who: LoggedIn, ...others: LoggedIn[]) =>
  who.call('POST /api/users/@me/channels', {
    body: { userIds: others.map(({ user }) => user.id) },
  });
const list = async (who: LoggedIn) =>
  (await who.call('GET /api/users/@me/channels')).map(({ id }) => id);
const block = (who: LoggedIn, whom: LoggedIn) =>
  who.call('PUT /api/users/@me/relationships/:uid', {
    params: { uid: whom.user.id },
    body: { kind: 'blocked' },
  });
const ticket = async (who: LoggedIn, id: Snowflake) => {
  const issued = await who.call('POST /api/channels/:id/ticket', { params: { id } });
  return home.app.deps.tickets.verify(issued.ticket);
};
const add = (who: LoggedIn, id: Snowflake, whom: LoggedIn) =>
  who.call('PUT /api/users/@me/channels/:id/participants/:uid', {
    params: { id, uid: whom.user.id },
  });
const take = (who: LoggedIn, id: Snowflake, whom: LoggedIn) =>
  who.call('DELETE /api/users/@me/channels/:id/participants/:uid', {
    params: { id, uid: whom.user.id },
  });

async function write(author: LoggedIn, channelId: Snowflake): Promise<Snowflake> {
  const id = home.app.deps.ids.next();
  const message: Message = {
    id,
    channelId,
    author: { id: author.user.id, username: author.user.username, avatar: null },
    content: 'psst',
    createdAt: new Date(home.app.clock.now).toISOString(),
    editedAt: null,
    removedAt: null,
  };
  await storeOutbox(home.app.deps, { channelId, entries: [{ op: 'create', message }] });
  return id;
}

test('two people have one conversation, also when both begin it at once', async () => {
  const [ada, bob] = [await member(), await member()];
  const [one, other] = await Promise.all([open(ada, bob), open(bob, ada)]);
  expect(one.id).toBe(other.id);
  expect((await open(ada, bob)).id).toBe(one.id);
  expect(one).toMatchObject({ type: 'direct', ownerId: null, lastMessageId: null });
  expect(one.participants.map(({ id }) => id).sort()).toEqual([ada.user.id, bob.user.id].sort());
});

test('the other finds a conversation in their list when something is written', async () => {
  const [ada, bob] = [await member(), await member()];
  const { id } = await open(ada, bob);
  expect([await list(ada), await list(bob)]).toEqual([[id], []]);
  const messageId = await write(ada, id);
  expect(await bob.call('GET /api/users/@me/channels')).toMatchObject([
    { id, lastMessageId: messageId },
  ]);
  await bob.call('DELETE /api/users/@me/channels/:id', { params: { id } });
  expect(await list(bob)).toEqual([]);
  // What was said stays to be read.
  expect((await bob.call('GET /api/channels/:id/messages', { params: { id } }))[0]?.id).toBe(
    messageId,
  );
  await write(ada, id);
  expect(await list(bob)).toEqual([id]);
});

test('a ticket names who takes part, and a call is there too', async () => {
  const [ada, bob] = [await member(), await member()];
  const { id } = await open(ada, bob);
  const participants = [ada.user.id, bob.user.id];
  expect(await ticket(ada, id)).toMatchObject({ kind: 'channel', serverId: null, participants });
  const voice = await bob.call('POST /api/channels/:id/voice', { params: { id } });
  expect(await home.app.deps.tickets.verify(voice.ticket)).toMatchObject({
    kind: 'voice',
    serverId: null,
    participants,
  });
});

test('a third person gets nothing at all of it', async () => {
  const [ada, bob, eve] = [await member(), await member(), await member()];
  const { id } = await open(ada, bob);
  const mid = await write(ada, id);
  const params = { id };
  const tries = {
    ticket: eve.call('POST /api/channels/:id/ticket', { params }),
    voice: eve.call('POST /api/channels/:id/voice', { params }),
    history: eve.call('GET /api/channels/:id/messages', { params }),
    write: eve.call('POST /api/channels/:id/messages', { params, body: { content: 'hi' } }),
    edit: eve.call('PATCH /api/channels/:id/messages/:mid', {
      params: { id, mid },
      body: { content: 'x' },
    }),
    remove: eve.call('DELETE /api/channels/:id/messages/:mid', { params: { id, mid } }),
    read: eve.call('GET /api/users/@me/channels/:id', { params }),
    rename: eve.call('PATCH /api/users/@me/channels/:id', { params, body: { name: 'x' } }),
    close: eve.call('DELETE /api/users/@me/channels/:id', { params }),
    add: add(eve, id, eve),
    take: take(eve, id, ada),
    channel: eve.call('GET /api/channels/:id', { params }),
    // As a channel of a server it is there for nobody.
    settings: ada.call('PATCH /api/channels/:id', { params, body: { name: 'x' } }),
    deleted: ada.call('DELETE /api/channels/:id', { params }),
  };
  for (const [name, attempt] of Object.entries(tries)) {
    expect([name, await outcome(attempt)]).toEqual([name, 'not_found']);
  }
  expect(await list(eve)).toEqual([]);
});

test('after a block neither can write, both can read, and the room is told', async () => {
  const [ada, bob] = [await member(), await member()];
  const { id } = await open(ada, bob);
  await write(bob, id);
  await block(ada, bob);
  for (const who of [ada, bob]) {
    const claims = await ticket(who, id);
    expect(claims).toMatchObject({ permissions: Permission.VIEW_CHANNEL.toString() });
    await who.call('GET /api/channels/:id/messages', { params: { id } });
    const call = who.call('POST /api/channels/:id/voice', { params: { id } });
    expect(await outcome(call)).toBe('forbidden');
  }
  await home.app.settled();
  expect(home.app.rooms.to('main', id)).toContainEqual({
    type: 'access.changed',
    userIds: [ada.user.id, bob.user.id],
  });
  const params = { uid: bob.user.id };
  await ada.call('DELETE /api/users/@me/relationships/:uid', { params });
  const claims = await ticket(bob, id);
  if (claims?.kind !== 'channel') throw new Error('no ticket');
  expect(BigInt(claims.permissions) & Permission.SEND_MESSAGES).not.toBe(0n);
});

test('who is not to be written to is told apart from a stranger, and not why', async () => {
  const [ada, bob, cleo] = [await member(), await member(), await member()];
  const stranger = await home.app.register('stranger');
  expect(await outcome(open(ada, stranger))).toBe('not_found');
  await home.app.database.db
    .update(users)
    .set({ preferences: { directFrom: 'friends' } })
    .where(eq(users.id, bob.user.id));
  await block(cleo, ada);
  expect(await outcome(open(ada, bob))).toBe('cannot_message');
  expect(await outcome(open(ada, cleo))).toBe('cannot_message');
  expect(await outcome(open(cleo, ada))).toBe('cannot_message');
  expect(await outcome(open(ada, ada))).toBe('bad_request');
});

test('a group is made, grows, is renamed and left, and its owner passes it on', async () => {
  const [ada, bob, cleo, dora] = [await member(), await member(), await member(), await member()];
  const { id, ownerId } = await open(ada, bob, cleo);
  expect(ownerId).toBe(ada.user.id);
  expect(await list(bob)).toEqual([id]);
  await bob.call('PATCH /api/users/@me/channels/:id', { params: { id }, body: { name: 'Choir' } });
  expect((await add(cleo, id, dora)).participants).toHaveLength(4);
  expect(await outcome(take(bob, id, cleo))).toBe('forbidden');
  await take(ada, id, cleo);
  expect(await outcome(ticket(cleo, id))).toBe('not_found');
  await take(ada, id, ada);
  const left = await bob.call('GET /api/users/@me/channels/:id', { params: { id } });
  expect(left).toMatchObject({ name: 'Choir', ownerId: bob.user.id });
  expect(left.participants.map((user) => user.id)).toEqual([bob.user.id, dora.user.id]);
  await home.app.settled();
  expect(home.app.rooms.to('main', id).at(-1)).toEqual({
    type: 'participants.changed',
    userIds: [bob.user.id, dora.user.id],
  });
  expect(home.app.rooms.to('user', cleo.user.id).at(-1)).toEqual({
    type: 'direct.closed',
    channelId: id,
  });
});

test('a group holds ten people, also when several add one at once', async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => member()));
  const [owner, ...others] = people;
  if (owner === undefined) throw new Error('nobody');
  const { id } = await open(owner, ...others.slice(0, 8));
  const late = others.slice(8);
  const outcomes = await Promise.all(late.map((one) => outcome(add(owner, id, one))));
  expect(outcomes.toSorted()).toEqual(['limit_reached', 'limit_reached', 'yes']);
  const { participants } = await owner.call('GET /api/users/@me/channels/:id', { params: { id } });
  expect(participants).toHaveLength(10);
});

test('a conversation of two is neither renamed nor left', async () => {
  const [ada, bob] = [await member(), await member()];
  const { id } = await open(ada, bob);
  expect(await outcome(take(ada, id, ada))).toBe('bad_request');
  const body = { name: 'x' };
  expect(
    await outcome(ada.call('PATCH /api/users/@me/channels/:id', { params: { id }, body })),
  ).toBe('bad_request');
});

test('whoever deletes their account leaves groups and friends, and what they said stays', async () => {
  const [ada, bob, cleo] = [await member(), await member(), await member()];
  const { id: groupId } = await open(ada, bob, cleo);
  const { id } = await open(ada, bob);
  const messageId = await write(ada, id);
  await ada.call('POST /api/users/@me/relationships', { body: { userId: bob.user.id } });
  await bob.call('PUT /api/users/@me/relationships/:uid', {
    params: { uid: ada.user.id },
    body: { kind: 'friend' },
  });
  await ada.call('DELETE /api/users/@me', { body: { password: 'correct horse' } });
  expect(await bob.call('GET /api/users/@me/relationships')).toEqual([]);
  const group = await bob.call('GET /api/users/@me/channels/:id', { params: { id: groupId } });
  expect(group.ownerId).toBe(bob.user.id);
  expect(group.participants.map((user) => user.id)).not.toContain(ada.user.id);
  expect((await bob.call('GET /api/channels/:id/messages', { params: { id } }))[0]?.id).toBe(
    messageId,
  );
  expect(await ticket(bob, id)).toMatchObject({ permissions: Permission.VIEW_CHANNEL.toString() });
  await home.app.settled();
  expect(home.app.rooms.to('user', bob.user.id)).toContainEqual({
    type: 'relationship.removed',
    userId: ada.user.id,
  });
});

test("a session that ends closes its sockets in the user's conversations", async () => {
  const [ada, bob] = [await member(), await member()];
  const { id } = await open(ada, bob);
  const [session] = await ada.call('GET /api/users/@me/sessions');
  if (session === undefined) throw new Error('no session');
  await ada.call('DELETE /api/users/@me/sessions/:id', { params: { id: session.id } });
  await home.app.settled();
  expect(home.app.rooms.to('main', id)).toMatchObject([
    { type: 'revoke', userId: ada.user.id, reason: 'session_revoked' },
  ]);
});
