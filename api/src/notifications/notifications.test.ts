import { MUTED_FOR_GOOD } from '@harmonium/api/notification';
import type { NotificationChoice } from '@harmonium/api/notification';
import type { Snowflake } from '@harmonium/api/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

let home: Community;
beforeAll(async () => {
  home = await openCommunity();
}, 30_000);
afterAll(() => home.app.close());

const choose = (who: LoggedIn, targetId: Snowflake, body: NotificationChoice) =>
  who.call('PUT /api/users/@me/notifications/:targetId', { params: { targetId }, body });
const list = (who: LoggedIn) => who.call('GET /api/users/@me/notifications');

test('what one chooses is kept, told to the other devices, and taken back', async () => {
  const ada = await home.join('ada');
  const muted = { level: null, mutedUntil: MUTED_FOR_GOOD };
  expect(await choose(ada, home.serverId, { level: 'all', mutedUntil: null })).toEqual({
    targetId: home.serverId,
    level: 'all',
    mutedUntil: null,
  });
  await choose(ada, home.textId, muted);
  await choose(ada, home.serverId, { level: 'nothing', mutedUntil: null });
  expect(await list(ada)).toEqual([
    { targetId: home.serverId, level: 'nothing', mutedUntil: null },
    { targetId: home.textId, ...muted },
  ]);
  await home.app.settled();
  expect(home.app.rooms.to('user', ada.user.id)).toContainEqual({
    type: 'notifications.changed',
    settings: [{ targetId: home.textId, ...muted }],
  });
  for (const id of [home.serverId, home.textId]) {
    await choose(ada, id, { level: null, mutedUntil: null });
  }
  expect(await list(ada)).toEqual([]);
});

test('of what one may not see there is nothing to choose', async () => {
  const ada = await home.join('bea');
  const body = { level: 'all', mutedUntil: null } as const;
  await home.owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: home.textId, targetId: ada.user.id },
    body: { kind: 'member', allow: '0', deny: '64' },
  });
  expect(await outcome(choose(ada, home.textId, body))).toBe('not_found');
  const stranger = await home.app.register('stranger');
  expect(await outcome(choose(stranger, home.serverId, body))).toBe('not_found');
  expect(await outcome(choose(stranger, stranger.user.id, body))).toBe('not_found');
  expect(await list(stranger)).toEqual([]);
});
