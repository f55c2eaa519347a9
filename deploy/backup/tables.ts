import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../../api/src/db/database.ts';
import type { TableEntry } from './manifest.ts';

/**
 * Tables as lines of JSON that PostgreSQL itself writes and reads: numbers never pass through ours,
 * which are too small for them, and either database takes what the other gave.
 */

const BATCH = 1_000;
const Names = z.object({ rows: z.array(z.object({ name: z.string() })) });
const Lines = z.object({ rows: z.array(z.object({ line: z.string() })) });
type Transaction = Pick<Database, 'execute'>;

/** Says that one state of all tables is read, in one order, and that times are said in one way. */
export async function beginReading(tx: Transaction): Promise<void> {
  await tx.execute(sql`set transaction isolation level repeatable read`);
  await tx.execute(sql`set local timezone to 'UTC'`);
  await tx.execute(sql`set local statement_timeout to 0`);
}

export async function tableNames(tx: Transaction): Promise<string[]> {
  const found = await tx.execute(sql`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename <> 'migrations' order by tablename`);
  return Names.parse(found).rows.map(({ name }) => name);
}

export async function migrationNames(tx: Transaction): Promise<string[]> {
  const found = await tx.execute(sql`select name from migrations order by name`);
  return Names.parse(found).rows.map(({ name }) => name);
}

/** @param file to write, gzipped; absent: it is only counted and hashed */
export async function readTable(tx: Transaction, name: string, file?: string): Promise<TableEntry> {
  const hash = createHash('sha256');
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    const row = sql`to_jsonb(t)::text collate "C"`;
    await tx.execute(
      sql`declare reading cursor for select ${row} as line from ${sql.identifier(name)} t order by 1`,
    );
    for (;;) {
      const batch = Lines.parse(
        await tx.execute(sql`fetch ${sql.raw(String(BATCH))} from reading`),
      );
      if (batch.rows.length === 0) break;
      rows += batch.rows.length;
      const text = batch.rows.map(({ line }) => `${line}\n`).join('');
      hash.update(text);
      yield text;
    }
    await tx.execute(sql`close reading`);
  }
  const source = Readable.from(lines());
  if (file === undefined) for await (const _ of source);
  else await pipeline(source, createGzip(), createWriteStream(file, { mode: 0o600 }));
  return { name, rows, sha256: hash.digest('hex') };
}

/** Fills an empty table with the lines of a file. */
export async function writeTable(tx: Transaction, name: string, file: string): Promise<void> {
  const table = sql.identifier(name);
  const columns = await writableColumns(tx, name);
  const list = sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
  const insert = async (lines: string[]) => {
    const rows = `[${lines.join(',')}]`;
    await tx.execute(sql`
      insert into ${table} (${list}) overriding system value
      select ${list} from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)`);
  };
  const input = createReadStream(file).pipe(createGunzip());
  let batch: string[] = [];
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    await insert(batch);
    batch = [];
  }
  if (batch.length > 0) await insert(batch);
}

/** What PostgreSQL computes by itself cannot be written. */
async function writableColumns(tx: Transaction, name: string): Promise<string[]> {
  const found = await tx.execute(sql`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${name} and is_generated = 'NEVER'
    order by ordinal_position`);
  return Names.parse(found).rows.map((column) => column.name);
}
