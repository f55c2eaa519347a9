import { readFile, readdir, writeFile } from 'node:fs/promises';

/**
 * Writes `migrations/index.ts` from the SQL files that drizzle-kit made: a Worker has no file
 * system to read them from. Run by `npm run migrations -w api`.
 */
const FOLDER = new URL('./src/db/migrations/', import.meta.url);

/** The module that belongs to the SQL files as they are now. */
export async function migrationsModule(): Promise<string> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const entries = await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      return `  {\n    name: '${name.replace('.sql', '')}',\n    sql: ${JSON.stringify(sql)},\n  },`;
    }),
  );
  return [
    '// Made by api/bundle-migrations.ts from the SQL files beside it.',
    'export const migrations: readonly { name: string; sql: string }[] = [',
    ...entries,
    '];\n',
  ].join('\n');
}

if (import.meta.main) await writeFile(new URL('index.ts', FOLDER), await migrationsModule());
