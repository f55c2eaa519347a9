import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { Deps } from '../deps.ts';
import { halfOf, pageMessages } from './page-messages.ts';
import type { PageQuery } from './page-messages.ts';
import { askUndrained, changesAny, idAfter, isWithin, joined } from './undrained.ts';
import type { Range } from './undrained.ts';

/**
 * A page of a channel's history as the room knows it, newest first, as the text of its JSON.
 * @param readerId whose reactions are told apart from those of others
 */
export async function readPage(
  deps: Pick<Deps, 'database' | 'rooms'>,
  channelId: Snowflake,
  readerId: Snowflake,
  query: PageQuery,
): Promise<string> {
  const ranges = rangesOf(query);
  const undrained = await askUndrained(deps, channelId, ranges);
  const page = await pageMessages(deps, channelId, readerId, query);
  if (!undrained.some(changesAny)) return page;
  const stored = JSON.parse(page) as Message[]; // Written by the statement.
  const messages = ranges.flatMap((range, at) => {
    const known = stored.filter(({ id }) => isWithin(range, id));
    const changes = undrained[at];
    return changes === undefined ? known : joined(known, changes, range, readerId);
  });
  return JSON.stringify(messages.sort((one, other) => compareSnowflakes(other.id, one.id)));
}

function rangesOf({ before, after, around, limit }: PageQuery): Range[] {
  if (around === undefined) return [{ before, after, first: after ? 'oldest' : 'newest', limit }];
  const half = halfOf(limit);
  const ranges: Range[] = [{ before: idAfter(around), first: 'newest', limit: half }];
  if (limit > half) ranges.push({ after: around, first: 'oldest', limit: limit - half });
  return ranges;
}
