import { Client } from 'pg';
import { migrations } from '../db/migrations/index.ts';

const CONNECT_TIMEOUT_MS = 5_000;

interface Look {
  /** As `16.4`. */
  version: string;
  /** The database's clock, milliseconds since the Unix epoch. */
  now: number;
  /** Migrations that the next start will run. */
  missing: number;
}

/** Looks at a database without changing it. Throws when it does not answer. */
export async function lookAtPostgres(url: string): Promise<Look> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: CONNECT_TIMEOUT_MS,
  });
  // Lost while it is asked: the question fails, and that is what is told.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; now: string; known: boolean }>(`
      select current_setting('server_version') as version,
        extract(epoch from clock_timestamp()) * 1000 as now,
        to_regclass('migrations') is not null as known`);
    const [row] = rows;
    if (row === undefined) throw new Error('the database answered nothing');
    const [version = ''] = row.version.split(' ');
    const done = row.known ? await namesOf(client) : new Set<string>();
    const missing = migrations.filter(({ name }) => !done.has(name)).length;
    return { version, now: Number(row.now), missing };
  } finally {
    await client.end();
  }
}

async function namesOf(client: Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>('select name from migrations');
  return new Set(rows.map(({ name }) => name));
}
