import { MAX_ACTIVE_THREADS, THREAD_IDLE_MS } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { channels, messages } from '../db/schema.ts';
import { sweep } from '../instance/sweep.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

const { VIEW_CHANNEL, CREATE_THREADS, MANAGE_CHANNELS, VIEW_AUDIT_LOG } = Permission;

let first: Community;
let here: Community;
let count = 0;
let member: LoggedIn;
let other: LoggedIn;
beforeAll(async () => {
  first = await openCommunity();
}, 30_000);
afterAll(() => first.app.close());
beforeEach(async () => {
  here = await first.again();
  count += 1;
  member = await here.join(`threads-member-${count}`);
  other = await here.join(`threads-other-${count}`);
});

async function write(content = 'Where do we eat tonight?', channelId = here.textId) {
  const id = here.app.deps.ids.next();
  const createdAt = new Date(here.app.clock.now);
  const authorId = here.owner.user.id;
  await here.app.database.db
    .insert(messages)
    .values({ id, channelId, authorId, content, createdAt });
  return id;
}
const start = async (who = member, mid?: Snowflake, body: { name?: string } = {}) =>
  who.call('POST /api/channels/:id/messages/:mid/thread', {
    params: { id: here.textId, mid: mid ?? (await write()) },
    body,
  });
const list = (who: LoggedIn, query: { archived?: 'true'; ids?: string } = {}) =>
  who.call('GET /api/channels/:id/threads', { params: { id: here.textId }, query });
const edit = (who: LoggedIn, id: Snowflake, body: { name?: string; archived?: boolean }) =>
  who.call('PATCH /api/channels/:id', { params: { id }, body });
const structure = async (who = member) =>
  (await who.call('GET /api/servers/:id', { params: { id: here.serverId } })).channels;
const isThere = async (id: Snowflake, who = member) =>
  (await structure(who)).some((channel) => channel.id === id);
const close = (targetId: Snowflake = here.serverId) =>
  here.owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: here.textId, targetId },
    body: { kind: 'role', allow: '0', deny: String(VIEW_CHANNEL) },
  });
const told = (roomId: Snowflake) =>
  here.app.rooms.published.filter((each) => each.roomId === roomId).map(({ event }) => event);

test('a thread is a channel of the server, named by the message it begins with', async () => {
  const mid = await write(
    '**Where** do <@123> we eat tonight, and who of you comes along to the place?',
  );
  const thread = await start(member, mid);
  expect(thread).toMatchObject({
    type: 'thread',
    parentId: here.textId,
    starterId: mid,
    ownerId: member.user.id,
    name: 'Where do we eat tonight, and who of you comes to',
  });
  expect(await isThere(thread.id)).toBe(true);
  await here.app.settled();
  expect(told(here.textId)).toContainEqual({ type: 'annotate', id: mid, threadId: thread.id });
  expect(await list(other)).toMatchObject([
    { channel: { id: thread.id }, messages: 0, lastId: null },
  ]);
  const last = await write('Pizza', thread.id);
  expect(await list(other, { ids: thread.id })).toMatchObject([{ messages: 1, lastId: last }]);
});

test('with a message one thread begins, and with one that is not there none', async () => {
  const mid = await write();
  await start(member, mid, { name: 'Dinner' });
  expect(await outcome(start(other, mid))).toBe('thread_exists');
  expect(await outcome(start(member, here.app.deps.ids.next()))).toBe('not_found');
  const removed = await write();
  const removedAt = new Date(here.app.clock.now);
  await here.app.database.db.update(messages).set({ removedAt }).where(eq(messages.id, removed));
  expect(await outcome(start(member, removed))).toBe('not_found');
});

test('with a message whose thread was deleted another one begins', async () => {
  const mid = await write();
  const { id } = await start(member, mid);
  const { db } = here.app.database;
  await db.update(messages).set({ threadId: id }).where(eq(messages.id, mid));
  await here.owner.call('DELETE /api/channels/:id', { params: { id } });
  const second = await start(member, mid);
  expect(second).toMatchObject({ starterId: mid });
  expect(told(here.textId).at(-1)).toEqual({ type: 'annotate', id: mid, threadId: second.id });
  expect(await outcome(start(other, mid))).toBe('thread_exists');
});

test('whoever may not begin threads does not, and a thread has none itself', async () => {
  const thread = await start();
  const inside = await write('inside', thread.id);
  const nested = member.call('POST /api/channels/:id/messages/:mid/thread', {
    params: { id: thread.id, mid: inside },
    body: {},
  });
  expect(await outcome(nested)).toBe('bad_request');
  await here.owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: here.textId, targetId: here.serverId },
    body: { kind: 'role', allow: '0', deny: String(CREATE_THREADS) },
  });
  expect(await outcome(start())).toBe('forbidden');
});

test('a thread of a channel that one may not see is not there, archived or not', async () => {
  const [open, away] = [await start(), await start()];
  await edit(member, away.id, { archived: true });
  await close();
  for (const { id } of [open, away]) {
    const params = { id };
    const tries = [
      member.call('GET /api/channels/:id', { params }),
      member.call('POST /api/channels/:id/ticket', { params }),
      member.call('GET /api/channels/:id/messages', { params, query: {} }),
      edit(member, id, { name: 'mine' }),
    ];
    for (const each of tries) expect(await outcome(each)).toBe('not_found');
  }
  expect(await outcome(list(member))).toBe('not_found');
  expect(await isThere(open.id)).toBe(false);
  expect((await list(here.owner)).map(({ channel }) => channel.id)).toEqual([open.id]);
});

test('when its channel changes hands, the rooms of the threads hear of it after the channel', async () => {
  const [open, away] = [await start(), await start()];
  await edit(member, away.id, { archived: true });
  await here.app.settled();
  const before = here.app.rooms.published.length;
  await close();
  await here.app.settled();
  const changed = here.app.rooms.published
    .slice(before)
    .filter(({ event }) => event.type === 'access.changed')
    .map(({ roomId }) => roomId);
  expect(changed).toEqual([here.textId, open.id]);
});

test('it has no rules and no place of its own', async () => {
  const { id } = await start();
  const override = here.owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id, targetId: here.serverId },
    body: { kind: 'role', allow: '0', deny: '0' },
  });
  expect(await outcome(override)).toBe('bad_request');
  const move = here.owner.call('PATCH /api/servers/:id/channels', {
    params: { id: here.serverId },
    body: [{ id, position: 0 }],
  });
  expect(await outcome(move)).toBe('not_found');
});

test('whoever began it names and archives it, others only where they manage the channel', async () => {
  const { id } = await start();
  expect(await outcome(edit(other, id, { name: 'Ours' }))).toBe('forbidden');
  expect(await outcome(edit(other, id, { archived: true }))).toBe('forbidden');
  expect(await edit(member, id, { name: 'Dinner' })).toMatchObject({ name: 'Dinner' });
  expect(await edit(member, id, { archived: true })).toMatchObject({ archived: true });
  expect(await isThere(id)).toBe(false);
  await here.app.settled();
  expect(told(id).at(-1)).toEqual({ type: 'thread.archived', archived: true });
  const seen = await other.call('GET /api/channels/:id', { params: { id } });
  expect(seen).toMatchObject({ name: 'Dinner', archived: true });
  expect(await list(other, { archived: 'true' })).toMatchObject([{ channel: { id } }]);
  await edit(here.owner, id, { archived: false });
  expect(await isThere(id)).toBe(true);
  const remove = (who: LoggedIn) => who.call('DELETE /api/channels/:id', { params: { id } });
  expect(await outcome(remove(member))).toBe('forbidden');
  await remove(here.owner);
  expect(await isThere(id)).toBe(false);
  expect(await outcome(edit(here.owner, here.textId, { archived: true }))).toBe('bad_request');
});

test('what somebody writes in an archived thread brings it back, and tells the server of it', async () => {
  const { id } = await start();
  await edit(member, id, { archived: true });
  const author = { id: other.user.id, username: other.user.username, avatar: null };
  const message = {
    id: here.app.deps.ids.next(),
    channelId: id,
    author,
    content: 'again?',
    createdAt: new Date(here.app.clock.now).toISOString(),
    editedAt: null,
    removedAt: null,
    mentions: { users: [member.user.id], roles: [], everyone: false },
  };
  const token = await here.app.deps.serviceTokens.issue('rooms', 'api');
  const stored = await here.app.fetch('/api/internal/outbox', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ channelId: id, entries: [{ op: 'create', message }] }),
  });
  expect(stored.ok).toBe(true);
  expect(await isThere(id)).toBe(true);
  await here.app.settled();
  const events = told(here.serverId);
  expect(events.at(-1)).toMatchObject({
    type: 'activity',
    channelId: id,
    messageId: message.id,
    namings: [{ messageId: message.id, users: [member.user.id] }],
  });
  expect(told(id).at(-1)).toEqual({ type: 'thread.archived', archived: false });
});

test('a thread in which nobody writes for three days is archived, and no other', async () => {
  const [silent, busy, back] = [await start(), await start(), await start()];
  const { clock, database } = here.app;
  const startedAt = clock.now;
  clock.now += THREAD_IDLE_MS - 1000;
  await write('still here', busy.id);
  const revivedAt = new Date(clock.now);
  await database.db.update(channels).set({ revivedAt }).where(eq(channels.id, back.id));
  clock.now += 2000;
  await sweep(here.app.deps);
  clock.now = startedAt; // Before anybody's session ended.
  const now = new Set((await structure(here.owner)).map(({ id }) => id));
  expect([silent, busy, back].map(({ id }) => now.has(id))).toEqual([false, true, true]);
});

test(
  'of too many threads the one that was silent longest makes place',
  { timeout: 60_000 },
  async () => {
    const [oldest, second] = [await start(here.owner), await start(here.owner)];
    await write('a word', oldest.id);
    const { db } = here.app.database;
    const [row] = await db.select().from(channels).where(eq(channels.id, second.id));
    if (row === undefined) throw new Error('no thread');
    const more = Array.from({ length: MAX_ACTIVE_THREADS - 2 }, () => {
      const id = here.app.deps.ids.next();
      return { ...row, id, starterId: id };
    });
    await db.insert(channels).values(more);
    const last = await start(here.owner);
    const there = new Set((await structure(here.owner)).map(({ id }) => id));
    expect([oldest, second, last].map(({ id }) => there.has(id))).toEqual([true, false, true]);
  },
);

test('with a channel its threads go, and their rooms', async () => {
  const [open, away] = [await start(), await start()];
  await edit(member, away.id, { archived: true });
  await write('gone', open.id);
  await here.owner.call('DELETE /api/channels/:id', { params: { id: here.textId } });
  await here.app.settled();
  for (const { id } of [open, away]) {
    expect(told(id).at(-1)).toEqual({ type: 'room.removed' });
    const params = { id };
    expect(await outcome(here.owner.call('GET /api/channels/:id', { params }))).toBe('not_found');
    const { db } = here.app.database;
    expect(await db.select().from(messages).where(eq(messages.channelId, id))).toEqual([]);
    expect(await db.select().from(channels).where(eq(channels.id, id))).toEqual([]);
  }
});

test('what moderators do to threads is in the audit log, for those who see the channel', async () => {
  const auditor = await here.role('auditor', VIEW_AUDIT_LOG | MANAGE_CHANNELS);
  await here.give(other, auditor);
  const { id } = await start();
  await edit(other, id, { archived: true });
  const actions = async () =>
    (
      await other.call('GET /api/servers/:id/audit-log', {
        params: { id: here.serverId },
        query: {},
      })
    ).map(({ action }) => action);
  expect((await actions()).slice(0, 2)).toEqual(['thread.archive', 'thread.create']);
  await close();
  expect(await actions()).not.toContain('thread.archive');
});
