import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPglite } from '../../api/src/adapters/db-pglite.ts';
import { freePort } from '../../api/testing/service.ts';
import { Client } from '../../rooms/src/testing/client.ts';
import { connectSocket } from '../../rooms/src/testing/socket-client.ts';
import { Process } from '../testing/process.ts';

/** `docker compose` kills after 30 s. */
const STOPS_WITHIN_MS = 25_000;
const PASSWORD = 'a long enough password';

let dataDir: string;
let product: Process;
let url: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'harmonium-stopping-'));
});
afterEach(async () => {
  await product.stop('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(roomProcesses: number): Promise<void> {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  product = new Process(
    ['--max-semi-space-size=8', 'harmonium.ts', '--no-page'],
    {
      NODE_ENV: 'development',
      PORT: String(port),
      SFU_PORT: String(port + 1),
      SFU_WORKERS: '1',
      DATA_DIR: dataDir,
      ROOM_PROCESSES: String(roomProcesses),
      RATE_LIMIT_SCALE: '1000',
    },
    `${url}/health`,
  );
  await product.start();
}

async function person() {
  const body = { username: 'Mirela', email: 'mirela@example.org', password: PASSWORD };
  const { accessToken } = await createClient({ baseUrl: url, fetch })('POST /api/auth/register', {
    body,
  });
  return createClient({ baseUrl: url, fetch, token: () => accessToken });
}

type Call = Awaited<ReturnType<typeof person>>;

async function enter(call: Call, id: Snowflake): Promise<Client> {
  const { ticket } = await call('POST /api/channels/:id/ticket', { params: { id } });
  const client = new Client();
  await connectSocket(url.replace('http', 'ws'), 'main', id, ticket, undefined, client);
  await client.next('ready');
  return client;
}

/** Log-ins under way all the time, as long as they are let in. */
function logIns() {
  const outcomes: Promise<'answered' | 'cut' | 'refused'>[] = [];
  const one = async () => {
    const body = JSON.stringify({ login: 'Mirela', password: PASSWORD });
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const answer = await fetch(`${url}/api/auth/login`, { method: 'POST', headers, body });
    return answer.ok ? ('answered' as const) : ('refused' as const);
  };
  return {
    begin: () => outcomes.push(one().catch(() => 'cut' as const)),
    all: () => Promise.all(outcomes),
  };
}

/** In the database of a Harmonium that has ended. */
async function storedMessages(): Promise<string[]> {
  const database = await openPglite({ folder: join(dataDir, 'pg') });
  const rows = await database.db.query.messages.findMany();
  await database.close();
  return rows.map(({ content }) => content).sort();
}

test.each([1, 2])(
  'asked to stop while people talk, it ends in time, and nothing is lost (%i processes of rooms)',
  async (roomProcesses) => {
    await start(roomProcesses);
    const call = await person();
    const view = await call('POST /api/servers', { body: { name: 'Guild' } });
    const channelOf = (type: string) =>
      view.channels.find((channel) => channel.type === type)?.id ?? ('' as Snowflake);
    const talkers = await Promise.all([1, 2, 3].map(() => enter(call, channelOf('text'))));
    const params = { id: channelOf('voice') };
    const voice = await call('POST /api/channels/:id/voice', { params });
    const signalling = new WebSocket(`${url.replace('http', 'ws')}/sfu?ticket=${voice.ticket}`);
    const leftCall = new Promise<number>((resolve) => {
      signalling.addEventListener('close', ({ code }) => resolve(code));
    });
    await new Promise((resolve) => {
      signalling.addEventListener('message', resolve, { once: true });
    });

    let said = 0;
    const talking = setInterval(() => {
      for (const talker of talkers) talker.write(`Line ${(said += 1)}`);
    }, 5);
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    const { begin, all } = logIns();
    for (let at = 0; at < 10; at += 1) begin();
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    const ended = await product.stop();
    clearInterval(talking);

    expect(ended.code).toBe(0);
    expect(ended.ms).toBeLessThan(STOPS_WITHIN_MS);
    expect(await all()).toEqual(Array.from({ length: 10 }, () => 'answered'));
    expect(await leftCall).toBe(1001);
    expect(await Promise.all(talkers.map((talker) => talker.end()))).toEqual(
      talkers.map(() => 'going_away'),
    );
    const [witness] = talkers;
    const acknowledged = (witness?.all('message.created') ?? []).map(
      (event) => (event['message'] as { content: string }).content, // What it carries.
    );
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(await storedMessages()).toEqual(acknowledged.sort());
    expect(product.output).not.toMatch(/"level":(40|50|60)/);
  },
);
