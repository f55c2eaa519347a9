import type { Snowflake } from '@harmonium/api/ids';
import type { SearchHas } from '@harmonium/api/search-has';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../db/database.ts';

/** Where a message is. */
export interface Place {
  channelId: Snowflake;
  id: Snowflake;
}

/** What is to be found, and where. */
export interface Wanted {
  /** One channel, or those of a scope: the server or the conversation. */
  scopeId: Snowflake;
  channelIds: readonly Snowflake[];
  /** As a `tsquery`. */
  condition: string;
  has: readonly SearchHas[];
  /** Bounds of ids, both exclusive. */
  after: bigint;
  before: bigint;
  sort: 'newest' | 'oldest';
  limit: number;
}

interface Found {
  places: Place[];
  /** Where to go on; undefined at the end. */
  cursor: Snowflake | undefined;
}

/** Messages that are looked at one after the other before the index of words is asked. */
const FIRST_STEPS = 2_000;
/** What the index may find without an order: so much is sorted in some milliseconds. */
const MAX_UNSORTED = 20_000;
/** Messages that are looked at when the index finds too much. */
const MORE_STEPS = 40_000;

/**
 * A page of what is wanted, in bounded time. What is frequent is found by going along the messages;
 * what is rare by the index of words, which knows no order. What is frequent elsewhere and rare here
 * is neither: then the page ends where the walk did, and the next one goes on from there.
 */
export async function findIds(db: Database, wanted: Wanted): Promise<Found> {
  if (wanted.has.includes('pin')) return pageOf((await byPins(db, wanted)).places, wanted);
  const first = await walk(db, wanted, FIRST_STEPS);
  if (first.places.length > wanted.limit) return pageOf(first.places, wanted);
  const { end } = first;
  if (end === undefined) return pageOf(first.places, wanted);
  const indexed = await byWords(db, wanted);
  if (indexed.total <= MAX_UNSORTED) return pageOf(indexed.places, wanted);
  const rest = await walk(db, beyond(wanted, end), MORE_STEPS);
  const found = pageOf([...first.places, ...rest.places], wanted);
  return { ...found, cursor: found.cursor ?? rest.end };
}

/** @param places one more than the limit when there are more */
function pageOf(places: readonly Place[], { limit }: Wanted): Found {
  const page = places.slice(0, limit);
  return { places: page, cursor: places.length > limit ? page.at(-1)?.id : undefined };
}

export function beyond(wanted: Wanted, id: Snowflake): Wanted {
  return wanted.sort === 'newest'
    ? { ...wanted, before: BigInt(id) }
    : { ...wanted, after: BigInt(id) };
}

/** @returns what was found on so many steps, and where they ended, if that is not the end of all */
async function walk(
  db: Database,
  wanted: Wanted,
  steps: number,
): Promise<{ places: Place[]; end: Snowflake | undefined }> {
  const path = sql`from message_words where ${scopeOf(wanted)} and ${rangeOf(wanted)}
    order by message_words.id ${directionOf(wanted)}`;
  const places = await rowsOf<Place>(
    db,
    sql`select channel_id::text as "channelId", id::text as id
    from (select * ${path} limit ${sql.raw(String(steps))}) as walked
    where words @@ ${wanted.condition}::tsquery and ${isIn(wanted)}
    order by walked.id ${directionOf(wanted)} limit ${oneMore(wanted)}`,
  );
  if (places.length > wanted.limit) return { places, end: undefined };
  const [last] = await rowsOf<Pick<Place, 'id'>>(
    db,
    sql`select id::text as id ${path} limit 1 offset ${sql.raw(String(steps - 1))}`,
  );
  return { places, end: last?.id };
}

type Unsorted = { total: number; places: Place[] };

async function byWords(db: Database, wanted: Wanted): Promise<Unsorted> {
  const limit = sql.raw(String(MAX_UNSORTED + 1));
  return sorted(
    db,
    wanted,
    sql`select channel_id, id from message_words
    where words @@ ${wanted.condition}::tsquery limit ${limit}`,
  );
}

/** There are few of them in a channel. */
async function byPins(db: Database, wanted: Wanted): Promise<Unsorted> {
  return sorted(
    db,
    wanted,
    sql`select w.channel_id, w.id
    from pins join message_words w on w.channel_id = pins.channel_id and w.id = pins.message_id
    where pins.channel_id = ${anyOf(wanted)} and w.words @@ ${wanted.condition}::tsquery`,
  );
}

async function sorted(db: Database, wanted: Wanted, hits: SQL): Promise<Unsorted> {
  const [row] = await rowsOf<Unsorted>(
    db,
    sql`with hits as materialized (${hits})
    select (select count(*)::int from hits) as total, (
      select coalesce(json_agg(json_build_object('channelId', channel_id::text, 'id', id::text)), '[]')
      from (
        select * from hits where ${isIn(wanted)} and ${rangeOf(wanted)}
        order by id ${directionOf(wanted)} limit ${oneMore(wanted)}
      ) page
    ) as places`,
  );
  return row ?? { total: 0, places: [] };
}

function scopeOf({ scopeId, channelIds: [only, ...others] }: Wanted): SQL {
  if (only !== undefined && others.length === 0) return sql`channel_id = ${only}::bigint`;
  return sql`scope_id = ${scopeId}::bigint`;
}

const isIn = (wanted: Wanted): SQL => sql`channel_id = ${anyOf(wanted)}`;
/** One parameter, however many they are. */
const anyOf = ({ channelIds }: Wanted): SQL =>
  sql`any(string_to_array(${channelIds.join(',')}, ',')::bigint[])`;
const rangeOf = ({ after, before }: Wanted): SQL =>
  sql`id > ${after.toString()}::bigint and id < ${before.toString()}::bigint`;
const directionOf = ({ sort }: Wanted): SQL => sql.raw(sort === 'newest' ? 'desc' : 'asc');
/** Written out: a limit that is a parameter is unknown to the plan. */
const oneMore = ({ limit }: Wanted): SQL => sql.raw(String(limit + 1));

async function rowsOf<Row>(db: Database, statement: SQL): Promise<Row[]> {
  const answer: unknown = await db.execute(statement);
  // Every driver we use answers with `{rows}`; the columns are those of the statement.
  return (answer as { rows: Row[] }).rows;
}
