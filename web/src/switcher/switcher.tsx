import { Dialog } from '@kobalte/core/dialog';
import type { Snowflake } from '@harmonium/api/ids';
import { useNavigate } from '@solidjs/router';
import Hash from 'lucide-solid/icons/hash';
import Search from 'lucide-solid/icons/search';
import Volume2 from 'lucide-solid/icons/volume-2';
import {
  For,
  Match,
  Show,
  Switch,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  on,
} from 'solid-js';
import { DirectAvatar } from '../direct/direct-avatar.tsx';
import { Avatar } from '../design/avatar.tsx';
import { useToasts } from '../design/toast.tsx';
import { useRooms } from '../room/rooms.tsx';
import { ServerIcon } from '../servers/server-icon.tsx';
import { t } from '../strings/switcher.ts';
import { createPlaces } from './create-places.ts';
import { findPlaces } from './find-places.ts';
import type { Place } from './find-places.ts';

interface SwitcherProps {
  /** Addresses visited last, youngest first. */
  recent: readonly string[];
  onClose: () => void;
}

/** Goes anywhere by its name: arrows choose, Enter goes. */
export function Switcher(props: SwitcherProps) {
  const rooms = useRooms();
  const navigate = useNavigate();
  const toasts = useToasts();
  const places = createPlaces();
  const id = createUniqueId();
  const opener = document.activeElement;
  const [typed, setTyped] = createSignal('');
  const [at, setAt] = createSignal(0);
  let list: HTMLDivElement | undefined;
  let hasGone = false;
  const found = createMemo(() => findPlaces(places(), { typed: typed(), recent: props.recent }));
  const idOf = (index: number) => `${id}-${index}`;
  createEffect(on(typed, () => setAt(0)));

  function step(by: number): void {
    const { length } = found();
    if (length === 0) return;
    setAt((length + at() + by) % length);
    list?.querySelector(`#${CSS.escape(idOf(at()))}`)?.scrollIntoView({ block: 'nearest' });
  }

  async function go(place: Place | undefined): Promise<void> {
    if (place === undefined) return;
    hasGone = true;
    props.onClose();
    try {
      const path = place.path ?? (await conversationWith(place.id));
      if (path !== undefined) navigate(path);
    } catch {
      toasts.complain(t('switcher.failed'));
    }
  }

  async function conversationWith(userId: string): Promise<string | undefined> {
    const opened = await rooms.direct()?.open([userId as Snowflake]); // An id of the lists.
    return opened === undefined ? undefined : `/direct/${opened.id}`;
  }

  function takeKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Enter') void go(found()[at()]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Dialog.Content
          aria-label={t('switcher.title')}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Elsewhere the field of what is shown there has the focus.
            if (!hasGone && opener instanceof HTMLElement && opener.isConnected) opener.focus();
          }}
          class="fixed inset-x-0 top-[12dvh] z-50 mx-auto flex max-h-[70dvh] w-[min(560px,calc(100vw-24px))] animate-rise flex-col overflow-hidden rounded-large border border-line bg-side shadow-float outline-none [--surface:var(--side)] max-tablet:top-3"
        >
          <div class="relative shrink-0 border-b border-line">
            <Search size={18} class="pointer-events-none absolute top-[19px] left-4 text-third" />
            <input
              type="text"
              role="combobox"
              aria-label={t('switcher.title')}
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={found().length > 0 ? idOf(at()) : undefined}
              aria-autocomplete="list"
              autocomplete="off"
              spellcheck={false}
              placeholder={t('switcher.placeholder')}
              class="h-14 w-full bg-transparent pr-4 pl-11 text-title text-ink outline-none placeholder:text-third focus-visible:outline-none"
              value={typed()}
              onInput={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={takeKey}
            />
          </div>
          <div
            ref={(element) => (list = element)}
            id={`${id}-list`}
            role="listbox"
            aria-label={typed() === '' ? t('switcher.recent') : t('switcher.found')}
            class="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2"
          >
            <For
              each={found()}
              fallback={
                <p role="status" class="px-3 py-5 text-center wrap-anywhere text-second">
                  {typed().trim() === ''
                    ? t('switcher.nothingYet')
                    : t('switcher.nothing', typed().trim())}
                </p>
              }
            >
              {(place, index) => (
                <div
                  id={idOf(index())}
                  role="option"
                  aria-selected={index() === at()}
                  class="flex h-11 cursor-pointer items-center gap-3 rounded-medium px-3"
                  classList={{ 'bg-raised-more': index() === at() }}
                  onPointerMove={() => setAt(index())}
                  onClick={() => void go(place)}
                >
                  <span aria-hidden="true" class="grid size-6 shrink-0 place-items-center">
                    <Sign place={place} />
                  </span>
                  <span
                    class="truncate text-message"
                    classList={{
                      'font-bold text-ink': place.unread,
                      'text-second': !place.unread && index() !== at(),
                      'text-ink': index() === at(),
                    }}
                  >
                    {place.name}
                  </span>
                  <Show when={place.mentions > 0}>
                    <span
                      aria-label={t('switcher.mentions', place.mentions)}
                      class="grid h-[18px] min-w-[18px] shrink-0 place-items-center rounded-full bg-danger px-1.5 text-[11px] font-bold text-on-danger"
                    >
                      {place.mentions}
                    </span>
                  </Show>
                  <Show when={place.unread && place.mentions === 0}>
                    <span
                      role="img"
                      aria-label={t('switcher.unread')}
                      class="size-2 shrink-0 rounded-full bg-ink"
                    />
                  </Show>
                  <span
                    class="ml-auto min-w-0 truncate pl-3 text-label"
                    classList={{
                      'text-second': index() === at(),
                      'text-third': index() !== at(),
                    }}
                  >
                    {place.hint}
                  </span>
                </div>
              )}
            </For>
          </div>
          <p class="flex shrink-0 gap-4 border-t border-line px-4 py-2.5 text-label text-third max-tablet:hidden">
            <Hint sign="#" words={t('switcher.hint')} />
            <Hint sign="@" words={t('switcher.hintPeople')} />
            <Hint sign="*" words={t('switcher.hintServers')} />
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

function Hint(props: { sign: string; words: string }) {
  return (
    <span>
      <kbd class="mr-1 rounded-small border border-line bg-raised px-1.5 font-sans font-medium text-ink">
        {props.sign}
      </kbd>
      {props.words}
    </span>
  );
}

function Sign(props: { place: Place }) {
  const rooms = useRooms();
  const server = () =>
    props.place.kind === 'server'
      ? rooms.servers()?.find(({ id }) => id === props.place.id)
      : undefined;
  const direct = () => {
    const held = rooms.direct();
    const channel = props.place.kind === 'direct' ? held?.channel(props.place.id) : undefined;
    return held === undefined || channel === undefined ? undefined : { held, channel };
  };
  const person = () => {
    const { kind, id, name } = props.place;
    if (kind !== 'person') return undefined;
    const friend = rooms
      .direct()
      ?.relationships()
      ?.find(({ user }) => user.id === id)?.user;
    const members = (rooms.servers() ?? []).map((each) => rooms.members(each.id).get(id)?.user);
    return friend ?? members.find(Boolean) ?? { id, username: name, avatar: null };
  };
  return (
    <Switch fallback={<Hash size={18} class="text-third" />}>
      <Match when={props.place.kind === 'voice'}>
        <Volume2 size={18} class="text-third" />
      </Match>
      <Match when={server()}>
        {(each) => <ServerIcon server={each()} size={24} class="rounded-small text-[10px]" />}
      </Match>
      <Match when={direct()}>
        {(each) => <DirectAvatar channel={each().channel} direct={each().held} size={24} />}
      </Match>
      <Match when={person()}>{(user) => <Avatar user={user()} size={24} />}</Match>
    </Switch>
  );
}
