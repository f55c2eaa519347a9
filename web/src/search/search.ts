import { SEARCH_HAS } from '@harmonium/api/search-has';
import type { SearchHas } from '@harmonium/api/search-has';
import type { SearchQuery } from '@harmonium/api/search';
import { t } from '../strings/search.ts';

/** Where is searched: a server, with the channel one is in, or a direct conversation. */
export interface Ground {
  /** Undefined: a direct conversation. */
  serverId: string | undefined;
  channelId: string;
  /** What it is called. */
  name: string;
}

/** Something that narrows a search down. */
export type Filter =
  | { kind: 'from' | 'mentions'; id: string; name: string }
  | { kind: 'in'; id: string; name: string }
  | { kind: 'has'; what: SearchHas }
  /** Days of the reader's calendar, as `2026-03-31`. */
  | { kind: 'before' | 'during' | 'after'; day: string };
export type FilterKind = Filter['kind'];

export interface Search {
  text: string;
  filters: readonly Filter[];
}

export const NO_SEARCH: Search = { text: '', filters: [] };

export const FILTER_KINDS = [
  'from',
  'in',
  'has',
  'mentions',
  'before',
  'during',
  'after',
] as const satisfies readonly FilterKind[];

export const isNothing = ({ text, filters }: Search): boolean =>
  text.trim() === '' && filters.length === 0;

/** The part of a filter after its colon. */
export function filterValue(filter: Filter): string {
  if (filter.kind === 'has') return t(`search.has.${filter.what}`);
  return 'day' in filter ? filter.day : filter.name;
}

export const filterWords = (filter: Filter): string =>
  `${t(`search.filter.${filter.kind}`)}: ${filterValue(filter)}`;

/** With one more; of most kinds there is one at a time. */
export function withFilter(filters: readonly Filter[], added: Filter): Filter[] {
  const gone = new Set<FilterKind>(REPLACES[added.kind]);
  const kept = filters.filter(
    (one) =>
      !gone.has(one.kind) && !(one.kind === 'has' && filterWords(one) === filterWords(added)),
  );
  return [...kept, added];
}

const REPLACES: Record<FilterKind, readonly FilterKind[]> = {
  from: ['from'],
  mentions: ['mentions'],
  in: ['in'],
  has: [],
  before: ['before', 'during'],
  after: ['after', 'during'],
  during: ['before', 'during', 'after'],
};

/** A filter that is being typed at the end of the field, as `from:mi`. */
export interface TypedFilter {
  kind: FilterKind;
  value: string;
  /** The text before it. */
  before: string;
}

export function typedFilter(text: string): TypedFilter | undefined {
  const found = /^(?:|.*\s)(\p{L}+):([^\s"]*)$/su.exec(text);
  const [, word = '', value = ''] = found ?? [];
  const kind = FILTER_KINDS.find((one) => t(`search.filter.${one}`) === word.toLowerCase());
  if (found === null || kind === undefined) return undefined;
  return { kind, value, before: text.slice(0, text.length - word.length - 1 - value.length) };
}

/** The day that was typed; undefined: there is no such day. */
export function dayOf(typed: string): string | undefined {
  if (!/^\d{4}-\d{1,2}-\d{1,2}$/.test(typed)) return undefined;
  const [year = 0, month = 1, date = 1] = typed.split('-').map(Number);
  const day = new Date(year, month - 1, date);
  return day.getMonth() === month - 1 && day.getDate() === date ? dayName(day) : undefined;
}

/** A day of the reader's calendar. */
export function dayName(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** When a day begins for the reader; `later` so many days after. */
function startOf(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** The search as the server is asked. */
export function queryOf({ text, filters }: Search): SearchQuery & { in?: string } {
  const query: SearchQuery & { in?: string } = { query: text.trim() };
  const has = SEARCH_HAS.filter((what) =>
    filters.some((filter) => filter.kind === 'has' && filter.what === what),
  );
  if (has.length > 0) query.has = has.join(',');
  for (const filter of filters) {
    if (filter.kind === 'has') continue;
    if ('id' in filter) query[filter.kind] = filter.id;
    else Object.assign(query, boundsOf(filter.kind, filter.day));
  }
  return query;
}

function boundsOf(kind: 'before' | 'during' | 'after', day: string) {
  return {
    ...(kind !== 'after' && { before: startOf(day, kind === 'during' ? 1 : 0) }),
    // A message of that very moment counts.
    ...(kind !== 'before' && { after: startOf(day, kind === 'after' ? 1 : 0) }),
  };
}
