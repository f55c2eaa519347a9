import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

/** PostgreSQL through whichever driver: the same SQL is said to all of them. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** A database whose migrations have run. */
export interface OpenDatabase {
  db: Database;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
