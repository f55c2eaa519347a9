import type { Snowflake } from '@harmonium/api/ids';
import { For, Show, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { EmptyState } from '../design/empty-state.tsx';
import { createListing } from '../server-settings/create-listing.ts';
import { SearchField } from '../server-settings/search-field.tsx';
import { useServer } from '../server-settings/server-context.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { AdditionRow } from './addition-row.tsx';
import { createAdditions } from './create-additions.ts';
import { EmojiRow } from './emoji-row.tsx';
import { PictureDrop } from './picture-drop.tsx';
import { RemoveEmojiDialog } from './remove-dialog.tsx';

/** More than these are looked for by name. */
const SEARCH_FROM = 12;

/** The server's own emoji: added, renamed, deleted. They are as live as the server; who added them is asked. */
export function EmojiSection() {
  const state = useServer();
  const call = useApi();
  const [query, setQuery] = createSignal('');
  const [removing, setRemoving] = createSignal<Snowflake>();
  const serverId = () => state().structure.server.id;
  const all = () => state().structure.emojis;
  const shown = () =>
    all()
      .filter(({ name }) => name.includes(query().trim().toLowerCase()))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map(({ id }) => id);
  const byId = (id: Snowflake | undefined) => all().find((emoji) => emoji.id === id);

  const listing = createListing(() =>
    call('GET /api/servers/:id/emojis', { params: { id: serverId() } }),
  );
  const addedOf = (id: Snowflake) => {
    const listed = listing.items()?.find((emoji) => emoji.id === id);
    return listed && { by: listed.creator.username, at: listed.createdAt };
  };
  createEffect(
    on(
      () => all().some(({ id }) => listing.items() !== undefined && addedOf(id) === undefined),
      (isMissing) => isMissing && void listing.refresh(),
    ),
  );

  const additions = createAdditions({
    call,
    serverId,
    names: () => all().map(({ name }) => name),
    onAdded: () => void listing.refresh(),
  });
  onCleanup(additions.dispose);

  return (
    <>
      <p class="mb-4 text-second">{t('emojiSettings.sentence')}</p>
      <PictureDrop count={all().length} onFiles={additions.take} />
      <Show when={additions.list().length > 0}>
        <ul class="mt-3 grid gap-2">
          <For each={additions.list()}>
            {(addition) => (
              <AdditionRow addition={addition} onForget={() => additions.forget(addition.id)} />
            )}
          </For>
        </ul>
      </Show>
      <Show
        when={all().length > 0}
        fallback={
          <Show when={additions.list().length === 0}>
            <EmptyState
              title={t('emojiSettings.empty')}
              sentence={t('emojiSettings.emptySentence')}
            />
          </Show>
        }
      >
        <Show when={all().length > SEARCH_FROM}>
          <SearchField
            class="mt-4"
            label={t('emojiSettings.search')}
            value={query()}
            onInput={setQuery}
          />
        </Show>
        <ul
          class="mt-3 grid gap-x-8 tablet:grid-cols-[repeat(auto-fill,minmax(260px,1fr))]"
          aria-label={t('serverSettings.emoji')}
        >
          <For
            each={shown()}
            fallback={<li class="py-10 text-center text-second">{t('emojiSettings.none')}</li>}
          >
            {(id) => (
              <Show when={byId(id)}>
                {(emoji) => (
                  <EmojiRow emoji={emoji()} added={addedOf(id)} onRemove={() => setRemoving(id)} />
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
      <Show when={byId(removing())} keyed>
        {(emoji) => <RemoveEmojiDialog emoji={emoji} onClose={() => setRemoving(undefined)} />}
      </Show>
    </>
  );
}
