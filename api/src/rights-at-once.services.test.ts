import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres } from '../testing/postgres.ts';
import type { Service } from '../testing/service.ts';
import { openPostgres } from './adapters/db-postgres.ts';
import type { OpenDatabase } from './db/database.ts';
import { openCommunity } from './testing/community.ts';
import type { Community } from './testing/community.ts';
import type { LoggedIn } from './testing/test-app.ts';

/* Rights that change while they are used. The embedded database lets nothing happen at once. */

const { MANAGE_ROLES, MANAGE_CHANNELS, KICK_MEMBERS, VIEW_CHANNEL } = Permission;

let postgres: Service;
let database: OpenDatabase;
let first: Community;
let here: Community;
let made = 0;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openPostgres({ url: postgres.url });
  first = await openCommunity({ database });
});
afterAll(async () => {
  await first.app.settled();
  await database.close();
  await postgres.close();
});
beforeEach(async () => {
  here = await first.again();
  here.app.logged.splice(0);
});

const home = () => ({ id: here.serverId });
const member = () => here.join(`member-${(made += 1)}`);
const members = (count: number) => Promise.all(Array.from({ length: count }, member));
const them = ({ user }: LoggedIn) => ({ ...home(), uid: user.id });
const view = () => here.owner.call('GET /api/servers/:id', { params: home() });
const kick = (whom: LoggedIn) =>
  here.owner.call('DELETE /api/servers/:id/members/:uid', { params: them(whom) });
const handOver = (who: LoggedIn, to: LoggedIn) =>
  who.call('POST /api/servers/:id/owner', { params: home(), body: { userId: to.user.id } });

/** The codes of the refusals; everything at once. */
async function atOnce(...acts: (() => Promise<unknown>)[]): Promise<string[]> {
  const ended = await Promise.allSettled(acts.map((act) => act()));
  return ended.flatMap((end) =>
    end.status === 'rejected' ? [String((end.reason as { code?: string }).code)] : [],
  );
}

const nothingBroke = () =>
  expect(here.app.logged.filter(({ level }) => level === 'error')).toEqual([]);

test('an invite made while its maker is kicked goes with them, or is none', async () => {
  const makers = await members(8);
  const make = (who: LoggedIn) => () =>
    who.call('POST /api/servers/:id/invites', { params: home(), body: {} });
  const refused = await atOnce(
    ...makers.flatMap((who) => [make(who), make(who), () => kick(who), make(who)]),
  );
  expect(refused.filter((code) => code !== 'not_found')).toEqual([]);
  const left = await here.owner.call('GET /api/servers/:id/invites', { params: home() });
  expect(left.filter(({ creator }) => creator.id !== here.owner.user.id)).toEqual([]);
  nothingBroke();
});

test('two who order roles at once leave an order that one of them asked for', async () => {
  const low: Snowflake[] = [];
  for (const name of ['a', 'b', 'c', 'd']) low.push((await here.role(name, 0n)).id);
  const boss = await here.role('boss', MANAGE_ROLES);
  const [one, other] = await members(2);
  if (one === undefined || other === undefined) throw new Error('Two were made.');
  for (const who of [one, other]) await here.give(who, boss);
  const orders = [low.toReversed(), [...low.slice(2), ...low.slice(0, 2)]];
  const order = (who: LoggedIn, ids: Snowflake[]) => () =>
    who.call('PATCH /api/servers/:id/roles', {
      params: home(),
      body: ids.map((id, index) => ({ id, position: index + 1 })),
    });
  const steps = Array.from({ length: 10 }, (_, index) =>
    order(index % 2 === 0 ? one : other, orders[index % 2] ?? low),
  );
  expect(await atOnce(...steps)).toEqual([]);
  const { roles } = await view();
  expect(roles.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
  const result = roles.slice(1, 5).map(({ id }) => id);
  expect(orders.map(String)).toContain(String(result));
  nothingBroke();
});

test('who loses a role does nothing by it from that moment on', async () => {
  const role = await here.role('builder', MANAGE_CHANNELS | MANAGE_ROLES);
  const builder = await member();
  await here.give(builder, role);
  const build = (index: number) => () =>
    builder.call('POST /api/servers/:id/channels', {
      params: home(),
      body: { name: `${index}`, type: 'text' },
    });
  const take = () =>
    here.owner.call('DELETE /api/servers/:id/members/:uid/roles/:rid', {
      params: { ...them(builder), rid: role.id },
    });
  const acts = Array.from({ length: 24 }, (_, index) => (index === 8 ? take : build(index)));
  const refused = await atOnce(...acts);
  expect(new Set(refused)).toEqual(new Set(['forbidden']));
  const log = await here.owner.call('GET /api/servers/:id/audit-log', {
    params: home(),
    query: { limit: 100 },
  });
  const taken = log.findIndex(
    ({ action, targetId, after }) =>
      action === 'member.roles' &&
      targetId === builder.user.id &&
      JSON.stringify(after) === '{"roles":[]}',
  );
  expect(taken).toBeGreaterThanOrEqual(0);
  // Newest first: what stands before it was done after it.
  const late = log.slice(0, taken).filter(({ actor }) => actor.id === builder.user.id);
  expect(late).toEqual([]);
  nothingBroke();
});

test('a server handed to two at once, and deleted, has one owner or is gone', async () => {
  for (let round = 0; round < 4; round += 1) {
    here = await first.again();
    const [one, other] = await members(2);
    if (one === undefined || other === undefined) throw new Error('Two were made.');
    const remove = () => here.owner.call('DELETE /api/servers/:id', { params: home() });
    const to = (whom: LoggedIn) => () => handOver(here.owner, whom);
    const refused = await atOnce(to(one), remove, to(other));
    const isGone = !(await one.call('GET /api/users/@me/servers')).some(
      ({ id }) => id === here.serverId,
    );
    // One of them happened; the others came to something that is not theirs, or not there.
    expect(refused).toHaveLength(2);
    expect(new Set(refused)).toEqual(new Set([isGone ? 'not_found' : 'forbidden']));
  }
  nothingBroke();
});

test('nobody becomes the owner of a server that they just left', async () => {
  for (let round = 0; round < 6; round += 1) {
    here = await first.again();
    const heir = await member();
    const leave = () => heir.call('DELETE /api/users/@me/servers/:id', { params: home() });
    await atOnce(
      () => handOver(here.owner, heir),
      round % 2 === 0 ? leave : () => kick(heir),
      () => handOver(here.owner, heir),
    );
    const { server } = await view();
    const list = await here.owner.call('GET /api/servers/:id/members', { params: home() });
    expect(list.map(({ user }) => user.id)).toContain(server.ownerId);
  }
  nothingBroke();
});

test('an override by name does not outlive a member who leaves at that moment', async () => {
  const leavers = await members(8);
  await atOnce(
    ...leavers.flatMap((who) => [
      () =>
        here.owner.call('PUT /api/channels/:id/overrides/:targetId', {
          params: { id: here.textId, targetId: who.user.id },
          body: { kind: 'member', allow: String(VIEW_CHANNEL), deny: '0' },
        }),
      () => who.call('DELETE /api/users/@me/servers/:id', { params: home() }),
    ]),
  );
  const { channels } = await view();
  expect(channels.flatMap(({ overrides }) => overrides)).toEqual([]);
  nothingBroke();
});

test('two moderators who kick each other at once do not both succeed', async () => {
  const role = await here.role('moderator', KICK_MEMBERS);
  const above = await here.role('above', KICK_MEMBERS);
  const [one, other] = await members(2);
  if (one === undefined || other === undefined) throw new Error('Two were made.');
  await here.give(one, role);
  await here.give(other, above);
  const kicks = (who: LoggedIn, whom: LoggedIn) => () =>
    who.call('DELETE /api/servers/:id/members/:uid', { params: them(whom) });
  const swap = () =>
    here.owner.call('PATCH /api/servers/:id/roles', {
      params: home(),
      body: [{ id: role.id, position: 2 }],
    });
  await atOnce(kicks(one, other), kicks(other, one), swap, kicks(one, other), kicks(other, one));
  const list = await here.owner.call('GET /api/servers/:id/members', { params: home() });
  expect(list).toHaveLength(2);
  nothingBroke();
});

test('a block counts, whatever the other asks for at that moment', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [ada, bob] = await members(2);
    if (ada === undefined || bob === undefined) throw new Error('Two were made.');
    const set = (who: LoggedIn, whom: LoggedIn, kind: 'friend' | 'blocked') => () =>
      who.call('PUT /api/users/@me/relationships/:uid', {
        params: { uid: whom.user.id },
        body: { kind },
      });
    const open = () =>
      bob.call('POST /api/users/@me/channels', { body: { userIds: [ada.user.id] } });
    if (round % 2 === 0) await set(ada, bob, 'friend')();
    await atOnce(set(bob, ada, 'friend'), set(ada, bob, 'blocked'), open, set(bob, ada, 'friend'));
    const [mine] = await ada.call('GET /api/users/@me/relationships');
    const theirs = await bob.call('GET /api/users/@me/relationships');
    expect(mine?.kind).toBe('blocked');
    expect(theirs.filter(({ kind }) => kind === 'friend')).toEqual([]);
    const [conversation] = await bob.call('GET /api/users/@me/channels');
    const id = conversation?.id;
    const ticket =
      id && (await bob.call('POST /api/channels/:id/ticket', { params: { id } })).ticket;
    const claims = ticket ? await here.app.deps.tickets.verify(ticket) : undefined;
    const bits = claims?.kind === 'channel' ? BigInt(claims.permissions) : 0n;
    expect(bits & Permission.SEND_MESSAGES).toBe(0n);
  }
  nothingBroke();
});
