import { Client } from 'pg';
import { expect, it } from 'vitest';
import { startPostgres } from '../../testing/postgres.ts';
import { migrations } from '../db/migrations/index.ts';
import { openPostgres } from './db-postgres.ts';
import { lookAtPostgres } from './look-postgres.ts';

it('tells what a database is and lacks, and leaves it as it was', async () => {
  const postgres = await startPostgres();
  try {
    const empty = await lookAtPostgres(postgres.url);
    expect(empty.missing).toBe(migrations.length);
    expect(Number.parseInt(empty.version)).toBeGreaterThanOrEqual(14);
    expect(Math.abs(empty.now - Date.now())).toBeLessThan(60_000);
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    const tables = await client.query(`select 1 from pg_tables where schemaname = 'public'`);
    await client.end();
    expect(tables.rowCount).toBe(0);
    const opened = await openPostgres({ url: postgres.url });
    await opened.close();
    expect(await lookAtPostgres(postgres.url)).toMatchObject({ missing: 0 });
  } finally {
    await postgres.close();
  }
});

it('throws when nobody answers there', async () => {
  await expect(lookAtPostgres('postgres://nobody@127.0.0.1:1/none')).rejects.toThrow(
    'ECONNREFUSED',
  );
});
