import { SNOWFLAKE_EPOCH_MS, firstSnowflakeAt, isSnowflake } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { SearchPage, SearchQuery } from '@harmonium/api/search';
import type { SearchHas } from '@harmonium/api/search-has';
import { matches, searchTerms } from '@harmonium/api/search-terms';
import type { SearchTerm } from '@harmonium/api/search-terms';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { messages, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { messageOf } from '../messages/message-of.ts';
import { askUndrained, joined, only } from '../messages/undrained.ts';
import { userColumns } from '../users/user-of.ts';
import { beyond, findIds } from './found-ids.ts';
import type { Place, Wanted } from './found-ids.ts';
import { authorToken, hasToken, mentionToken, placeToken, searchedText } from './message-vector.ts';
import { searchCondition } from './search-condition.ts';

type Query = z.output<typeof SearchQuery>;

/** What is searched: channels in which the reader may read, of one server or conversation. */
interface Ground {
  scopeId: Snowflake;
  channelIds: readonly Snowflake[];
}

const UNCHANGED = { messages: [], removed: [], reactions: [] };
const NOTHING: SearchPage = { messages: [], cursor: null };

/** A page of what is found for somebody who may read all of the ground. */
export async function searchMessages(
  deps: Pick<Deps, 'database' | 'rooms'>,
  readerId: Snowflake,
  ground: Ground,
  query: Query,
): Promise<SearchPage> {
  const terms = searchTerms(query.query);
  const isWordless = query.query !== '' && terms.length === 0;
  if (isWordless || ground.channelIds.length === 0) return NOTHING;
  const found = await findIds(deps.database.db, wantedOf(ground, query, terms));
  return {
    messages: await readFound(deps, readerId, found.places, terms),
    cursor: found.cursor ?? null,
  };
}

function wantedOf(ground: Ground, query: Query, terms: readonly SearchTerm[]): Wanted {
  const { from, mentions, sort, limit, cursor } = query;
  const has = (query.has?.split(',') ?? []) as SearchHas[]; // By the pattern of the schema.
  const [single, ...others] = ground.channelIds;
  const facts = [
    placeToken(single !== undefined && others.length === 0 ? single : ground.scopeId),
    ...(from === undefined ? [] : [authorToken(from)]),
    ...(mentions === undefined ? [] : [mentionToken(mentions)]),
    ...has.filter((what) => what !== 'pin').map(hasToken),
  ];
  const wanted: Wanted = {
    ...ground,
    condition: searchCondition(facts, terms),
    has,
    after: query.after === undefined ? 0n : lastBefore(query.after),
    before: query.before === undefined ? BEYOND_ALL : firstOf(query.before),
    sort,
    limit,
  };
  return cursor === undefined ? wanted : narrowed(wanted, beyond(wanted, cursor));
}

/** A cursor never leads out of what was asked for. */
function narrowed(wanted: Wanted, { after, before }: Wanted): Wanted {
  return {
    ...wanted,
    after: after > wanted.after ? after : wanted.after,
    before: before < wanted.before ? before : wanted.before,
  };
}

const BEYOND_ALL = 2n ** 63n - 1n;
/** The last moment that an id can hold. */
const LAST_MOMENT = SNOWFLAKE_EPOCH_MS + 2 ** 41 - 1;

/** A message's own id, or the first one of a moment. */
function firstOf(since: string): bigint {
  if (isSnowflake(since)) return BigInt(since);
  return BigInt(firstSnowflakeAt(Math.min(Date.parse(since), LAST_MOMENT)));
}

function lastBefore(since: string): bigint {
  return isSnowflake(since) ? BigInt(since) : firstOf(since) - 1n;
}

/**
 * The messages of these places as they are now: what was removed or changed a moment ago, and is not
 * stored yet, is not found by its old words.
 */
async function readFound(
  deps: Pick<Deps, 'database' | 'rooms'>,
  readerId: Snowflake,
  places: readonly Place[],
  terms: readonly SearchTerm[],
): Promise<Message[]> {
  if (places.length === 0) return [];
  // Asked before the database is read, as for a page of history.
  const late = await askRooms(deps, places);
  const stored = await readStored(deps, places);
  return places.flatMap(({ id }, at) => {
    const known = stored.get(id);
    const changes = late[at] ?? UNCHANGED;
    const [message] = joined(known === undefined ? [] : [known], changes, only(id), readerId);
    const isFound = message?.removedAt === null && matches(terms, searchedText(message));
    return isFound ? [message] : [];
  });
}

/** What each room holds of its messages, in the order of the places. */
async function askRooms(deps: Pick<Deps, 'rooms'>, places: readonly Place[]) {
  const rooms = Map.groupBy(places, ({ channelId }) => channelId);
  const answers = await Promise.all(
    Array.from(rooms, async ([channelId, there]) => {
      const changes = await askUndrained(
        deps,
        channelId,
        there.map(({ id }) => only(id)),
      );
      return there.map(({ id }, at) => [id, changes[at]] as const);
    }),
  );
  const known = new Map(answers.flat());
  return places.map(({ id }) => known.get(id));
}

async function readStored(
  deps: Pick<Deps, 'database'>,
  places: readonly Place[],
): Promise<Map<Snowflake, Message>> {
  const channelIds = [...new Set(places.map(({ channelId }) => channelId))];
  const ids = places.map(({ id }) => id);
  const rows = await deps.database.db
    .select({ message: messages, author: userColumns })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.authorId))
    .where(and(inArray(messages.channelId, channelIds), inArray(messages.id, ids)));
  return new Map(rows.map(({ message, author }) => [message.id, messageOf(message, author)]));
}
