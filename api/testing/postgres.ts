import { execFileSync } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type FragileService, freePort, run } from './service.ts';

/** Debian keeps PostgreSQL's programs out of the path, one folder a version. */
function programs(): string {
  const [newest] = globSync('/usr/lib/postgresql/*/bin').sort().reverse();
  if (newest !== undefined) return newest;
  throw new Error(
    'PostgreSQL is not installed: run "node .ci/prepare.ts" or "apt-get install postgresql"',
  );
}

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** An empty PostgreSQL of its own, in a temporary folder. */
export async function startPostgres(): Promise<FragileService> {
  const bin = programs();
  const user = owner();
  const folder = mkdtempSync(join(tmpdir(), 'harmonium-postgres-'));
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'harmonium', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { ...user, cwd: folder, stdio: 'pipe' },
  );

  const port = await freePort();
  const url = `postgres://harmonium@127.0.0.1:${port}/postgres`;
  const start = () =>
    run({
      command: join(bin, 'postgres'),
      parameters: ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F'],
      package: 'postgresql',
      options: { ...user, cwd: folder },
      stop: 'SIGINT',
      async isReady() {
        const client = new Client({ connectionString: url });
        await client.connect();
        await client.end();
      },
    });
  let stop = await start();
  return {
    url,
    stop: () => stop(),
    async start() {
      stop = await start();
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
