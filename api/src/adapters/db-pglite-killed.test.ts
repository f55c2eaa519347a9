import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { count } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { settings } from '../db/schema.ts';
import { openPglite } from './db-pglite.ts';

const WRITER = fileURLToPath(new URL('../../testing/write-until-killed.ts', import.meta.url));

it('has every committed row after the process was killed in the middle of writing', async () => {
  const home = await mkdtemp(join(tmpdir(), 'harmonium-killed-'));
  const folder = join(home, 'pg');
  const writer = spawn(process.execPath, [WRITER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let committed = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    committed = Number(line);
    if (committed === 200) writer.kill('SIGKILL');
  }
  if (writer.signalCode === null) await once(writer, 'exit');
  expect(writer.signalCode).toBe('SIGKILL');

  const database = await openPglite({ folder });
  const [stored] = await database.db.select({ rows: count() }).from(settings);
  await database.close();
  await rm(home, { recursive: true });
  // The one under way when the process died may have been committed without a word.
  expect([committed, committed + 1]).toContain(stored?.rows);
}, 120_000);
