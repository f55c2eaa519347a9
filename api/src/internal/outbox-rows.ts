import type { OutboxEntry } from '@harmonium/api/internal';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

export type Entry<Op extends OutboxEntry['op']> = Extract<OutboxEntry, { op: Op }>;

/**
 * Rows as JSON are one parameter: a statement of 3,500 costs us ten times the time to build.
 * @param columns their names and types, as PostgreSQL has them
 */
export function rowsFrom(rows: readonly object[], columns: string): SQL {
  const text = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string' ? storable(value) : value,
  );
  return sql`json_to_recordset(${text}::json) as row(${sql.raw(columns)})`;
}

/**
 * PostgreSQL stores neither U+0000 nor half a character. The room has accepted the message, so it
 * is stored as near as can be: refusing it here would hold up everything behind it.
 */
function storable(text: string): string {
  return text.toWellFormed().replaceAll(String.fromCharCode(0), '\ufffd');
}
