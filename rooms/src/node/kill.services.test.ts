import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Message } from '@harmonium/api/message';
import { createTicketKeys } from '@harmonium/api/ticket';
import { expect, onTestFinished, test, vi } from 'vitest';
import { serveApi } from '../testing/api-server.ts';
import { Client } from '../testing/client.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { TEST_SECRET } from '../testing/fake-rooms.ts';
import { channelTicket, someId, someone } from '../testing/people.ts';
import { connectSocket } from '../testing/socket-client.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const KILLS = 5;
const WRITERS = 30;
/** What a writer has unanswered after all the kills is within the nonces that a room keeps of them. */
const MESSAGES_A_ROUND = 80;

interface Process {
  child: ChildProcess;
  url: string;
}

async function start(dataDir: string, apiUrl: string, processes: number): Promise<Process> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PORT: '0',
      JWT_SECRET: TEST_SECRET,
      DATA_DIR: dataDir,
      API_URL: apiUrl,
      ROOM_PROCESSES: String(processes),
      RATE_LIMIT_SCALE: '1000000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The rooms did not open.')));
    child.stdout.on('data', (line) => {
      const found = /"port":(\d+)/.exec(String(line))?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { child, url: `ws://127.0.0.1:${port}` };
}

async function kill({ child }: Process): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test.each([
  [1, 'the one process'],
  [2, 'the parent of two'],
])(
  'kill -9 under load, %i in all (%s): nothing acknowledged is lost or there twice',
  async (processes) => {
    const folder = await mkdtemp(join(tmpdir(), 'harmonium-kill-'));
    const api = new FakeApi();
    const apiServer = await serveApi(api);
    const apiUrl = `http://127.0.0.1:${(apiServer.address() as AddressInfo).port}`;
    const tickets = createTicketKeys(TEST_SECRET);
    const channelId = someId();
    const writers = Array.from({ length: WRITERS }, (_, at) => ({
      claims: channelTicket(someone(`writer ${at}`), channelId),
      unanswered: [] as { nonce: string; content: string }[],
      written: 0,
    }));
    /** Acknowledged contents, by id. */
    const acknowledged = new Map<string, string>();

    let rooms: Process | undefined;
    onTestFinished(async () => {
      if (rooms !== undefined) await kill(rooms);
      apiServer.closeAllConnections();
      apiServer.close();
      await rm(folder, { recursive: true });
    });

    for (let round = 0; round <= KILLS; round += 1) {
      const { url } = (rooms = await start(folder, apiUrl, processes));
      const clients = await Promise.all(
        writers.map(async (writer) => {
          const client = new Client();
          const { ticket } = await tickets.issue(writer.claims, 60);
          await connectSocket(url, 'main', channelId, ticket, undefined, client);
          await client.next('ready');
          // What was not acknowledged is sent again, under the name that it had.
          for (const message of writer.unanswered)
            client.send({ type: 'message.send', ...message });
          for (let at = 0; at < MESSAGES_A_ROUND; at += 1) {
            const message = {
              nonce: crypto.randomUUID(),
              content: `${writer.claims.user.id} ${writer.written}`,
            };
            writer.written += 1;
            writer.unanswered.push(message);
            client.send({ type: 'message.send', ...message });
          }
          return client;
        }),
      );
      const stillUnanswered = (at: number) => {
        const answered = new Set(clients[at]?.heard.map((event) => event['nonce']));
        return writers[at]?.unanswered.filter(({ nonce }) => !answered.has(nonce)) ?? [];
      };
      const allAnswered = () => writers.every((_, at) => stillUnanswered(at).length === 0);
      if (round === KILLS) {
        await vi.waitUntil(allAnswered, { timeout: 30_000 });
      } else {
        // Some of it is under way, wherever that may be.
        const some = 20 + round * 150;
        await vi.waitUntil(() => (clients[0]?.heard.length ?? 0) > some, {
          interval: 1,
          timeout: 30_000,
        });
        await kill(rooms);
      }
      for (const [at, writer] of writers.entries()) {
        for (const event of clients[at]?.all('message.created') ?? []) {
          const message = event['message'] as Message;
          acknowledged.set(message.id, message.content);
        }
        writer.unanswered = stillUnanswered(at);
      }
      if (round === KILLS) {
        await vi.waitUntil(() => api.messages.size >= acknowledged.size, { timeout: 30_000 });
        await kill(rooms);
      }
    }

    const expected = writers.flatMap(({ claims, written }) =>
      Array.from({ length: written }, (_, at) => `${claims.user.id} ${at}`),
    );
    expect([...acknowledged.values()].sort()).toEqual(expected.sort());
    expect(new Map([...api.messages].map(([id, { content }]) => [id, content]))).toEqual(
      acknowledged,
    );
  },
  120_000,
);
