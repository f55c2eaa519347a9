import type { Snowflake } from '@harmonium/api/ids';
import type { SearchQuery } from '@harmonium/api/search';
import { searchTerms } from '@harmonium/api/search-terms';
import { sql } from 'drizzle-orm';
import { openPostgres } from '../api/src/adapters/db-postgres.ts';
import type { Database, OpenDatabase } from '../api/src/db/database.ts';
import { placeToken } from '../api/src/search/message-vector.ts';
import { searchCondition } from '../api/src/search/search-condition.ts';
import { openTestApp } from '../api/src/testing/test-app.ts';
import { startPostgres } from '../api/testing/postgres.ts';
import type { Figure, Measurement } from './measurement.ts';
import { fillCorpus, wordAt } from './search-corpus.ts';
import { median, percentile } from './statistics.ts';

const MESSAGES = Number(process.env['SEARCH_MESSAGES'] ?? 1_000_000);
const CHANNELS = 20;
const AUTHORS = 200;
const RUNS = 30;
const WARM_UP_RUNS = 3;
const AIM_MS = 100;

/** Finding among a million messages, through the whole api, in PostgreSQL. */
export const search: Measurement = {
  bare: 'one plain query for the youngest messages that fit, to the same database',
  async run(): Promise<Figure[]> {
    const postgres = await startPostgres();
    const database = await openPostgres({ url: postgres.url });
    try {
      return await measure(database);
    } finally {
      await database.close();
      await postgres.close();
    }
  },
};

async function measure(database: OpenDatabase): Promise<Figure[]> {
  const app = await openTestApp({ database, rateLimitScale: 1e9 });
  const owner = await app.register('owner');
  const { server, channels } = await owner.call('POST /api/servers', { body: { name: 'Old' } });
  const params = { id: server.id };
  const channelIds = channels.map(({ id }) => id);
  while (channelIds.length < CHANNELS) {
    const body = { name: `channel-${channelIds.length}`, type: 'text' as const };
    channelIds.push((await owner.call('POST /api/servers/:id/channels', { params, body })).id);
  }
  const authorIds = Array.from({ length: AUTHORS }, () => app.deps.ids.next());
  const ids = await fillCorpus(
    database.db,
    { serverId: server.id, channelIds, authorIds },
    MESSAGES,
  );
  const deep = ids[Math.floor(ids.length / 10)];
  const [channel] = channelIds;
  const [busy, quiet] = [authorIds[0], authorIds.at(-1)];

  const asks: [
    what: string,
    query: Omit<SearchQuery, 'sort'> & { in?: Snowflake; sort?: 'oldest' },
  ][] = [
    ['a rare word', { query: 'rareword ' }],
    ['a phrase', { query: '"rareword beside another"' }],
    ['a word of one in 300', { query: `${wordAt(30)} ` }],
    ['the most frequent word', { query: `${wordAt(0)} .` }],
    ['the same, far back', { query: `${wordAt(0)} .`, cursor: deep }],
    ['two frequent words', { query: `${wordAt(1)} ${wordAt(2)} .` }],
    ['two words that never meet', { query: `bygone rareword -"rareword" .` }],
    ['frequent once, never since', { query: 'bygone .' }],
    ['the same, oldest first', { query: 'bygone .', sort: 'oldest' }],
    ['beginning with two letters', { query: wordAt(40).slice(0, 2) }],
    ['one busy author', { from: busy }],
    ['one quiet author and a word', { from: quiet, query: `${wordAt(3)} .` }],
    ['a word in one channel', { in: channel, query: `${wordAt(300)} .` }],
    ['has a link', { has: 'link' }],
    ['has a file, nobody does', { has: 'file' }],
    ['everything, far back', { cursor: deep }],
  ];
  const figures: Figure[] = [];
  for (const [what, query] of asks) {
    const ask = async () => {
      await owner.call('GET /api/servers/:id/search', { params, query });
    };
    const { query: typed, ...filters } = query;
    const isPlain = typed !== undefined && Object.keys(filters).length === 0;
    const plainly = isPlain ? () => plain(database.db, server.id, typed) : undefined;
    figures.push(await figureOf(what, ask, plainly));
  }
  return figures;
}

async function figureOf(
  what: string,
  ask: () => Promise<void>,
  plainly: (() => Promise<unknown>) | undefined,
): Promise<Figure> {
  const [own, bare] = [[] as number[], [] as number[]];
  for (let run = 0; run < RUNS + WARM_UP_RUNS; run += 1) {
    own.push(await time(ask));
    if (plainly !== undefined) bare.push(await time(plainly));
  }
  const took = own.slice(WARM_UP_RUNS);
  return {
    what: `${what} (p95 ${percentile(took, 0.95).toFixed(0)} ms)`,
    unit: 'ms',
    value: median(took),
    ...(bare.length > 0 && { bare: median(bare.slice(WARM_UP_RUNS)) }),
    aim: { of: 'value', atMost: AIM_MS },
  };
}

function plain(db: Database, serverId: Snowflake, typed: string) {
  const condition = searchCondition([placeToken(serverId)], searchTerms(typed));
  return db.execute(sql`
    select m.* from message_words w
    join messages m on m.channel_id = w.channel_id and m.id = w.id
    where w.words @@ ${condition}::tsquery and w.scope_id = ${serverId}::bigint
    order by w.id desc limit 25`);
}

/** @returns milliseconds */
async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
