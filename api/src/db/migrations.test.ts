import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationsModule } from '../../bundle-migrations.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import * as schema from './schema.ts';

let client: PGlite;
let db: Database;
beforeAll(async () => {
  client = new PGlite();
  db = drizzle(client, { schema });
  await migrate(db);
}, 30_000);
afterAll(() => client.close());

test('the bundled migrations are the SQL files', async () => {
  const { readFile } = await import('node:fs/promises');
  const stored = await readFile(new URL('./migrations/index.ts', import.meta.url), 'utf8');
  expect(stored).toBe(await migrationsModule());
});

test('migrating twice changes nothing', async () => {
  await migrate(db);
  const applied = await client.query('select name from migrations');
  expect(applied.rows).toHaveLength(migrations.length);
});

test('a migration that fails leaves nothing behind', async () => {
  const broken = {
    name: '9999_broken',
    sql: 'create table half (id int);--> statement-breakpoint nonsense',
  };
  await expect(migrate(db, [...migrations, broken])).rejects.toThrow('nonsense');
  const half = await db.execute(sql`select to_regclass('half') as half`);
  expect(half).toMatchObject({ rows: [{ half: null }] });
});
