import type { DatabaseSync } from 'node:sqlite';

/** A small SQLite file as the statements that make it. */
export function dumpRooms(db: DatabaseSync): string {
  const tables = db
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .all();
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  const lines = [`PRAGMA user_version = ${version}`];
  for (const { name, sql } of tables) {
    lines.push(String(sql));
    for (const row of db.prepare(`SELECT * FROM ${String(name)}`).all()) {
      lines.push(
        `INSERT INTO ${String(name)} VALUES (${Object.values(row).map(literal).join(', ')})`,
      );
    }
  }
  return lines.map((line) => `${line};\n`).join('');
}

function literal(value: unknown): string {
  return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}
