import type { Member } from '@harmonium/api/member';
import Search from 'lucide-solid/icons/search';
import { For, Show, createEffect, createSignal, createUniqueId, on, onCleanup } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { displayName } from '../room/member-groups.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';

/** Typing rests for this long before the server is asked, in milliseconds. */
const REST_MS = 150;
const SHOWN = 8;

interface MemberSearchProps {
  serverId: string;
  label: string;
  placeholder?: string;
  /** Who is not offered. */
  except?: (member: Member) => boolean;
  onChoose: (member: Member) => void;
}

/** A member, found by typing; up and down go through the list, Enter takes. */
export function MemberSearch(props: MemberSearchProps) {
  const call = useApi();
  const id = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const [isOpen, setOpen] = createSignal(false);
  const [page, setPage] = createSignal<readonly Member[]>();
  const [at, setAt] = createSignal(0);
  let asking: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(asking));
  const found = () =>
    (page() ?? []).filter((member) => props.except?.(member) !== true).slice(0, SHOWN);

  async function ask(query: string): Promise<void> {
    const answer = await call('GET /api/servers/:id/members', {
      params: { id: props.serverId },
      // Some of those found are not offered.
      query: { query: query.trim().slice(0, 32), limit: SHOWN * 4 },
    }).catch(() => []);
    if (query === typed()) setPage(answer);
  }

  createEffect(
    on([typed, isOpen], ([query, open]) => {
      clearTimeout(asking);
      setAt(0);
      if (open) asking = setTimeout(() => void ask(query), query === '' ? 0 : REST_MS);
    }),
  );

  function choose(member: Member | undefined): void {
    if (member === undefined) return;
    props.onChoose(member);
    setTyped('');
    setOpen(false);
  }

  function takeKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setOpen(true);
      setAt((found().length + at() + step) % Math.max(1, found().length));
    } else if (event.key === 'Enter' && isOpen()) {
      event.preventDefault();
      choose(found()[at()]);
    } else if (event.key === 'Escape' && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  }

  return (
    <div class="relative">
      <Search size={16} class="pointer-events-none absolute top-[13px] left-3 z-10 text-third" />
      <input
        type="text"
        role="combobox"
        aria-label={props.label}
        aria-expanded={isOpen()}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen() && found().length > 0 ? `${id}-${at()}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        placeholder={props.placeholder ?? props.label}
        class="min-h-10 w-full rounded-medium border border-line bg-rail/40 pr-3 pl-9 text-ink transition placeholder:text-third hover:border-third/50 focus:border-brass focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:min-h-11"
        value={typed()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={takeKey}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={props.label}
        class="absolute inset-x-0 top-full z-30 mt-1.5 max-h-72 overflow-y-auto rounded-medium border border-line bg-raised p-1.5 shadow-float"
        // Before the first answer nobody is missing.
        classList={{ hidden: !isOpen() || page() === undefined }}
        // The field keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
      >
        <For
          each={found()}
          fallback={<p class="px-2.5 py-2 text-second">{t('serverSettings.nobodyFound')}</p>}
        >
          {(member, index) => (
            <div
              id={`${id}-${index()}`}
              role="option"
              aria-selected={index() === at()}
              class="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-small px-2 text-second pointer-coarse:min-h-11"
              classList={{ 'bg-raised-more text-ink': index() === at() }}
              onPointerMove={() => setAt(index())}
              onClick={() => choose(member)}
            >
              <Avatar user={member.user} size={24} />
              <span class="min-w-0 flex-1 truncate">{displayName(member)}</span>
              <Show when={member.nickname !== null}>
                <span class="truncate text-label text-third">{member.user.username}</span>
              </Show>
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
