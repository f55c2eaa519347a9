import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

let first: Community;
let here: Community;
let count = 0;
beforeAll(async () => {
  first = await openCommunity();
}, 30_000);
afterAll(() => first.app.close());
beforeEach(async () => {
  here = await first.again();
  count += 1;
});

const params = () => ({ id: here.serverId });
const channel = (name: string) =>
  here.owner.call('POST /api/servers/:id/channels', {
    params: params(),
    body: { name, type: 'text' },
  });
const category = (name: string) =>
  here.owner.call('POST /api/servers/:id/categories', { params: params(), body: { name } });
type Step = { id: Snowflake; position: number; categoryId?: Snowflake | null };
const place = (who: LoggedIn, body: Step[]) =>
  who.call('PATCH /api/servers/:id/channels', { params: params(), body });
const view = () => here.owner.call('GET /api/servers/:id', { params: params() });
const order = async () => (await view()).channels.map(({ name }) => name);

test('channels move, one or all, and positions have no gaps', async () => {
  const [a, b] = [await channel('a'), await channel('b')];
  await place(here.owner, [{ id: b.id, position: 0 }]);
  expect(await order()).toEqual(['b', 'general', 'Lounge', 'a']);
  await place(here.owner, [
    { id: a.id, position: 0 },
    { id: b.id, position: 1 },
    { id: here.voiceId, position: 2 },
    { id: here.textId, position: 3 },
  ]);
  const { channels } = await view();
  expect(channels.map(({ name, position }) => [name, position])).toEqual([
    ['a', 0],
    ['b', 1],
    ['Lounge', 2],
    ['general', 3],
  ]);
});

test('channels go into a category and out of it, with or without moving', async () => {
  const { id: categoryId } = await category('up');
  await place(here.owner, [{ id: here.textId, position: 0, categoryId }]);
  await place(here.owner, [{ id: here.voiceId, position: 0, categoryId }]);
  expect((await view()).channels).toMatchObject([
    { id: here.voiceId, categoryId },
    { id: here.textId, categoryId },
  ]);
  await place(here.owner, [{ id: here.voiceId, position: 0, categoryId: null }]);
  expect((await view()).channels).toMatchObject([{ categoryId: null }, { categoryId }]);
  const [entry] = await here.owner.call('GET /api/servers/:id/audit-log', {
    params: params(),
    query: { action: 'channel.reorder' },
  });
  expect(entry).toMatchObject({
    before: { [here.voiceId]: ['0', categoryId] },
    after: { [here.voiceId]: ['0', ''] },
  });
  const other = await here.again();
  const foreign = await other.owner.call('POST /api/servers/:id/categories', {
    params: { id: other.serverId },
    body: { name: 'theirs' },
  });
  const step = { id: here.textId, position: 0, categoryId: foreign.id };
  expect(await outcome(place(here.owner, [step]))).toBe('not_found');
});

test('one event tells of it, and none when nothing moved', async () => {
  await here.app.settled();
  here.app.rooms.published.splice(0);
  await place(here.owner, [{ id: here.voiceId, position: 0 }]);
  await place(here.owner, [{ id: here.voiceId, position: 0 }]);
  await here.app.settled();
  expect(here.app.rooms.to('server', here.serverId)).toMatchObject([
    { type: 'changed', structure: { rev: 1, channels: [{ id: here.voiceId }, {}] } },
  ]);
});

test('what one may not see is not there to be moved, and what one does not manage stays in its category', async () => {
  const { id: categoryId } = await category('up');
  const role = await here.role('mover', Permission.MANAGE_CHANNELS);
  const mover = await here.join(`mover-${count}`);
  await here.give(mover, role);
  const plain = await here.join(`plain-${count}`);
  const deny = (bits: bigint) =>
    here.owner.call('PUT /api/channels/:id/overrides/:targetId', {
      params: { id: here.textId, targetId: role.id },
      body: { kind: 'role', allow: '0', deny: bits.toString() },
    });
  expect(await outcome(place(plain, [{ id: here.textId, position: 1 }]))).toBe('forbidden');
  expect(await outcome(place(mover, [{ id: here.textId, position: 1 }]))).toBe('yes');
  await deny(Permission.MANAGE_CHANNELS);
  expect(await outcome(place(mover, [{ id: here.textId, position: 0 }]))).toBe('yes');
  expect(await outcome(place(mover, [{ id: here.textId, position: 0, categoryId }]))).toBe(
    'forbidden',
  );
  await deny(Permission.VIEW_CHANNEL);
  expect(await outcome(place(mover, [{ id: here.textId, position: 0 }]))).toBe('not_found');
});

test('a category is renamed, moved and deleted; its channels stay', async () => {
  const [up, down] = [await category('up'), await category('down')];
  await place(here.owner, [{ id: here.textId, position: 0, categoryId: up.id }]);
  const renamed = await here.owner.call('PATCH /api/categories/:id', {
    params: { id: up.id },
    body: { name: 'höher' },
  });
  expect(renamed).toEqual({ ...up, name: 'höher' });
  await here.owner.call('PATCH /api/servers/:id/categories', {
    params: params(),
    body: [{ id: down.id, position: 0 }],
  });
  expect((await view()).categories).toMatchObject([
    { id: down.id, position: 0 },
    { id: up.id, position: 1 },
  ]);
  await here.owner.call('DELETE /api/categories/:id', { params: { id: down.id } });
  expect((await view()).categories).toMatchObject([{ id: up.id, position: 0 }]);
  await here.owner.call('DELETE /api/categories/:id', { params: { id: up.id } });
  expect(await view()).toMatchObject({ categories: [], channels: [{ categoryId: null }, {}] });
});

test('a category is there for members only, and changed by who manages channels', async () => {
  const { id } = await category('up');
  const plain = await here.join(`plain-${count}`);
  const stranger = await here.app.register(`stranger-${count}`);
  const rename = (who: LoggedIn) =>
    outcome(who.call('PATCH /api/categories/:id', { params: { id }, body: { name: 'x' } }));
  const remove = (who: LoggedIn) =>
    outcome(who.call('DELETE /api/categories/:id', { params: { id } }));
  expect([await rename(plain), await remove(plain)]).toEqual(['forbidden', 'forbidden']);
  expect([await rename(stranger), await remove(stranger)]).toEqual(['not_found', 'not_found']);
});
