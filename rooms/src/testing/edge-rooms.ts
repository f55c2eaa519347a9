import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { endWithUs } from '../../../api/testing/end-with-us.ts';
import { createHttpPublisher } from '../../contract/http-publisher.ts';
import { serveApi } from './api-server.ts';
import { FakeApi } from './fake-api.ts';
import { TEST_SECRET } from './fake-rooms.ts';
import { connectSocket } from './socket-client.ts';
import type { Rooms } from './world.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Its command; `exports` shows only what is imported. */
export const PARTYKIT = fileURLToPath(new URL('bin.mjs', import.meta.resolve('partykit/server')));
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
const START_TIMEOUT_MS = 60_000;

/** A way to run rooms in a local workerd. */
export interface EdgeRunner {
  name: string;
  /** @param folder where storage is kept */
  command(port: number, folder: string, variables: string[]): string[];
}

/** As PartyKit builds them. */
export const partyKit: EdgeRunner = {
  name: 'partykit dev',
  command: (port, folder, variables) => {
    const options = [`--port=${port}`, `--persist=${folder}`, '--no-hotkeys'];
    return [PARTYKIT, 'dev', ...options, '--disable-request-cf-fetch', '--var', ...variables];
  },
};

/** As they are deployed to Cloudflare. */
export const cloudflare: EdgeRunner = {
  name: 'wrangler dev',
  command: (port, folder, variables) => [
    WRANGLER,
    'dev',
    `--config=${join(ROOT, 'rooms/wrangler.toml')}`,
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--inspector-port=0',
    `--persist-to=${folder}`,
    '--log-level=error',
    '--show-interactive-dev-session=false',
    ...variables.map((variable) => `--var=${variable.replace('=', ':')}`),
  ],
};

export async function edgeRooms(runner: EdgeRunner): Promise<Rooms & { url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'harmonium-edge-'));
  const api = new FakeApi();
  const apiServer = await serveApi(api);
  const apiUrl = `http://127.0.0.1:${(apiServer.address() as AddressInfo).port}`;
  const port = await freePort();
  const origin = `127.0.0.1:${port}`;
  const tokens = createServiceTokens(TEST_SECRET);

  let workerd = await start(runner, port, folder, apiUrl);
  return {
    url: `ws://${origin}`,
    tickets: createTicketKeys(TEST_SECRET),
    api,
    publisher: createHttpPublisher({
      url: `http://${origin}`,
      issuer: 'api',
      serviceTokens: tokens,
      fetch,
    }),
    connect: (party, id, ticket, since, client) =>
      connectSocket(`ws://${origin}`, party, id, ticket, since, client),
    async restart() {
      await stop(workerd);
      workerd = await start(runner, port, folder, apiUrl);
    },
    async close() {
      await stop(workerd);
      apiServer.closeAllConnections();
      apiServer.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function start(
  runner: EdgeRunner,
  port: number,
  folder: string,
  apiUrl: string,
): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    runner.command(port, folder, [`JWT_SECRET=${TEST_SECRET}`, `API_URL=${apiUrl}`]),
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_UPDATE_NOTIFIER: '1', WRANGLER_SEND_METRICS: 'false' },
      // A group of its own, so that workerd ends with it.
      detached: true,
    },
  );
  endWithUs(child);
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`${runner.name} did not start:\n${said}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/parties/main/1`)).status === 405;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
