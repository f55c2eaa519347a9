import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceTokens } from '@harmonium/api/service-token';
import { sql } from 'drizzle-orm';
import { openPglite } from '../api/src/adapters/db-pglite.ts';
import { createLocalRooms } from '../api/src/adapters/rooms-local.ts';
import type { Database, OpenDatabase } from '../api/src/db/database.ts';
import type { Rooms } from '../api/src/rooms.ts';
import { openTestApp } from '../api/src/testing/test-app.ts';
import { createNodeHost } from '../rooms/src/node/host.ts';
import { createRoomsApi } from '../rooms/src/rooms-api.ts';
import type { Figure, Measurement } from './measurement.ts';
import { medians } from './statistics.ts';
import { SECRET, someId, ticketKeys } from './tickets.ts';

const MESSAGES = 100_000;
const PAGE = 50;
const LAST_PAGE = MESSAGES / PAGE;
const READS = 500;
const WARM_UP_READS = 100;

/** Turning the pages of a long history, through the whole api: token, rights, room, query, JSON. */
export const history: Measurement = {
  bare: 'the same rows by one query, through the same driver to the same database',
  async run(): Promise<Figure[]> {
    const folder = await mkdtemp(join(tmpdir(), 'harmonium-bench-'));
    const database = await openPglite({ folder: join(folder, 'pg') });
    const host = openRooms(join(folder, 'rooms'));
    try {
      const stats = async () => host.stats();
      return figures(
        await measure(database, createLocalRooms({ publisher: host.publisher, stats })),
      );
    } finally {
      await host.close();
      await database.close();
      await rm(folder, { recursive: true });
    }
  },
};

/** Rooms that are asked what they hold at every page; they hold nothing. */
function openRooms(dataDir: string) {
  const serviceTokens = createServiceTokens(SECRET);
  const api = createRoomsApi({
    baseUrl: '',
    tokens: serviceTokens,
    fetch: () => Promise.reject(new Error('No room here asks for anything.')),
  });
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return createNodeHost({ dataDir, tickets: ticketKeys, serviceTokens, api, log });
}

type Outcome = { first: number; last: number; bareFirst: number; bareLast: number };

function figures({ first, last, bareFirst, bareLast }: Outcome): Figure[] {
  const page = `page ${LAST_PAGE.toLocaleString('en')}`;
  return [
    {
      what: 'page 1',
      unit: '/s',
      value: first,
      bare: bareFirst,
      aim: { of: 'ratio', atLeast: 0.5 },
    },
    { what: page, unit: '/s', value: last, bare: bareLast, aim: { of: 'ratio', atLeast: 0.5 } },
    {
      what: `${page} against page 1`,
      unit: 'x',
      value: last / first,
      aim: { of: 'value', atLeast: 0.9 },
    },
  ];
}

async function measure(database: OpenDatabase, rooms: Rooms) {
  const app = await openTestApp({ database, rooms, rateLimitScale: 1e9 });
  const owner = await app.register('owner');
  const { channels } = await owner.call('POST /api/servers', { body: { name: 'Long' } });
  const channelId = BigInt(channels[0]?.id ?? 0);
  const newest = await fill(database.db, channelId, BigInt(owner.user.id));
  const beforeLast = newest - BigInt(MESSAGES - PAGE) + 1n;

  const read = async (before: bigint) => {
    const response = await app.fetch(
      `/api/channels/${channelId}/messages?limit=${PAGE}&before=${before}`,
      { headers: { authorization: `Bearer ${owner.accessToken}` } },
    );
    const page = await response.text();
    if (page.split('"content"').length !== PAGE + 1) throw new Error(page.slice(0, 200));
  };
  const query = (before: bigint) => database.db.execute(bareQuery(channelId, before));

  const works = {
    first: () => read(newest + 1n),
    bareFirst: () => query(newest + 1n),
    last: () => read(beforeLast),
    bareLast: () => query(beforeLast),
  };
  return rates(works);
}

/** One after the other in turns, so that whatever else the machine does meets them all. */
async function rates(works: Record<keyof Outcome, () => Promise<unknown>>): Promise<Outcome> {
  const runs: Outcome[] = [];
  for (let run = 0; run < READS; run += 1) {
    runs.push({
      first: await rate(works.first),
      bareFirst: await rate(works.bareFirst),
      last: await rate(works.last),
      bareLast: await rate(works.bareLast),
    });
  }
  return medians(runs.slice(WARM_UP_READS));
}

/** @returns the newest id; each of the others is one less than the next */
async function fill(db: Database, channelId: bigint, authorId: bigint): Promise<bigint> {
  const oldest = BigInt(someId());
  const text = 'x'.repeat(200);
  await db.execute(sql`
    insert into messages (channel_id, id, author_id, content, created_at)
    select ${channelId}::bigint, ${oldest}::bigint + n, ${authorId}::bigint, ${text}::text, now()
    from generate_series(0, ${MESSAGES - 1}::int) as n`);
  await db.execute(sql`analyze messages`);
  return oldest + BigInt(MESSAGES - 1);
}

function bareQuery(channelId: bigint, before: bigint) {
  return sql`
    select m.channel_id, m.id, m.author_id, m.content, m.created_at, m.edited_at, m.removed_at,
      u.id, u.username, u.avatar
    from messages m left join users u on u.id = m.author_id
    where m.channel_id = ${channelId} and m.id < ${before}
    order by m.id desc limit ${PAGE}`;
}

/** @returns how often a second, if it always took as long */
async function rate(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return 1000 / (performance.now() - started);
}
