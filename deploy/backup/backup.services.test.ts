import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgres } from '../../api/src/adapters/db-postgres.ts';
import type { OpenDatabase } from '../../api/src/db/database.ts';
import { startPostgres } from '../../api/testing/postgres.ts';
import type { Service } from '../../api/testing/service.ts';

const HUGE = '1182345678901234567';
const WORDS = 'Line\nbreak, "quote", \\, \u{1F600} and a tab\t';

describe('a backup', { timeout: 120_000 }, () => {
  let folder: string;
  /** Of the instance whose backup is made. */
  let old: { DATA_DIR: string; DATABASE_URL: string };
  let postgres: Service;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'harmonium-backup-'));
    postgres = await startPostgres();
    old = { DATA_DIR: join(folder, 'old'), DATABASE_URL: await newDatabase('old') };
    await makeInstance(old.DATA_DIR);
    await run('backup', old);
  });

  afterAll(async () => {
    await postgres?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function newDatabase(name: string): Promise<string> {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return postgres.url.replace(/\/postgres$/, `/${name}`);
  }

  /** Something of everything: rows with every kind of value, rooms, a picture, secrets. */
  async function makeInstance(dataDir: string): Promise<void> {
    const database = await openPostgres({ url: old.DATABASE_URL });
    await database.db.execute(sql`
      insert into users (id, username, username_key, email, password_hash, created_at)
      values (${HUGE}, ${WORDS}, 'mirela', 'mirela@example.org', 'hash', now())`);
    await database.db.execute(sql`
      insert into servers (id, name, owner_id, created_at)
      values (${HUGE}, 'Guild', ${HUGE}, now())`);
    await database.close();
    mkdirSync(join(dataDir, 'rooms'), { recursive: true });
    const rooms = new DatabaseSync(join(dataDir, 'rooms/rooms.sqlite'));
    rooms.exec(
      "PRAGMA user_version = 3; CREATE TABLE said (text); INSERT INTO said VALUES ('hello')",
    );
    rooms.close();
    mkdirSync(join(dataDir, 'uploads/ab'), { recursive: true });
    writeFileSync(join(dataDir, 'uploads/ab/picture'), Buffer.alloc(100_000, 7));
  }

  function run(act: 'backup' | 'restore', environment: Record<string, string>, from?: string) {
    const backups = join(folder, 'backups');
    const parameters = [
      join(import.meta.dirname, 'main.ts'),
      act,
      ...(from === undefined ? [] : [from]),
    ];
    const env = { PATH: process.env['PATH'], BACKUP_DIR: backups, ...environment };
    return promisify(execFile)(process.execPath, parameters, { env, cwd: folder });
  }

  async function expectAll(dataDir: string, database: OpenDatabase): Promise<void> {
    const users = await database.db.execute(sql`select id::text, username from users`);
    expect(users).toMatchObject({ rows: [{ id: HUGE, username: WORDS }] });
    await database.close();
    const rooms = new DatabaseSync(join(dataDir, 'rooms/rooms.sqlite'));
    expect(rooms.prepare('SELECT text FROM said').get()).toEqual({ text: 'hello' });
    expect(rooms.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
    rooms.close();
    expect(existsSync(join(dataDir, 'uploads/ab/picture'))).toBe(true);
    expect(existsSync(join(dataDir, 'secrets.json'))).toBe(true);
  }

  test('is restored on another machine, and says that it was compared', async () => {
    const there = { DATA_DIR: join(folder, 'there'), DATABASE_URL: await newDatabase('there') };
    const { stdout, stderr } = await run('restore', there);
    expect(stdout).toMatch(/is restored, and was compared: \d+ rows of \d+ tables, and 3 files/);
    expect(stderr).not.toContain('JWT_SECRET');
    await expectAll(there.DATA_DIR, await openPostgres({ url: there.DATABASE_URL }));
  });

  test('moves an instance into the embedded database, and out of it', async () => {
    const embedded = { DATA_DIR: join(folder, 'embedded') };
    await run('restore', embedded);
    const moving = join(folder, 'moving');
    await run('backup', embedded, moving);
    const there = { DATA_DIR: join(folder, 'moved'), DATABASE_URL: await newDatabase('moved') };
    const { stderr } = await run('restore', { ...there, JWT_SECRET: 'quite another one' }, moving);
    expect(stderr).toContain('JWT_SECRET is another');
    await expectAll(there.DATA_DIR, await openPostgres({ url: there.DATABASE_URL }));
  });

  test('is not put over what is there', async () => {
    await expect(run('restore', old)).rejects.toThrow(/is there already/);
    const other = { ...old, DATA_DIR: join(folder, 'fresh') };
    await expect(run('restore', other)).rejects.toThrow(/has accounts/);
  });

  test('that was altered is refused', async () => {
    const [name = ''] = readdirSync(join(folder, 'backups'));
    const bad = join(folder, 'bad');
    cpSync(join(folder, 'backups', name), bad, { recursive: true });
    appendFileSync(join(bad, 'uploads/ab/picture'), 'x');
    const restoring = run('restore', { ...old, DATA_DIR: join(folder, 'never') }, bad);
    await expect(restoring).rejects.toThrow(/is not what the backup says/);
    expect(existsSync(join(folder, 'never', 'rooms'))).toBe(false);
  });

  test('is not made while Harmonium runs', async () => {
    const rooms = new DatabaseSync(join(old.DATA_DIR, 'rooms/rooms.sqlite'));
    rooms.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    const before = readdirSync(join(folder, 'backups')).length;
    await expect(run('backup', old)).rejects.toThrow(/stop Harmonium first/);
    rooms.close();
    expect(readdirSync(join(folder, 'backups')).length).toBe(before);
  });
});
