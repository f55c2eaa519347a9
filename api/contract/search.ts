import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { Message } from './message.ts';
import { MAX_SEARCH_LENGTH, SEARCH_HAS } from './search-has.ts';

/** Messages of one page. */
export const MAX_FOUND = 25;

const HAS = `(?:${SEARCH_HAS.join('|')})`;

/** A message, or a moment; a day begins in UTC. */
const Since = z.union([Snowflake, z.iso.datetime({ offset: true }), z.iso.date()]);

/** What is looked for. Everything that is given has to hold. */
export const SearchQuery = z.object({
  /** Words, `"a phrase"`, `-word`. The last word finds what begins like it. */
  query: z.string().trim().max(MAX_SEARCH_LENGTH).default(''),
  /** Who wrote it. */
  from: Snowflake.optional(),
  /** Who is named in it. */
  mentions: Snowflake.optional(),
  /** Some of `SEARCH_HAS` with commas between them; each of them. */
  has: z
    .string()
    .regex(new RegExp(`^${HAS}(?:,${HAS}){0,6}$`))
    .optional(),
  before: Since.optional(),
  after: Since.optional(),
  sort: z.enum(['newest', 'oldest']).default('newest'),
  /** Where the page before ended. */
  cursor: Snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_FOUND).default(MAX_FOUND),
});
export type SearchQuery = z.input<typeof SearchQuery>;

/** As `SearchQuery`, in one channel of the server if it is said in which. */
export const ServerSearchQuery = SearchQuery.extend({ in: Snowflake.optional() });

export const SearchPage = z.object({
  messages: z.array(Message).max(MAX_FOUND),
  /**
   * Where to go on; null at the end. A page looks at so many messages and then ends: it may hold
   * fewer than asked for, or none, and there may be more.
   */
  cursor: Snowflake.nullable(),
});
export type SearchPage = z.infer<typeof SearchPage>;
