import { SEARCH_HAS } from '@harmonium/api/search-has';
import type { User } from '@harmonium/api/user';
import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { displayName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/search.ts';
import type { RecentSearches } from './recent-searches.ts';
import { FILTER_KINDS, dayName, dayOf, filterValue, typedFilter } from './search.ts';
import type { Filter, FilterKind, Ground, Search } from './search.ts';

export interface Person {
  user: User;
  name: string;
}

/** A line under the field. */
export type Suggestion =
  | { about: 'kind'; kind: FilterKind }
  | { about: 'filter'; filter: Filter; label: string; person?: Person }
  | { about: 'recent'; search: Search };

/** Typing rests for this long before the server is asked, in milliseconds. */
const REST_MS = 150;
const SHOWN = 8;

/** What could come next in the field. */
export function createSuggestions(
  ground: () => Ground,
  search: () => Search,
  recent: () => RecentSearches,
) {
  const rooms = useRooms();
  const people = createPeople(ground, () => {
    const typed = typedFilter(search().text);
    return typed?.kind === 'from' || typed?.kind === 'mentions' ? typed.value : undefined;
  });
  const [forgotten, setForgotten] = createSignal(0);

  const channels = (value: string): Suggestion[] => {
    const { serverId } = ground();
    const state = serverId === undefined ? undefined : rooms.server(serverId);
    return (state?.structure.channels ?? [])
      .filter(({ name, type }) => type !== 'thread' && holds(name, value.replace(/^#/, '')))
      .slice(0, SHOWN)
      .map(({ id, name }) => chosen({ kind: 'in', id, name }, `#${name}`));
  };

  const items = createMemo((): Suggestion[] => {
    forgotten();
    const { text } = search();
    const typed = typedFilter(text);
    if (typed === undefined) {
      if (text.trim() !== '') return [];
      const kinds = FILTER_KINDS.filter((kind) => kind !== 'in' || ground().serverId !== undefined);
      return [
        ...kinds.map((kind): Suggestion => ({ about: 'kind', kind })),
        ...recent()
          .list()
          .map((one): Suggestion => ({ about: 'recent', search: one })),
      ];
    }
    const { kind, value } = typed;
    if (kind === 'in') return ground().serverId === undefined ? [] : channels(value);
    if (kind === 'has') return things(value);
    if (kind === 'from' || kind === 'mentions') {
      return people().map((person) =>
        chosen({ kind, id: person.user.id, name: person.name }, person.name, person),
      );
    }
    return days(kind, value);
  });

  return {
    items,
    /** Where nothing can be chosen for what is being typed: why. */
    nothing: (): string | undefined => {
      const kind = typedFilter(search().text)?.kind;
      if (kind === undefined || items().length > 0) return undefined;
      if (kind === 'in') return t('search.noChannel');
      if (kind === 'has') return t('search.noKind');
      return kind === 'from' || kind === 'mentions' ? t('search.nobody') : t('search.noDay');
    },
    forget: () => {
      recent().forget();
      setForgotten(forgotten() + 1);
    },
  };
}

function chosen(filter: Filter, label: string, person?: Person): Suggestion {
  return { about: 'filter', filter, label, ...(person && { person }) };
}

const holds = (name: string, typed: string): boolean =>
  name.toLowerCase().includes(typed.toLowerCase());

function things(value: string): Suggestion[] {
  return SEARCH_HAS.map((what) => ({ kind: 'has', what }) as const)
    .filter((filter) => holds(filter.what, value) || holds(filterValue(filter), value))
    .map((filter) => chosen(filter, filterValue(filter)));
}

function days(kind: 'before' | 'during' | 'after', value: string): Suggestion[] {
  const typed = dayOf(value);
  if (typed !== undefined) return [chosen({ kind, day: typed }, typed)];
  const back = (count: number) => {
    const day = new Date();
    day.setDate(day.getDate() - count);
    return dayName(day);
  };
  return [
    { label: t('search.today'), day: back(0) },
    { label: t('search.yesterday'), day: back(1) },
    { label: t('search.weekAgo'), day: back(7) },
    { label: t('search.monthAgo'), day: back(30) },
  ]
    .filter(({ label, day }) => holds(label, value) || day.startsWith(value))
    .map(({ label, day }) => chosen({ kind, day }, label));
}

/** Those whose name holds what is typed; nobody while nobody is asked for. */
function createPeople(ground: () => Ground, typed: () => string | undefined): () => Person[] {
  const rooms = useRooms();
  const call = useApi();
  const [found, setFound] = createSignal<Person[]>([]);
  let asking: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(asking));

  async function ask(serverId: string, value: string): Promise<void> {
    const members = await call('GET /api/servers/:id/members', {
      params: { id: serverId },
      query: { query: value.slice(0, 32), limit: SHOWN },
    }).catch(() => []);
    if (typed()?.replace(/^@/, '') !== value) return;
    setFound(members.map((member) => ({ user: member.user, name: displayName(member) })));
  }

  createEffect(
    on([typed, ground], ([value, { serverId, channelId }]) => {
      clearTimeout(asking);
      const name = value?.replace(/^@/, '');
      if (name === undefined) setFound([]);
      else if (serverId === undefined) {
        const users = rooms.direct()?.channel(channelId)?.participants ?? [];
        const fitting = users.filter(({ username }) => holds(username, name));
        setFound(fitting.map((user) => ({ user, name: user.username })));
      } else asking = setTimeout(() => void ask(serverId, name), name === '' ? 0 : REST_MS);
    }),
  );
  return found;
}
