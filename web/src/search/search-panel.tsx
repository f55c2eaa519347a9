import { searchTerms } from '@harmonium/api/search-terms';
import X from 'lucide-solid/icons/x';
import { Show, createMemo, createSignal, on, createEffect } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { Segments } from '../design/segments.tsx';
import { useRooms } from '../room/rooms.tsx';
import { usePanels } from '../servers/panels.tsx';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/search.ts';
import { createResults } from './create-results.ts';
import type { Results, Sort } from './create-results.ts';
import { createSuggestions } from './create-suggestions.ts';
import { createFoundNames } from './found-names.ts';
import { createRecentSearches } from './recent-searches.ts';
import { NO_SEARCH, isNothing, queryOf } from './search.ts';
import type { Ground, Search } from './search.ts';
import { SearchField } from './search-field.tsx';
import { SearchResults } from './search-results.tsx';

/** Finding messages: a column beside the conversation, or all of a phone's screen. */
export function SearchPanel(props: { ground: Ground }) {
  const panels = usePanels();
  const session = useSession();
  const rooms = useRooms();
  const placeId = () => props.ground.serverId ?? props.ground.channelId;
  const [search, setSearch] = createSignal<Search>(NO_SEARCH);
  const [sought, setSought] = createSignal<Search>(NO_SEARCH);
  const [sort, setSort] = createSignal<Sort>('newest');
  const [opened, setOpened] = createSignal<string>();
  const recent = createMemo(() =>
    createRecentSearches(localStorage, session.user()?.id ?? '', placeId()),
  );
  const suggestions = createSuggestions(() => props.ground, search, recent);
  const names = createFoundNames(() => props.ground);
  const results = createResults();
  const ask = createAsk(() => props.ground);
  const terms = createMemo(() => searchTerms(sought().text.trim()));
  const place = () => {
    const { serverId, name } = props.ground;
    return (serverId && rooms.server(serverId)?.structure.server.name) ?? name;
  };

  function look(wanted: Search): void {
    setSearch(wanted);
    setSought(wanted);
    setOpened(undefined);
    if (isNothing(wanted)) {
      results.clear();
      return;
    }
    recent().keep(wanted);
    void results.start(ask(wanted, sort()));
  }

  // Another server: nothing of this one.
  createEffect(on(placeId, () => look(NO_SEARCH), { defer: true }));

  return (
    <aside
      role="search"
      aria-label={t('search.label')}
      class="pt-safe pb-safe z-30 flex w-[400px] shrink-0 flex-col bg-side [--surface:var(--side)] max-desktop:fixed max-desktop:inset-y-0 max-desktop:right-0 max-desktop:w-[min(100vw,420px)] max-desktop:shadow-float max-tablet:w-screen"
    >
      <div class="flex min-h-[52px] shrink-0 items-start gap-1 border-b border-line px-3 pt-2 pb-[7px]">
        <SearchField
          place={place()}
          search={search()}
          suggestions={suggestions.items()}
          nothing={suggestions.nothing()}
          onChange={(changed) => (isNothing(changed) ? look(changed) : setSearch(changed))}
          onSearch={look}
          onForget={suggestions.forget}
          onClose={panels.closeSearch}
        />
        <IconButton
          label={t('search.close')}
          class="mt-0.5 pointer-coarse:mt-1.5"
          onClick={() => panels.closeSearch()}
        >
          <X size={18} />
        </IconButton>
      </div>
      <Show when={results.state() !== 'none'}>
        <Head
          results={results}
          sort={sort()}
          onSort={(chosen) => {
            setSort(chosen);
            void results.start(ask(sought(), chosen));
          }}
        />
      </Show>
      <div
        class="min-h-0 flex-1 overflow-y-auto overscroll-contain"
        onKeyDown={(event) => event.key === 'Escape' && panels.closeSearch()}
      >
        <SearchResults
          results={results}
          serverId={props.ground.serverId}
          terms={terms()}
          names={names}
          opened={opened()}
          onOpen={(id) => {
            setOpened(id);
            if (!panels.isWide()) panels.closeSearch();
          }}
        />
      </div>
    </aside>
  );
}

/** How many there are, and in which order. */
function Head(props: { results: Results; sort: Sort; onSort: (sort: Sort) => void }) {
  const count = () => props.results.messages().length;
  return (
    <div class="flex shrink-0 items-center justify-between gap-3 px-4 pt-3 pb-1">
      <h2 role="status" class="min-w-0 truncate font-medium text-second">
        <Show when={count() > 0}>{t('search.found', count(), !props.results.hasMore())}</Show>
      </h2>
      <Segments
        label={t('search.sort')}
        value={props.sort}
        choices={[
          { value: 'newest', label: t('search.newest') },
          { value: 'oldest', label: t('search.oldest') },
        ]}
        onChange={props.onSort}
      />
    </div>
  );
}

/** How one search is asked for, page by page. */
function createAsk(ground: () => Ground) {
  const call = useApi();
  return (search: Search, sort: Sort) => {
    const { serverId, channelId } = ground();
    const query = { ...queryOf(search), sort };
    return (cursor: string | undefined) => {
      const asked = { ...query, ...(cursor !== undefined && { cursor }) };
      return serverId === undefined
        ? call('GET /api/channels/:id/search', { params: { id: channelId }, query: asked })
        : call('GET /api/servers/:id/search', { params: { id: serverId }, query: asked });
    };
  };
}
