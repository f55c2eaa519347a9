import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../db/database.ts';
import { testDatabase } from '../db/db.suite.ts';
import { settings } from '../db/schema.ts';
import { openMemoryPglite, openPglite } from './db-pglite.ts';

/** The first start makes a whole PostgreSQL. */
const START_TIMEOUT_MS = 60_000;

let home: string;
let onDisk: OpenDatabase;
let inMemory: OpenDatabase;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'harmonium-pglite-'));
  [onDisk, inMemory] = await Promise.all([
    openPglite({ folder: join(home, 'shared') }),
    openMemoryPglite(),
  ]);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([onDisk.close(), inMemory.close()]);
  await rm(home, { recursive: true });
});

testDatabase('embedded, on disk', () => onDisk);
testDatabase('embedded, in memory', () => inMemory);

describe('the embedded database', { timeout: START_TIMEOUT_MS }, () => {
  it('has everything after it was closed and opened again', async () => {
    const folder = join(home, 'reopened');
    const first = await openPglite({ folder });
    await first.db.insert(settings).values({ name: 'kept', value: 'yes' });
    await first.close();
    const second = await openPglite({ folder });
    const rows = await second.db.select().from(settings).where(eq(settings.name, 'kept'));
    await second.close();
    expect(rows).toEqual([{ name: 'kept', value: 'yes' }]);
  });

  it('refuses a folder that is already open', async () => {
    const folder = join(home, 'shared');
    await expect(openPglite({ folder })).rejects.toThrow('is open in another process');
    await onDisk.ping();
  });

  it('never holds up the main thread, however long a query takes', async () => {
    let longestGap = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longestGap = Math.max(longestGap, now - last);
      last = now;
    }, 5);
    const started = performance.now();
    await onDisk.db.execute(sql`select sum(sqrt(n)) from generate_series(1, 3000000) n`);
    const took = performance.now() - started;
    clearInterval(timer);
    expect(took).toBeGreaterThan(200);
    expect(longestGap).toBeLessThan(took / 2);
  });
});
