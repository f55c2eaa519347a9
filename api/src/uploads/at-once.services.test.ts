import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../../testing/postgres.ts';
import type { Service } from '../../testing/service.ts';
import { openPostgres } from '../adapters/db-postgres.ts';
import { attachments } from '../db/schema.ts';
import type { OpenDatabase } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { noMeter } from '../meter.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import { sweepFiles } from './sweep-files.ts';

// The embedded database has one session and lets nothing happen at once; these rules need more.
let postgres: Service;
let database: OpenDatabase;
let here: Community;
const uploadQuota = { user: 1000, instance: 0 };
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openPostgres({ url: postgres.url });
  here = await openCommunity({ database, uploadQuota });
  here.app.deps.instance.limits.uploadSize = 1000;
});
afterAll(async () => {
  await database.close();
  await postgres.close();
});

const promise = (size: number) =>
  here.owner.call('POST /api/uploads', { body: { channelId: here.textId, name: 'a', size } });

test('thirty who come at once do not get past a quota', async () => {
  const all = await Promise.all(Array.from({ length: 30 }, () => outcome(promise(300))));
  expect(all.filter((one) => one === 'yes')).toHaveLength(3);
  expect(new Set(all)).toEqual(new Set(['yes', 'quota_reached']));
});

test('of several processes that sweep at once each file is counted once, and all are gone', async () => {
  await database.db.delete(attachments);
  uploadQuota.user = 0;
  await Promise.all(Array.from({ length: 20 }, () => promise(1)));
  await database.db.update(attachments).set({ state: 'gone', createdAt: new Date(0) });
  const kept = await promise(1);
  let deleted = 0;
  const meter = { ...noMeter, filesSwept: () => void (deleted += 1) };
  const files: Deps['files'] = { ...here.app.deps.files, delete: () => Promise.resolve() };
  const processes = Array.from({ length: 4 }, () => ({ ...database }));
  await Promise.all(
    processes.map((own) => sweepFiles({ ...here.app.deps, database: own, files, meter })),
  );
  expect(deleted).toBe(20);
  const left = await database.db.select({ id: attachments.id }).from(attachments);
  expect(left).toEqual([{ id: kept.id }]);
});
