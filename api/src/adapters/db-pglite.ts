import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import type { OpenDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import * as schema from '../db/schema.ts';
import { type Engine, startEngine } from './pglite/engine.ts';
import { lockFolder } from './pglite/folder-lock.ts';
import { startThread } from './pglite/start-thread.ts';
import { BackendStream } from './pglite/wire.ts';

/**
 * The embedded PostgreSQL, its data in a folder. It has one session: queries and transactions take
 * turns, and a transaction that waits for a query made outside of it waits for ever; the pool ends
 * such a wait with an error.
 */
export async function openPglite({ folder }: { folder: string }): Promise<OpenDatabase> {
  const home = resolve(folder);
  const unlock = lockFolder(home);
  try {
    if (!existsSync(home)) await createIn(home);
    return await open(await startThread(home), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The same in this thread and in memory, for tests. */
export async function openMemoryPglite(): Promise<OpenDatabase> {
  return open(await startEngine({}));
}

/**
 * Made beside its place and moved there when it is whole, by a thread that takes the memory it
 * needed with it when it ends.
 */
async function createIn(home: string) {
  const unfinished = `${home}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const engine = await startThread(unfinished);
  await engine.close();
  renameSync(unfinished, home);
}

/** Milliseconds a query waits for its turn. */
const TURN_TIMEOUT_MS = 30_000;

async function open(engine: Engine, onClose: () => void = () => {}): Promise<OpenDatabase> {
  const pool = new Pool({
    stream: () => new BackendStream(engine),
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: TURN_TIMEOUT_MS,
  });
  // A lost connection is told to whoever uses it next; an 'error' nobody hears would end the process.
  pool.on('error', () => {});

  const db = drizzle(pool, { schema });
  await migrate(db);
  return {
    db,
    async ping() {
      await pool.query('select 1');
    },
    async close() {
      await pool.end();
      await engine.close();
      onClose();
    },
  };
}
