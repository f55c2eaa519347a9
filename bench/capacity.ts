import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import { Client as Postgres } from 'pg';
import { freePort } from '../api/testing/service.ts';
import { startPostgres } from '../api/testing/postgres.ts';
import { COSTS } from '../deploy/capacity/costs.ts';
import { needsOf } from '../deploy/capacity/model.ts';
import { Process } from '../deploy/testing/process.ts';
import { childrenOf, cpuSeconds, residentBytes } from './children.ts';
import { enter } from './enter.ts';
import type { Figure, Measurement } from './measurement.ts';
import { pause } from './pause.ts';
import type { Socket } from './socket.ts';
import { toRoom } from './speech.ts';
import { channelPath, SECRET, serverPath } from './tickets.ts';

interface Shape {
  people: number;
  channels: number;
  /** A second, on all channels. */
  messages: number;
}

/** Of each channel. */
const WRITERS = 5;
const SECONDS = 15;
const SETTLE_MS = 3_000;
const CONNECTING_AT_ONCE = 50;
/** Two loads that differ in everything. */
const SHAPES: readonly Shape[] = [
  { people: 400, channels: 4, messages: 20 },
  { people: 1_600, channels: 16, messages: 80 },
];
/** Predicted and measured differ by no more than this. */
const WITHIN = 0.3;

/** What `npm run capacity` says, held against api, rooms and PostgreSQL that really bear it. */
export const capacity: Measurement = {
  bare: 'what the model of npm run capacity says of the same load',
  async run() {
    const figures: Figure[] = [];
    for (const shape of SHAPES) figures.push(...(await compare(shape)));
    return figures;
  },
};

async function compare(shape: Shape): Promise<Figure[]> {
  const { people, channels, messages } = shape;
  const measured = await drive(shape);
  const load = {
    users: people,
    online: 1,
    messages: measured.messages,
    audience: people / channels,
    busyChannels: channels,
    calls: 0,
    inCall: 0,
    uploads: 0,
  };
  // Nobody asks api for anything here, each holds two sockets, and frames are counted without packets.
  const said = needsOf(load, { ...COSTS, requestsAMinute: 0, socketsAPerson: 2, packetBytes: 0 });
  const name = `${people} people, ${messages} messages/s:`;
  const store = (of: typeof said.cores | typeof measured.cores) => of.api + of.database;
  const compared: [what: string, unit: string, value: number, bare: number][] = [
    ['CPU of rooms', 'cores', measured.cores.rooms, said.cores.rooms],
    ['CPU of api and PostgreSQL', 'cores', store(measured.cores), store(said.cores)],
    ['memory of rooms', 'MB', measured.memory.rooms, said.memory.rooms],
    ['memory of api', 'MB', measured.memory.api, said.memory.api],
    ['sent by rooms', 'Mbit/s', measured.megabits, said.megabits.chat],
  ];
  const off = compared.map(([, , value, bare]) => Math.abs(value / bare - 1));
  return [
    ...compared.map(([what, unit, value, bare]) => ({
      what: `${name} ${what}`,
      unit,
      value,
      bare,
    })),
    {
      what: `${name} furthest from what was said`,
      unit: '%',
      value: Math.max(...off) * 100,
      aim: { of: 'value', atMost: WITHIN * 100 },
    },
    { what: `${name} a stored message`, unit: 'bytes', value: measured.messageBytes },
  ];
}

async function drive(shape: Shape) {
  const folder = await mkdtemp(join(tmpdir(), 'harmonium-capacity-'));
  const postgres = await startPostgres();
  const [apiPort, roomsPort] = [await freePort(), await freePort()];
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const environment = {
    NODE_ENV: 'production',
    JWT_SECRET: SECRET,
    JWT_REFRESH_SECRET: `${SECRET}, refreshed`,
    DATABASE_URL: postgres.url,
    DATA_DIR: folder,
    API_URL: at(apiPort),
    ROOMS_URL: at(roomsPort),
    RATE_LIMIT_SCALE: '1000000',
  };
  const api = new Process(
    ['--max-semi-space-size=8', 'api/src/node.ts'],
    { ...environment, PORT: String(apiPort) },
    `${at(apiPort)}/api/config`,
  );
  const rooms = new Process(
    ['--max-semi-space-size=8', 'rooms/src/main.ts'],
    { ...environment, PORT: String(roomsPort) },
    `${at(roomsPort)}/health`,
  );
  const crowd = new Crowd(roomsPort);
  const database = new Postgres({ connectionString: postgres.url });
  try {
    await rooms.start();
    await api.start();
    await database.connect();
    await crowd.gather(await place(at(apiPort), shape.channels), shape);
    crowd.speak(shape.messages);
    await pause(SETTLE_MS);
    return await measure({ api, rooms, crowd, database });
  } finally {
    crowd.close();
    await database.end();
    await api.stop();
    await rooms.stop();
    await postgres.close();
    await rm(folder, { recursive: true });
  }
}

interface Driven {
  api: Process;
  rooms: Process;
  crowd: Crowd;
  database: Postgres;
}

async function measure(driven: Driven) {
  const { api, rooms, crowd, database } = driven;
  const state = async () => {
    const { rows } = await database.query<{ bytes: string; count: string }>(
      `select pg_database_size(current_database()) as bytes, (select count(*) from messages) as count`,
    );
    return {
      at: performance.now() / 1000,
      rooms: cpuSeconds(rooms.pid),
      api: cpuSeconds(api.pid),
      database: await databaseSeconds(database),
      sent: crowd.sent,
      heardBytes: crowd.heardBytes,
      bytes: Number(rows[0]?.bytes),
      count: Number(rows[0]?.count),
    };
  };
  const before = await state();
  await pause(SECONDS * 1000);
  const after = await state();
  const seconds = after.at - before.at;
  const rate = (key: keyof typeof after) => (after[key] - before[key]) / seconds;
  return {
    messages: rate('sent'),
    cores: { rooms: rate('rooms'), api: rate('api'), database: rate('database') },
    memory: { rooms: residentBytes(rooms.pid) / 1e6, api: residentBytes(api.pid) / 1e6 },
    megabits: (rate('heardBytes') * 8) / 1e6,
    messageBytes: (after.bytes - before.bytes) / Math.max(1, after.count - before.count),
  };
}

/** Of the server and all its sessions, which are its children. */
async function databaseSeconds(database: Postgres): Promise<number> {
  const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  const parent = parentOf(rows[0]?.pid ?? 0);
  return [parent, ...childrenOf(parent)].reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

interface Place {
  serverId: Snowflake;
  channelIds: Snowflake[];
}

/** A server with so many channels, as its owner makes it. */
async function place(apiUrl: string, channels: number): Promise<Place> {
  const fetchJson = (url: string, init: RequestInit) => fetch(url, init);
  const stranger = createClient({ baseUrl: apiUrl, fetch: fetchJson });
  const body = { username: 'owner', email: 'owner@example.org', password: 'a long enough one' };
  const { accessToken } = await stranger('POST /api/auth/register', { body });
  const call = createClient({ baseUrl: apiUrl, fetch: fetchJson, token: () => accessToken });
  const { server } = await call('POST /api/servers', { body: { name: 'A large place' } });
  const channelIds: Snowflake[] = [];
  for (let at = 0; at < channels; at += 1) {
    const channel = { name: `channel-${at}`, type: 'text' as const };
    const params = { id: server.id };
    channelIds.push((await call('POST /api/servers/:id/channels', { params, body: channel })).id);
  }
  return { serverId: server.id, channelIds };
}

/** People who each hold a socket to the server and one to a channel; some of each channel write. */
class Crowd {
  sent = 0;
  heardBytes = 0;
  readonly #port: number;
  readonly #sockets: Socket[] = [];
  readonly #writers: Socket[] = [];
  #clock: NodeJS.Timeout | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  async gather({ serverId, channelIds }: Place, { people }: Shape): Promise<void> {
    for (let at = 0; at < people; at += CONNECTING_AT_ONCE) {
      const some = Math.min(CONNECTING_AT_ONCE, people - at);
      const coming = Array.from({ length: some }, async (_, offset) => {
        const channelId = channelIds[(at + offset) % channelIds.length] ?? serverId;
        await this.#enter(await serverPath(serverId));
        const socket = await this.#enter(await channelPath(channelId, serverId));
        if (at + offset < channelIds.length * WRITERS) this.#writers.push(socket);
      });
      await Promise.all(coming);
    }
  }

  speak(perSecond: number): void {
    const began = performance.now();
    this.#clock = setInterval(() => {
      const due = ((performance.now() - began) / 1000) * perSecond;
      while (this.sent < due) {
        this.#writers[this.sent % this.#writers.length]?.send([toRoom((this.sent += 1))]);
      }
    }, 2);
  }

  close(): void {
    clearInterval(this.#clock);
    for (const socket of this.#sockets) socket.cut();
  }

  async #enter(path: string): Promise<Socket> {
    const socket = await enter({ name: 'rooms-server', port: this.#port }, path, {
      onText: (length) => (this.heardBytes += length),
    });
    this.#sockets.push(socket);
    return socket;
  }
}
