import { copyFileSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import type { Log } from '../host.ts';
import { createNodeHost, type NodeHost } from '../node/host.ts';
import { FakeHost, settle, silentLog } from './fake-host.ts';
import { TEST_SECRET } from './fake-rooms.ts';
import { connectSocket } from './socket-client.ts';
import type { Rooms } from './world.ts';
import { MoodyApi } from './moody-api.ts';

/** A host as a model drives it. */
export interface Stand extends Rooms {
  api: MoodyApi;
  now(): number;
  /** Sets the clock forward or back; nobody is told. */
  jump(milliseconds: number): Promise<void>;
  /** Time goes by, and what is due happens. */
  pass(milliseconds: number): Promise<void>;
  /** What is under way in the process comes to rest. */
  rest(): Promise<void>;
  /**
   * Ends the process in the middle of what it does, and starts another on what was durable.
   * @param cut called at the moment of the end
   */
  crash(cut: () => void): Promise<void>;
  bugs: unknown[];
}

/** So that nothing the models do is too much at once. */
const NO_FLOOD = 1e6;

export function fakeStand(): Stand {
  const api = new MoodyApi();
  const tickets = createTicketKeys(TEST_SECRET, () => host.now);
  const host = new FakeHost({ tickets, api, rateLimitScale: NO_FLOOD }, Date.UTC(2026, 0, 1));
  return {
    api,
    tickets,
    bugs: [],
    publisher: host.publisher,
    now: () => host.now,
    jump: (milliseconds) => host.jump(milliseconds),
    pass: (milliseconds) => host.advance(milliseconds),
    rest: settle,
    async connect(party, id, ticket, since, client) {
      client.attach(await host.connect(party, id, ticket, since, client));
    },
    restart: () => host.restart(),
    async crash(cut) {
      cut();
      await host.crash();
    },
    async close() {},
  };
}

/** The Node host with SQLite; a crash is a copy of its files between two ticks. */
export async function nodeStand(): Promise<Stand> {
  const folders: string[] = [];
  const bugs: unknown[] = [];
  const log: Log = { ...silentLog, error: (fields) => bugs.push(fields) };
  let skew = 0;
  const now = () => Date.now() + skew;
  const tickets = createTicketKeys(TEST_SECRET, now);
  const serviceTokens = createServiceTokens(TEST_SECRET);
  const api = new MoodyApi();
  const folder = async () => {
    folders.push(await mkdtemp(join(tmpdir(), 'harmonium-model-')));
    return folders.at(-1) ?? '';
  };
  let dataDir = await folder();
  let life = { over: false };
  const open = (): NodeHost => {
    const mine = { over: false };
    life = mine;
    return createNodeHost({
      dataDir,
      tickets,
      serviceTokens,
      now,
      log: mortalLog(log, mine),
      api: mortal(api, mine),
      rateLimitScale: NO_FLOOD,
    });
  };
  let host = open();
  const abandoned: NodeHost[] = [];
  const server = createServer();
  server.on('upgrade', (request, stream, head) => host.handleUpgrade(request, stream, head));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // It listens on a port.

  return {
    api,
    tickets,
    bugs,
    now,
    publisher: { publish: (...rest) => host.publisher.publish(...rest) },
    connect: (party, id, ticket, since, client) =>
      connectSocket(`ws://127.0.0.1:${port}`, party, id, ticket, since, client),
    async jump(milliseconds) {
      skew += milliseconds;
    },
    async pass(milliseconds) {
      skew += milliseconds;
      await pause(Math.min(milliseconds, 60));
    },
    rest: () => pause(3),
    async restart() {
      await host.close();
      host = open();
    },
    async crash(cut) {
      const next = await folder();
      cut();
      life.over = true;
      for (const name of ['rooms.sqlite', 'rooms.sqlite-wal']) {
        if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(next, name));
      }
      abandoned.push(host);
      dataDir = next;
      host = open();
    },
    async close() {
      for (const each of [...abandoned, host]) await each.close();
      server.closeAllConnections();
      server.close();
      for (const each of folders) await rm(each, { recursive: true });
    },
  };
}

function mortal(api: MoodyApi, life: { over: boolean }): MoodyApi {
  return new Proxy(api, {
    get(target, name) {
      if (life.over) throw new Error('The process that asks is gone.');
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function mortalLog(log: Log, life: { over: boolean }): Log {
  return { ...log, error: (...rest) => (life.over ? undefined : log.error(...rest)) };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
