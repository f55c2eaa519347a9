import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../../testing/postgres.ts';
import type { Service } from '../../testing/service.ts';
import { openPostgres } from '../adapters/db-postgres.ts';
import type { OpenDatabase } from '../db/database.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';

// The embedded database has one session and lets nothing happen at once; these rules need more.
let postgres: Service;
let database: OpenDatabase;
let home: Community;
let made = 0;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openPostgres({ url: postgres.url });
  home = await openCommunity({ database });
});
afterAll(async () => {
  await database.close();
  await postgres.close();
});

const member = () => home.join(`person-${(made += 1)}`);

test('two who ask each other at once are friends, every time', async () => {
  const [ada, bob] = [await member(), await member()];
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(
      [ada, bob, ada, bob].map((who) =>
        who.call('POST /api/users/@me/relationships', {
          body: { userId: who === ada ? bob.user.id : ada.user.id },
        }),
      ),
    );
    for (const who of [ada, bob]) {
      expect(await who.call('GET /api/users/@me/relationships')).toMatchObject([
        { kind: 'friend' },
      ]);
    }
    const params = { uid: bob.user.id };
    await ada.call('DELETE /api/users/@me/relationships/:uid', { params });
  }
});

test('of a block and a friendship at once the block holds', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [ada, bob] = [await member(), await member()];
    await ada.call('POST /api/users/@me/relationships', { body: { userId: bob.user.id } });
    await Promise.all([
      ada.call('PUT /api/users/@me/relationships/:uid', {
        params: { uid: bob.user.id },
        body: { kind: 'blocked' },
      }),
      bob.call('PUT /api/users/@me/relationships/:uid', {
        params: { uid: ada.user.id },
        body: { kind: 'friend' },
      }),
    ]);
    const kinds = (await ada.call('GET /api/users/@me/relationships')).map(({ kind }) => kind);
    expect(kinds).toEqual(['blocked']);
    const theirs = await bob.call('GET /api/users/@me/relationships');
    expect(theirs.filter(({ kind }) => kind === 'friend')).toEqual([]);
  }
});

test('however many begin it, two people have one conversation', async () => {
  const [ada, bob] = [await member(), await member()];
  const opened = await Promise.all(
    Array.from({ length: 20 }, (_, turn) => {
      const [who, whom] = turn % 2 === 0 ? [ada, bob] : [bob, ada];
      return who.call('POST /api/users/@me/channels', { body: { userIds: [whom.user.id] } });
    }),
  );
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  expect(opened[0]?.participants).toHaveLength(2);
});

test('a group ends full, and its owner is one of those in it, whatever happens at once', async () => {
  const people = await Promise.all(Array.from({ length: 14 }, member));
  const [owner, second, third, ...others] = people;
  if (owner === undefined || second === undefined || third === undefined) throw new Error('few');
  const body = { userIds: [second.user.id, third.user.id] };
  const { id } = await owner.call('POST /api/users/@me/channels', { body });
  const outcomes = await Promise.all([
    ...others.map((one) =>
      outcome(
        second.call('PUT /api/users/@me/channels/:id/participants/:uid', {
          params: { id, uid: one.user.id },
        }),
      ),
    ),
    outcome(
      owner.call('DELETE /api/users/@me/channels/:id/participants/:uid', {
        params: { id, uid: owner.user.id },
      }),
    ),
  ]);
  expect(new Set(outcomes)).toEqual(new Set(['yes', 'limit_reached']));
  const group = await second.call('GET /api/users/@me/channels/:id', { params: { id } });
  expect(group.participants.length).toBeGreaterThanOrEqual(9);
  expect(group.participants.length).toBeLessThanOrEqual(10);
  // Both came with the group: the owner is one of them.
  expect([second.user.id, third.user.id]).toContain(group.ownerId);
});
