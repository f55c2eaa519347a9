import type { Member } from '@harmonium/api/member';
import Search from 'lucide-solid/icons/search';
import {
  For,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
} from 'solid-js';
import type { JSX } from 'solid-js';
import { useApi } from '../session-context.tsx';

/** Typing rests for this long before the server is asked, in milliseconds. */
const REST_MS = 150;
/** Members asked for; some of those found may not be offered. */
const ASKED = 32;

interface SearchComboboxProps<Item> {
  serverId: string;
  label: string;
  placeholder?: string;
  /** Shown where nothing fits. */
  nothing: string;
  opensOnFocus?: boolean;
  /**
   * What is offered, of the members found and of whatever else fits what was typed. Undefined keeps
   * the list closed; members are undefined until the first answer.
   */
  items: (members: readonly Member[] | undefined, typed: string) => readonly Item[] | undefined;
  onChoose: (item: Item) => void;
  /** An item as it stands in the list. */
  children: (item: Item) => JSX.Element;
}

/** A field that finds members of a server; up and down go through the list, Enter takes. */
export function SearchCombobox<Item>(props: SearchComboboxProps<Item>) {
  const call = useApi();
  const id = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const [isOpen, setOpen] = createSignal(false);
  const [members, setMembers] = createSignal<readonly Member[]>();
  const [at, setAt] = createSignal(0);
  let asking: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(asking));
  const found = createMemo(() => props.items(members(), typed()));

  async function ask(query: string): Promise<void> {
    const answer = await call('GET /api/servers/:id/members', {
      params: { id: props.serverId },
      query: { query: query.trim().replace(/^@/, '').slice(0, 32), limit: ASKED },
    }).catch(() => []);
    if (query === typed()) setMembers(answer);
  }

  createEffect(
    on([typed, isOpen], ([query, open]) => {
      clearTimeout(asking);
      setAt(0);
      if (open) asking = setTimeout(() => void ask(query), query === '' ? 0 : REST_MS);
    }),
  );

  function choose(item: Item | undefined): void {
    if (item === undefined) return;
    props.onChoose(item);
    setTyped('');
    setOpen(false);
  }

  function takeKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const length = found()?.length ?? 0;
    if (step !== undefined) {
      event.preventDefault();
      setOpen(true);
      setAt((length + at() + step) % Math.max(1, length));
    } else if (event.key === 'Enter' && isOpen()) {
      event.preventDefault();
      choose(found()?.[at()]);
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
        aria-activedescendant={isOpen() && (found()?.length ?? 0) > 0 ? `${id}-${at()}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        placeholder={props.placeholder ?? props.label}
        class="min-h-10 w-full rounded-medium border border-line bg-rail/40 pr-3 pl-9 text-ink transition placeholder:text-third hover:border-third/50 focus:border-brass focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:min-h-11"
        value={typed()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => props.opensOnFocus === true && setOpen(true)}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={takeKey}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={props.label}
        class="absolute inset-x-0 top-full z-30 mt-1.5 max-h-72 overflow-y-auto rounded-medium border border-line bg-raised p-1.5 shadow-float"
        classList={{ hidden: !isOpen() || found() === undefined }}
        // The field keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
      >
        <For each={found()} fallback={<p class="px-2.5 py-2 text-second">{props.nothing}</p>}>
          {(item, index) => (
            <div
              id={`${id}-${index()}`}
              role="option"
              aria-selected={index() === at()}
              class="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-small px-2 text-second pointer-coarse:min-h-11"
              classList={{ 'bg-raised-more text-ink': index() === at() }}
              onPointerMove={() => setAt(index())}
              onClick={() => choose(item)}
            >
              {props.children(item)}
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
