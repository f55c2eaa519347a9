import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { SearchHas } from '@harmonium/api/search-has';
import { tokensOf, wordsOf } from '@harmonium/api/search-words';

type Told = Pick<Message, 'content' | 'mentions' | 'attachments' | 'embeds'>;

/** Tokens that are no words: a word begins with none of these signs. */
export const authorToken = (userId: Snowflake): string => `@${userId}`;
export const mentionToken = (userId: Snowflake): string => `>${userId}`;
export const placeToken = (id: Snowflake): string => `=${id}`;
export const hasToken = (what: SearchHas): string => `#${what}`;

/** PostgreSQL keeps no places after this one. */
const LAST_PLACE = 16_383;
const LINK = /https?:\/\/[^\s<>]/i;

/** What can be found of a message by words: what it says, and the names of its files. */
export function searchedText({ content, attachments = [] }: Told): string {
  return [content, ...attachments.map(({ name }) => name)].join('\n');
}

/**
 * A message as a `tsvector`, in its text form. Made here and not by the database: what is a letter, and
 * which ones are alike, would be another thing in each database and locale.
 */
export function messageVector(
  message: Told & { authorId: Snowflake },
  places: readonly Snowflake[],
): string {
  const at = new Map<string, number[]>();
  for (const token of tokensOf(wordsOf(searchedText(message)))) {
    const known = at.get(token.text) ?? [];
    if (token.at < LAST_PLACE) at.set(token.text, [...known, token.at + 1]);
  }
  const words = Array.from(at, ([text, found]) => `${quoted(text)}:${found.join(',')}`);
  const facts = [
    authorToken(message.authorId),
    ...new Set(places.map(placeToken)),
    ...(message.mentions?.users ?? []).map(mentionToken),
    ...thingsIn(message).map(hasToken),
  ];
  return [...words, ...facts.map(quoted)].join(' ');
}

function thingsIn({ content, attachments = [], embeds = [] }: Told): SearchHas[] {
  const kinds = (['image', 'video', 'audio'] as const).filter((kind) =>
    attachments.some(({ type }) => type.startsWith(`${kind}/`)),
  );
  return [
    ...kinds,
    ...(attachments.length > 0 ? (['file'] as const) : []),
    ...(LINK.test(content) ? (['link'] as const) : []),
    ...(embeds.length > 0 ? (['embed'] as const) : []),
  ];
}

/** A token as it stands in a `tsvector` or a `tsquery`. */
export function quoted(token: string): string {
  return `'${token.replaceAll(/['\\]/g, '$&$&')}'`;
}
