import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../../testing/postgres.ts';
import type { Service } from '../../testing/service.ts';
import { openPglite } from '../adapters/db-pglite.ts';
import { openPostgres } from '../adapters/db-postgres.ts';
import type { OpenDatabase } from '../db/database.ts';
import { openCommunity } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';

const MESSAGES = 100_000;

let postgres: Service;
let folder: string;
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'harmonium-sweep-'));
});
afterAll(async () => {
  await postgres.close();
  await rm(folder, { recursive: true });
});

describe.each([
  ['embedded', () => openPglite({ folder: join(folder, 'pg') })],
  ['PostgreSQL', () => openPostgres({ url: postgres.url })],
])('%s database', (_, open: () => Promise<OpenDatabase>) => {
  let database: OpenDatabase;
  let here: Community;
  beforeAll(async () => {
    database = await open();
    here = await openCommunity({ database });
  });
  afterAll(() => database.close());

  const count = async () => {
    const rows = await database.db.execute(sql`select count(*)::int as count from messages`);
    return (rows as { rows: { count: number }[] }).rows[0]?.count;
  };

  test('a server with 100,000 messages is gone at once, and holds nobody up while it is swept', async () => {
    const other = await here.again();
    await database.db.execute(sql`
      insert into messages (channel_id, id, author_id, content, created_at)
      select ${here.textId}::bigint, ${here.textId}::bigint + n, ${here.owner.user.id}::bigint,
        repeat('word ', 20), now()
      from generate_series(1, ${MESSAGES}) n`);
    expect(await count()).toBe(MESSAGES);

    const reads: number[] = [];
    const startedAt = performance.now();
    await here.owner.call('DELETE /api/servers/:id', { params: { id: here.serverId } });
    const answered = performance.now() - startedAt;
    const state = { isSwept: false };
    const swept = here.app.settled().then(() => (state.isSwept = true));
    while (!state.isSwept) {
      const before = performance.now();
      await here.owner.call('GET /api/servers/:id', { params: { id: other.serverId } });
      reads.push(performance.now() - before);
    }
    await swept;
    const slowest = Math.max(...reads);
    expect(await count()).toBe(0);
    expect(answered).toBeLessThan(1_000);
    expect(slowest).toBeLessThan(1_000);
    expect(reads.length).toBeGreaterThan(10);
  });
});
