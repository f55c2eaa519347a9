import type { CreateBan } from '@harmonium/api/ban';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { Permission } from '@harmonium/api/permissions';
import type { Role } from '@harmonium/api/role';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

const { KICK_MEMBERS, BAN_MEMBERS, MANAGE_MESSAGES } = Permission;

let first: Community;
let here: Community;
let count = 0;
let mid: Role;
let moderator: LoggedIn;
let peer: LoggedIn;
let member: LoggedIn;
beforeAll(async () => {
  first = await openCommunity();
}, 30_000);
afterAll(() => first.app.close());
beforeEach(async () => {
  here = await first.again();
  count += 1;
  mid = await here.role('mid', KICK_MEMBERS | BAN_MEMBERS | MANAGE_MESSAGES);
  moderator = await here.join(`moderator-${count}`);
  peer = await here.join(`peer-${count}`);
  member = await here.join(`member-${count}`);
  await here.give(moderator, mid);
  await here.give(peer, mid);
  await here.app.settled();
  here.app.rooms.published.splice(0);
});

const about = (whom: LoggedIn) => ({ id: here.serverId, uid: whom.user.id });
const kick = (who: LoggedIn, whom: LoggedIn, reason?: string) =>
  who.call('DELETE /api/servers/:id/members/:uid', { params: about(whom), query: { reason } });
const ban = (who: LoggedIn, whom: LoggedIn, body: CreateBan = {}) =>
  who.call('PUT /api/servers/:id/bans/:uid', { params: about(whom), body });
const unban = (who: LoggedIn, whom: LoggedIn) =>
  who.call('DELETE /api/servers/:id/bans/:uid', { params: about(whom) });
const bans = (who: LoggedIn, query = {}) =>
  who.call('GET /api/servers/:id/bans', { params: { id: here.serverId }, query });
const invite = (who: LoggedIn) =>
  who.call('POST /api/servers/:id/invites', { params: { id: here.serverId }, body: {} });
const accept = (who: LoggedIn, { code }: { code: string }) =>
  who.call('POST /api/invites/:code', { params: { code } });
const log = (who: LoggedIn, query = {}) =>
  who.call('GET /api/servers/:id/audit-log', { params: { id: here.serverId }, query });

async function store(channelId: Snowflake, ...entries: object[]): Promise<void> {
  const token = await here.app.deps.serviceTokens.issue('rooms', 'api');
  const answer = await here.app.fetch('/api/internal/outbox', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ channelId, entries }),
  });
  expect(answer.status).toBe(204);
}
function messageOf(author: LoggedIn): { op: 'create'; message: Message } {
  const message = {
    id: here.app.deps.ids.next(),
    channelId: here.textId,
    author: { id: author.user.id, username: author.user.username, avatar: null },
    content: 'hello',
    createdAt: new Date(here.app.clock.now).toISOString(),
    editedAt: null,
    removedAt: null,
  };
  return { op: 'create', message };
}

test('a kick ends all that the member holds in the server, and they may come back', async () => {
  await kick(moderator, member, 'spam');
  await here.app.settled();
  const revoke = { type: 'revoke', userId: member.user.id, reason: 'access_lost' };
  expect(here.app.rooms.to('server', here.serverId)).toEqual([
    revoke,
    { type: 'member', change: { type: 'member.left', userId: member.user.id } },
  ]);
  for (const id of [here.textId, here.voiceId]) {
    expect(here.app.rooms.to('main', id)).toEqual([revoke]);
  }
  expect(here.app.rooms.to('user', member.user.id)).toEqual([
    { type: 'server.left', serverId: here.serverId },
  ]);
  expect(await outcome(accept(member, await invite(here.owner)))).toBe('yes');
});

test('kicks and bans go downwards only', async () => {
  for (const whom of [here.owner, peer, moderator]) {
    expect(await outcome(kick(moderator, whom))).toBe('forbidden');
    expect(await outcome(ban(moderator, whom))).toBe('forbidden');
  }
  expect(await outcome(kick(member, peer))).toBe('forbidden');
  expect(await outcome(ban(member, peer))).toBe('forbidden');
  expect(await outcome(kick(here.owner, moderator))).toBe('yes');
  expect(await outcome(kick(here.owner, moderator))).toBe('not_found');
  const stranger = await here.app.register(`stranger-${count}`);
  expect(await outcome(kick(stranger, member))).toBe('not_found');
  expect(await outcome(bans(stranger))).toBe('not_found');
  expect(await outcome(bans(member))).toBe('forbidden');
});

test('the banned come back by no door until the ban is lifted', async () => {
  const open = await invite(here.owner);
  await ban(moderator, member, { reason: '  spam  ' });
  expect(await outcome(accept(member, open))).toBe('banned');
  expect(await bans(moderator)).toMatchObject([
    { user: { id: member.user.id }, reason: 'spam', createdBy: moderator.user.id },
  ]);
  await unban(moderator, member);
  expect(await outcome(unban(moderator, member))).toBe('not_found');
  expect(await bans(moderator)).toEqual([]);
  expect(await outcome(accept(member, open))).toBe('yes');
});

test('who has left, or never came, is banned too; banned again, the reason is new', async () => {
  const stranger = await here.app.register(`stranger-${count}`);
  await ban(moderator, stranger, { reason: 'one' });
  await ban(moderator, stranger, { reason: 'two' });
  expect(await bans(moderator)).toMatchObject([{ reason: 'two' }]);
  expect(await outcome(accept(stranger, await invite(here.owner)))).toBe('banned');
  const nobody = { ...stranger, user: { ...stranger.user, id: '99' as Snowflake } };
  expect(await outcome(ban(moderator, nobody))).toBe('not_found');
});

test('bans come in pages', async () => {
  for (const who of [peer, member]) await ban(here.owner, who);
  const [one] = await bans(moderator, { limit: 1 });
  const rest = await bans(moderator, { after: one?.user.id });
  expect([one, ...rest].map((entry) => entry?.user.id)).toEqual([peer.user.id, member.user.id]);
});

test.each(['kick', 'ban'] as const)('a %s ends the invites of whoever it hits', async (what) => {
  const theirs = await invite(member);
  await (what === 'kick' ? kick(moderator, member) : ban(moderator, member));
  const late = await here.app.register(`late-${count}`);
  expect(await outcome(accept(late, theirs))).toBe('invite_not_found');
});

test('a ban has every channel remove what was written of late, and only that', async () => {
  const old = messageOf(member);
  await store(here.textId, old);
  here.app.clock.now += 10 * 60 * 1000;
  const [late, other] = [messageOf(member), messageOf(peer)];
  await store(here.textId, late, other);
  await ban(moderator, member, { deleteMessageSeconds: 300 });
  await here.app.settled();
  const since = new Date(here.app.clock.now - 300_000).toISOString();
  const by = moderator.user.id;
  const unseen = { type: 'purge', authorId: member.user.id, since, by };
  const revoke = { type: 'revoke', userId: member.user.id, reason: 'access_lost' };
  expect(here.app.rooms.to('main', here.textId)).toEqual([
    revoke,
    unseen,
    { type: 'purge', ids: [late.message.id], by },
  ]);
  expect(here.app.rooms.to('main', here.voiceId)).toEqual([revoke, unseen]);
});

test('many messages are removed at once, by who manages messages; others are passed over', async () => {
  const [one, two, gone] = [messageOf(member), messageOf(peer), messageOf(peer)];
  const removal = { op: 'remove', id: gone.message.id, removedAt: gone.message.createdAt };
  await store(here.textId, one, two, gone, removal);
  const ids = [two, one, gone].map(({ message }) => message.id).concat('77' as Snowflake);
  const remove = (who: LoggedIn) =>
    who.call('POST /api/channels/:id/messages/bulk-delete', {
      params: { id: here.textId },
      body: { ids },
    });
  expect(await outcome(remove(member))).toBe('forbidden');
  here.app.rooms.published.splice(0);
  await remove(moderator);
  const purges = here.app.rooms.to('main', here.textId).filter(({ type }) => type === 'purge');
  expect(purges).toEqual([
    { type: 'purge', ids: [one.message.id, two.message.id], by: moderator.user.id },
  ]);
  expect(await log(here.owner, { action: 'message.bulk_delete' })).toMatchObject([
    { actor: { id: moderator.user.id }, targetId: here.textId, after: { count: 2 } },
  ]);
});

test('who removes a message of somebody else is in the log, once, however it was done', async () => {
  const [theirs, own] = [messageOf(member), messageOf(moderator)];
  const removedAt = theirs.message.createdAt;
  const by = moderator.user.id;
  const entries = [theirs, own].map(({ message }) => ({
    op: 'remove',
    id: message.id,
    removedAt,
    by,
  }));
  await store(here.textId, theirs, own);
  await store(here.textId, ...entries);
  await store(here.textId, ...entries);
  expect(await log(here.owner, { action: 'message.delete' })).toMatchObject([
    { actor: { id: by }, targetId: member.user.id, channelId: here.textId },
  ]);
});

test('the log says who did what to whom, newest first, and is filtered and paged', async () => {
  await kick(moderator, member, 'spam');
  await ban(peer, member, { reason: 'more spam' });
  const entries = await log(here.owner, { targetId: member.user.id });
  expect(entries).toMatchObject([
    { action: 'member.ban', actor: { id: peer.user.id }, reason: 'more spam' },
    {
      action: 'member.kick',
      actor: { id: moderator.user.id },
      // Gone, and still called by name.
      target: { id: member.user.id, username: member.user.username },
      reason: 'spam',
    },
  ]);
  const byPeer = await log(here.owner, { actorId: peer.user.id });
  expect(byPeer.map(({ action }) => action)).toEqual(['member.ban']);
  const all = await log(here.owner, { limit: 100 });
  const paged = [];
  for (let before: Snowflake | undefined; ;) {
    const page = await log(here.owner, { limit: 2, before });
    if (page.length === 0) break;
    paged.push(...page);
    before = page.at(-1)?.id;
  }
  expect(paged).toEqual(all);
  expect(await outcome(log(moderator))).toBe('forbidden');
});

test('the log names no channel to whom it is hidden, also when it is gone', async () => {
  const auditor = await here.join(`auditor-${count}`);
  const role = await here.role('auditor', Permission.VIEW_AUDIT_LOG);
  await here.give(auditor, role);
  const params = { id: here.serverId };
  const deny = Permission.VIEW_CHANNEL.toString();
  const closed = { kind: 'role', targetId: here.serverId, allow: '0', deny } as const;
  const make = (name: string, overrides: (typeof closed)[] = []) =>
    here.owner.call('POST /api/servers/:id/channels', {
      params,
      body: { name, type: 'text', overrides },
    });
  const [secret, plain] = [await make('secret-room', [closed]), await make('plain-room')];
  const change = async (id: Snowflake) => {
    await here.owner.call('PATCH /api/channels/:id', { params: { id }, body: { topic: 't' } });
    await here.owner.call('PATCH /api/servers/:id/channels', {
      params,
      body: [{ id, position: 0 }],
    });
    await here.owner.call('DELETE /api/channels/:id', { params: { id } });
  };
  const texts = async (who: LoggedIn) => JSON.stringify(await log(who, { limit: 100 }));
  expect(await texts(auditor)).not.toContain('secret-room');
  await change(secret.id);
  await change(plain.id);
  const seen = await texts(auditor);
  expect(seen).not.toContain('secret-room');
  expect(seen).not.toContain(secret.id);
  expect(seen).toContain('plain-room');
  expect(await texts(here.owner)).toContain('secret-room');
});

test('where nobody sees channels without a role, each is hidden', async () => {
  const { serverId, owner } = here;
  const auditor = await here.join(`auditor-${count}`);
  await here.give(auditor, await here.role('auditor', Permission.VIEW_AUDIT_LOG));
  await owner.call('PATCH /api/servers/:id/roles/:rid', {
    params: { id: serverId, rid: serverId },
    body: { permissions: '0' },
  });
  const params = { id: here.textId };
  await owner.call('PATCH /api/channels/:id', { params, body: { name: 'inner-circle' } });
  await owner.call('DELETE /api/channels/:id', { params });
  expect(JSON.stringify(await log(auditor))).not.toContain('inner-circle');
  expect(JSON.stringify(await log(owner))).toContain('inner-circle');
});

test('a hand-over makes a member owner, and only the owner does it', async () => {
  const give = (who: LoggedIn, userId: Snowflake) =>
    who.call('POST /api/servers/:id/owner', { params: { id: here.serverId }, body: { userId } });
  const stranger = await here.app.register(`stranger-${count}`);
  expect(await outcome(give(moderator, moderator.user.id))).toBe('forbidden');
  expect(await outcome(give(here.owner, stranger.user.id))).toBe('not_found');
  expect(await give(here.owner, member.user.id)).toMatchObject({ ownerId: member.user.id });
  await here.app.settled();
  const userIds = [here.owner.user.id, member.user.id];
  expect(here.app.rooms.to('main', here.textId)).toEqual([{ type: 'access.changed', userIds }]);
  expect(await outcome(kick(member, moderator))).toBe('yes');
  expect(await outcome(give(here.owner, here.owner.user.id))).toBe('forbidden');
});
