import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client as Postgres } from 'pg';
import { freePort } from '../../api/testing/service.ts';
import { startPostgres } from '../../api/testing/postgres.ts';
import { dumpRooms } from './rooms-dump.ts';
import { live, SECRETS } from './live.ts';
import type { Statement } from './statement.ts';

/**
 * `node deploy/upgrade/make.ts <checkout> <name>`: what an earlier version leaves on the disk, to be
 * taken over by later ones. The checkout has that version, with its dependencies installed.
 *
 * It runs as api and rooms apart, so that something can be said that only the rooms have; the folder
 * written is that of `npm start`.
 */

const [checkout = '', name = ''] = process.argv.slice(2);
if (checkout === '' || name === '') throw new Error('Say a checkout, and a name for the fixture.');
const fixture = join(import.meta.dirname, 'fixtures', name);
const dataDir = mkdtempSync(join(tmpdir(), 'harmonium-earlier-'));
const postgres = await startPostgres();
const [apiPort, roomsPort] = [await freePort(), await freePort()];
const parts: ChildProcess[] = [];

try {
  const environment = {
    ...SECRETS,
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    API_URL: `http://127.0.0.1:${apiPort}`,
    ROOMS_URL: `http://127.0.0.1:${roomsPort}`,
    RATE_LIMIT_SCALE: '100',
  };
  const rooms = start('rooms/src/main.ts', { ...environment, PORT: String(roomsPort) });
  const statements = join(dataDir, 'statements.ndjson');
  const recorder = ['--import', join(import.meta.dirname, 'record-statements.ts')];
  const api = start(
    'api/src/node.ts',
    { ...environment, PORT: String(apiPort), STATEMENTS: statements },
    recorder,
  );
  await answers(`${environment.API_URL}/api/config`);
  const remembered = await live({
    apiUrl: environment.API_URL,
    roomsUrl: environment.ROOMS_URL,
    stored: countMessages,
    stopApi: () => end(api, 'SIGTERM'),
  });
  await end(rooms, 'SIGKILL');

  rmSync(fixture, { recursive: true, force: true });
  mkdirSync(fixture, { recursive: true });
  writeFileSync(join(fixture, 'database.sql'), dumpDatabase());
  const storage = new DatabaseSync(join(dataDir, 'rooms/rooms.sqlite'));
  writeFileSync(join(fixture, 'rooms.sql'), dumpRooms(storage));
  storage.close();
  cpSync(join(dataDir, 'uploads'), join(fixture, 'uploads'), {
    recursive: true,
    filter: (path) => !path.includes('.partial'),
  });
  writeFileSync(join(fixture, 'statements.ndjson'), statementsOf(statements));
  writeFileSync(join(fixture, 'remembered.json'), `${JSON.stringify(remembered, undefined, 2)}\n`);
} finally {
  for (const part of parts) part.kill('SIGKILL');
  await postgres.close();
  rmSync(dataDir, { recursive: true, force: true });
}

function start(
  file: string,
  environment: Record<string, string>,
  options: string[] = [],
): ChildProcess {
  const child = spawn(process.execPath, [...options, file], {
    cwd: checkout,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: 'inherit',
  });
  parts.push(child);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await fetch(url).catch(() => undefined))?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`${url} does not answer`);
}

async function countMessages(): Promise<number> {
  const client = new Postgres({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from messages',
  );
  await client.end();
  return rows[0]?.count ?? 0;
}

/** Every change in its order, and of what is only read one of a kind; not those that made the tables. */
function statementsOf(file: string): string {
  const seen = new Set<string>();
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const kept = lines.filter((line) => {
    const { text } = JSON.parse(line) as Statement; // The recorder writes nothing else.
    if (/\bmigrations\b|pg_advisory|^\s*(create|alter|begin|commit)\b/i.test(text)) return false;
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew || !/^\s*select\b/i.test(text);
  });
  return kept.map((line) => `${line}\n`).join('');
}

/** With nothing in it that psql alone understands. */
function dumpDatabase(): string {
  const options = ['--inserts', '--no-owner', '--no-privileges', '--no-comments', postgres.url];
  const dump = execFileSync('pg_dump', options, { encoding: 'utf8' });
  return dump.replace(/^(\\.*|SET transaction_timeout.*)$/gm, '');
}
