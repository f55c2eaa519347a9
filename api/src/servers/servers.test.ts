import type { ServerPublish } from '@harmonium/rooms/publish';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: LoggedIn;
beforeAll(async () => {
  app = await openTestApp();
  owner = await app.register('owner');
}, 30_000);
afterAll(() => app.close());
beforeEach(() => app.rooms.published.splice(0));

const create = () => owner.call('POST /api/servers', { body: { name: '  Home  ' } });

test('a new server has a text channel general and a voice channel Lounge', async () => {
  const view = await create();
  expect(view.server).toMatchObject({ name: 'Home', ownerId: owner.user.id });
  expect(view.channels.map(({ type, name }) => [type, name])).toEqual([
    ['text', 'general'],
    ['voice', 'Lounge'],
  ]);
  expect(view.roles).toMatchObject([{ id: view.server.id, name: '@everyone', position: 0 }]);
  expect(await app.deps.tickets.verify(view.ticket.ticket)).toMatchObject({
    kind: 'server',
    serverId: view.server.id,
    user: { id: owner.user.id },
  });
  expect(view.ticket.url).toBe(`ws://chat.example/parties/server/${view.server.id}`);
  await app.settled();
  expect(app.rooms.to('user', owner.user.id)).toMatchObject([{ type: 'server.joined' }]);
  expect(await owner.call('GET /api/users/@me/servers')).toContainEqual(view.server);
});

test('each change makes the next revision, and the room hears the whole structure with it', async () => {
  const { server } = await create();
  const params = { id: server.id };
  await owner.call('PATCH /api/servers/:id', { params, body: { name: 'House' } });
  const category = await owner.call('POST /api/servers/:id/categories', {
    params,
    body: { name: 'Upstairs' },
  });
  const attic = await owner.call('POST /api/servers/:id/channels', {
    params,
    body: { name: 'attic', type: 'text', categoryId: category.id },
  });
  await owner.call('DELETE /api/channels/:id', { params: { id: attic.id } });
  await app.settled();

  const changed = app.rooms.to('server', server.id) as Extract<
    ServerPublish,
    { type: 'changed' }
  >[];
  expect(changed.map(({ change }) => change.type)).toEqual([
    'server.updated',
    'category.created',
    'channel.created',
    'channel.removed',
  ]);
  expect(changed.map(({ structure }) => structure.rev)).toEqual([1, 2, 3, 4]);
  expect(changed[2]?.structure.channels).toContainEqual(attic);
  expect(changed[3]?.structure.channels).toHaveLength(2);
  expect(app.rooms.to('main', attic.id)).toEqual([{ type: 'room.removed' }]);
  const view = await owner.call('GET /api/servers/:id', { params });
  expect(view).toMatchObject({ rev: 4, server: { name: 'House' }, categories: [category] });
});

test('a server has a theme of its own, or none', async () => {
  const { server } = await create();
  const params = { id: server.id };
  expect(server.theme).toBeNull();
  const edit = (theme: 'reed' | null) =>
    owner.call('PATCH /api/servers/:id', { params, body: { theme } });
  expect(await edit('reed')).toMatchObject({ name: 'Home', theme: 'reed' });
  expect(await edit(null)).toMatchObject({ theme: null });
  await expect(edit('no such' as 'reed')).rejects.toMatchObject({ code: 'invalid_body' });
});

test('changes made at once get revisions of their own', async () => {
  const { server } = await create();
  const names = ['a', 'b', 'c', 'd', 'e'];
  await Promise.all(
    names.map((name) =>
      owner.call('POST /api/servers/:id/channels', {
        params: { id: server.id },
        body: { name, type: 'voice' },
      }),
    ),
  );
  const view = await owner.call('GET /api/servers/:id', { params: { id: server.id } });
  expect(view.rev).toBe(5);
  expect(new Set(view.channels.map(({ position }) => position)).size).toBe(7);
});

test('slow mode reaches the channel room', async () => {
  const { channels } = await create();
  const params = { id: channels[0]?.id ?? '' };
  await owner.call('PATCH /api/channels/:id', { params, body: { slowmode: 30 } });
  await app.settled();
  expect(app.rooms.to('main', params.id)).toEqual([{ type: 'channel.updated', slowmode: 30 }]);
  const issued = await owner.call('POST /api/channels/:id/ticket', { params });
  expect(await app.deps.tickets.verify(issued.ticket)).toMatchObject({ slowmode: 30 });
});

test('an edit that changes nothing tells nobody', async () => {
  const { server, channels } = await create();
  await app.settled();
  app.rooms.published.splice(0);
  const params = { id: channels[0]?.id ?? '' };
  await owner.call('PATCH /api/channels/:id', { params, body: { name: 'general' } });
  await owner.call('PATCH /api/servers/:id', { params: { id: server.id }, body: {} });
  await app.settled();
  expect(app.rooms.published).toEqual([]);
});

test('a category of another server takes no channel', async () => {
  const [one, other] = [await create(), await create()];
  const category = await owner.call('POST /api/servers/:id/categories', {
    params: { id: other.server.id },
    body: { name: 'theirs' },
  });
  const attempt = owner.call('POST /api/servers/:id/channels', {
    params: { id: one.server.id },
    body: { name: 'x', type: 'text', categoryId: category.id },
  });
  await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
});

test('a deleted server is gone, and its rooms close', async () => {
  const { server, channels } = await create();
  await owner.call('DELETE /api/servers/:id', { params: { id: server.id } });
  const view = owner.call('GET /api/servers/:id', { params: { id: server.id } });
  await expect(view).rejects.toMatchObject({ code: 'not_found' });
  await app.settled();
  expect(app.rooms.to('server', server.id)).toEqual([{ type: 'room.removed' }]);
  for (const { id } of channels) {
    expect(app.rooms.to('main', id)).toEqual([{ type: 'room.removed' }]);
  }
});

test('a change stands when the room cannot be reached, and reaches it later', async () => {
  const { server } = await create();
  await app.settled();
  let failures = 2;
  app.rooms.answer = () => {
    failures -= 1;
    if (failures >= 0) throw new Error('away');
    return { ok: true };
  };
  const params = { id: server.id };
  const renamed = await owner.call('PATCH /api/servers/:id', { params, body: { name: 'Still' } });
  expect(renamed.name).toBe('Still');
  expect(app.rooms.to('server', server.id)).toEqual([]);
  await app.settled();
  expect(app.rooms.to('server', server.id)).toMatchObject([{ type: 'changed' }]);
});

test('leaving closes what the member holds', async () => {
  const guest = await app.register('guest');
  const { server, channels } = await create();
  const params = { id: server.id };
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  await guest.call('POST /api/invites/:code', { params: { code } });
  await app.settled();
  app.rooms.published.splice(0);
  await guest.call('DELETE /api/users/@me/servers/:id', { params });
  await app.settled();
  const revoke = { type: 'revoke', userId: guest.user.id, reason: 'access_lost' };
  expect(app.rooms.to('server', server.id)).toEqual([
    revoke,
    { type: 'member', change: { type: 'member.left', userId: guest.user.id } },
  ]);
  for (const { id } of channels) expect(app.rooms.to('main', id)).toEqual([revoke]);
  expect(app.rooms.to('user', guest.user.id)).toEqual([
    { type: 'server.left', serverId: server.id },
  ]);
  expect(await guest.call('GET /api/users/@me/servers')).toEqual([]);
});

test('members come in pages by id, and are found by a part of their name in any case', async () => {
  const { server } = await create();
  const params = { id: server.id };
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  const names = ['Berta', 'Albert', 'carl'];
  for (const name of names) {
    const { call } = await app.register(name);
    await call('POST /api/invites/:code', { params: { code } });
  }
  const all = await owner.call('GET /api/servers/:id/members', { params });
  expect(all.map(({ user }) => user.username)).toEqual(['owner', ...names]);
  const first = await owner.call('GET /api/servers/:id/members', { params, query: { limit: 2 } });
  const after = first.at(-1)?.user.id;
  const rest = await owner.call('GET /api/servers/:id/members', { params, query: { after } });
  expect([...first, ...rest]).toEqual(all);
  const found = await owner.call('GET /api/servers/:id/members', {
    params,
    query: { query: 'BERT' },
  });
  expect(found.map(({ user }) => user.username)).toEqual(['Berta', 'Albert']);
  const literal = await owner.call('GET /api/servers/:id/members', {
    params,
    query: { query: '%' },
  });
  expect(literal).toHaveLength(0);
});
