import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import type { OpenDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import * as schema from '../db/schema.ts';

export interface PostgresOptions {
  url: string;
  /** Connections held at most. */
  connections?: number;
  /** Told when an idle connection is lost; the next query opens another. */
  onError?: (error: Error) => void;
}

const CONNECTIONS = 10;
/** A request that waits longer for a database is better refused. */
const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 30_000;

export async function openPostgres(options: PostgresOptions): Promise<OpenDatabase> {
  const pool = new Pool({
    connectionString: options.url,
    max: options.connections ?? CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  pool.on('error', (error) => options.onError?.(error));
  // The pool listens to idle connections only: one lost between two queries of a transaction would
  // end the process. The next query on it fails, and that is what its user is told.
  pool.on('connect', (client) => client.on('error', () => {}));

  const db = drizzle(pool, { schema });
  try {
    await migrate(db);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    db,
    async ping() {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}
