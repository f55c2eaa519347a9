import type { Snowflake } from '@harmonium/api/ids';
import type { Preferences } from '@harmonium/api/user';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '../db/schema.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

let home: Community;
let made = 0;
beforeAll(async () => {
  home = await openCommunity();
}, 30_000);
afterAll(() => home.app.close());

const account = () => home.app.register(`person-${(made += 1)}`);
const ask = (who: LoggedIn, whom: LoggedIn) =>
  who.call('POST /api/users/@me/relationships', { body: { username: whom.user.username } });
const put = (who: LoggedIn, uid: Snowflake, kind: 'friend' | 'blocked') =>
  who.call('PUT /api/users/@me/relationships/:uid', { params: { uid }, body: { kind } });
const end = (who: LoggedIn, whom: LoggedIn) =>
  who.call('DELETE /api/users/@me/relationships/:uid', { params: { uid: whom.user.id } });
const list = async (who: LoggedIn) =>
  (await who.call('GET /api/users/@me/relationships')).map(({ user, kind }) => ({
    name: user.username,
    kind,
  }));
const prefer = (who: LoggedIn, preferences: Preferences) =>
  home.app.database.db.update(users).set({ preferences }).where(eq(users.id, who.user.id));

test('one asks by name, the other accepts, and both hear of it', async () => {
  const [ada, bob] = [await account(), await account()];
  // Names are one without regard to case.
  const body = { username: bob.user.username.toUpperCase() };
  expect((await ada.call('POST /api/users/@me/relationships', { body })).kind).toBe('outgoing');
  expect(await list(ada)).toEqual([{ name: bob.user.username, kind: 'outgoing' }]);
  expect(await list(bob)).toEqual([{ name: ada.user.username, kind: 'incoming' }]);
  expect((await put(bob, ada.user.id, 'friend')).kind).toBe('friend');
  expect(await list(ada)).toEqual([{ name: bob.user.username, kind: 'friend' }]);
  await home.app.settled();
  expect(home.app.rooms.to('user', bob.user.id)).toMatchObject([
    { type: 'relationship.changed', relationship: { user: { id: ada.user.id }, kind: 'incoming' } },
    { type: 'relationship.changed', relationship: { kind: 'friend' } },
  ]);
  await end(ada, bob);
  expect([await list(ada), await list(bob)]).toEqual([[], []]);
  expect(await outcome(end(ada, bob))).toBe('not_found');
});

test('two who ask each other at once are friends', async () => {
  const [ada, bob] = [await account(), await account()];
  await Promise.all([ask(ada, bob), ask(bob, ada)]);
  expect([await list(ada), await list(bob)]).toMatchObject([
    [{ kind: 'friend' }],
    [{ kind: 'friend' }],
  ]);
});

test('asking twice asks once, and refusing leaves nothing', async () => {
  const [ada, bob] = [await account(), await account()];
  await ask(ada, bob);
  await ask(ada, bob);
  await home.app.settled();
  expect(home.app.rooms.to('user', bob.user.id)).toHaveLength(1);
  await end(bob, ada);
  expect([await list(ada), await list(bob)]).toEqual([[], []]);
});

test('whoever is blocked is no friend any more, and cannot tell a block from silence', async () => {
  const [ada, bob, cleo] = [await account(), await account(), await account()];
  await ask(ada, bob);
  await ask(bob, ada);
  await put(ada, bob.user.id, 'blocked');
  expect(await list(bob)).toEqual([]);
  expect(await list(ada)).toEqual([{ name: bob.user.username, kind: 'blocked' }]);
  await home.app.settled();
  const before = home.app.rooms.to('user', ada.user.id).length;
  // To the one who is blocked it looks as it does when nobody answers.
  expect(await ask(bob, ada)).toMatchObject({ kind: (await ask(bob, cleo)).kind });
  expect((await list(bob)).map(({ kind }) => kind)).toEqual(['outgoing', 'outgoing']);
  await home.app.settled();
  expect(home.app.rooms.to('user', ada.user.id)).toHaveLength(before);
  expect(await list(ada)).toEqual([{ name: bob.user.username, kind: 'blocked' }]);
  const told = JSON.stringify(home.app.rooms.to('user', bob.user.id));
  expect(told).not.toContain('blocked');
  await end(ada, bob);
  expect(await list(ada)).toEqual([]);
});

test('two can block each other, and one of them can take it back', async () => {
  const [ada, bob] = [await account(), await account()];
  await ask(ada, bob);
  await put(bob, ada.user.id, 'blocked');
  await ask(ada, bob);
  await put(ada, bob.user.id, 'blocked');
  await end(ada, bob);
  expect(await list(bob)).toEqual([{ name: ada.user.username, kind: 'blocked' }]);
});

test('a request goes only to who takes requests', async () => {
  const [ada, bob] = [await account(), await account()];
  await prefer(bob, { requestsFrom: 'nobody' });
  expect(await outcome(ask(ada, bob))).toBe('request_refused');
  await prefer(bob, { requestsFrom: 'servers' });
  expect(await outcome(ask(ada, bob))).toBe('request_refused');
  const [dora, emil] = [await home.join('dora'), await home.join('emil')];
  await prefer(emil, { requestsFrom: 'servers' });
  expect(await outcome(ask(dora, emil))).toBe('yes');
});

test('an id says nothing about whether there is such a person', async () => {
  const [ada, stranger] = [await account(), await account()];
  expect(await outcome(put(ada, stranger.user.id, 'friend'))).toBe('not_found');
  expect(await outcome(put(ada, stranger.user.id, 'blocked'))).toBe('not_found');
  expect(await outcome(put(ada, home.serverId, 'friend'))).toBe('not_found');
  // Nor does it when that person has blocked them.
  await ask(stranger, ada);
  await put(stranger, ada.user.id, 'blocked');
  expect(await outcome(put(ada, stranger.user.id, 'blocked'))).toBe('not_found');
  expect(await outcome(put(ada, ada.user.id, 'friend'))).toBe('bad_request');
});
