import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';

/** Names the lock that two processes starting at once compete for; any constant does. */
const MIGRATION_LOCK = 7_302_418;

/**
 * Brings the database to the newest schema. All in one transaction under an advisory lock: several
 * processes may start at once, and one that dies half-way leaves nothing behind.
 */
export async function migrate(db: Database, list = migrations): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await tx.execute(
      sql`create table if not exists migrations (name text primary key, at timestamptz not null default now())`,
    );
    for (const migration of list) {
      const claimed = await tx.execute(
        sql`insert into migrations (name) values (${migration.name}) on conflict do nothing returning name`,
      );
      if (rowCount(claimed) === 0) continue;
      for (const statement of migration.sql.split('--> statement-breakpoint')) {
        await tx.execute(sql.raw(statement));
      }
    }
  });
}

/** Every driver we use answers with `{rows}`; the shared type does not say so. */
function rowCount(result: unknown): number {
  return (result as { rows: unknown[] }).rows.length;
}
