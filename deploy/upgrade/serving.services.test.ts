import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../api/src/db/migrate.ts';
import { migrations } from '../../api/src/db/migrations/index.ts';
import * as schema from '../../api/src/db/schema.ts';
import { startPostgres } from '../../api/testing/postgres.ts';
import type { Service } from '../../api/testing/service.ts';
import type { Statement } from './statement.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

describe.each(readdirSync(fixtures))('an api %s', (name) => {
  let postgres: Service;
  let client: Client;

  beforeAll(async () => {
    postgres = await startPostgres();
    client = new Client({ connectionString: postgres.url });
    await client.connect();
    const db = drizzle(client, { schema });
    const dump = readFileSync(join(fixtures, name, 'database.sql'), 'utf8');
    const own = migrations.filter((migration) => dump.includes(`'${migration.name}'`));
    await migrate(db, own);
    await migrate(db);
  });
  afterAll(async () => {
    await client?.end();
    await postgres?.close();
  });

  test('goes on as ever while a newer one has brought the database up to date', async () => {
    const lines = readFileSync(join(fixtures, name, 'statements.ndjson'), 'utf8').split('\n');
    const statements = lines.filter(Boolean).map((line) => JSON.parse(line) as Statement); // Ours.
    const answered = async ({ text, values, rows }: Statement) => {
      const result = await client.query(text, values);
      return { text, rows: result.rowCount, expected: rows };
    };
    const others = [];
    for (const statement of statements) {
      const answer = await answered(statement);
      if (answer.rows !== answer.expected) others.push(answer);
    }
    expect(statements.some(({ text }) => text.includes('messages'))).toBe(true);
    expect(others).toEqual([]);
  });
});
