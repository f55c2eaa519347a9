import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';
import Hash from 'lucide-solid/icons/hash';
import UsersRound from 'lucide-solid/icons/users-round';
import Volume2 from 'lucide-solid/icons/volume-2';
import {
  For,
  Match,
  Show,
  Switch,
  createEffect,
  createSignal,
  on,
  onCleanup,
  onMount,
} from 'solid-js';
import { Portal } from 'solid-js/web';
import { Avatar } from '../design/avatar.tsx';
import { EmojiPicture } from '../emoji/emoji-picture.tsx';
import { RoleDot } from '../members/role-dot.tsx';
import { t } from '../strings/writing.ts';
import { createSuggestions } from './create-suggestions.ts';
import { moveTo } from './move-to.ts';
import type { Suggestion } from './suggestion.ts';
import type { Trigger } from './trigger.ts';

/** What a field needs to know of the list beside it. */
export interface SuggestionKeys {
  /** True when the key was taken. */
  take(event: KeyboardEvent): boolean;
  /** The id of the option that Enter would take. */
  active(): string | undefined;
}

interface SuggestionListProps {
  id: string;
  trigger: Trigger;
  anchor: HTMLElement;
  onPick: (suggestion: Suggestion) => void;
  onClose: () => void;
  ref: (keys: SuggestionKeys | undefined) => void;
}

/** What fits what is being typed, above the field. The field keeps the focus. */
export function SuggestionList(props: SuggestionListProps) {
  const found = createSuggestions(() => props.trigger);
  const [at, setAt] = createSignal(0);
  let list: HTMLDivElement | undefined;
  const idOf = (index: number) => `${props.id}-${index}`;

  createEffect(
    on(
      () => `${props.trigger.sign}${props.trigger.query}`,
      () => setAt(0),
    ),
  );

  function go(step: number): void {
    const length = found().length;
    setAt((length + at() + step) % length);
    list?.querySelector(`#${CSS.escape(idOf(at()))}`)?.scrollIntoView({ block: 'nearest' });
  }

  function take(event: KeyboardEvent): boolean {
    const chosen = found()[Math.min(at(), found().length - 1)];
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Escape') {
      props.onClose();
      return true;
    }
    if (chosen === undefined) return false;
    if (event.key === 'ArrowDown') go(1);
    else if (event.key === 'ArrowUp') go(-1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey)
      props.onPick(chosen);
    else return false;
    return true;
  }

  onMount(() => {
    props.ref({ take, active: () => (found().length > 0 ? idOf(at()) : undefined) });
    onCleanup(() => props.ref(undefined));
  });

  function settle(box: HTMLDivElement): void {
    const place = (): void => {
      void computePosition(props.anchor, box, {
        placement: 'top-start',
        strategy: 'fixed',
        middleware: [
          offset(8),
          flip({ padding: 8 }),
          shift({ padding: 8 }),
          size({
            padding: 8,
            apply: ({ rects, availableHeight }) => {
              box.style.width = `${Math.max(260, rects.reference.width)}px`;
              box.style.maxHeight = `${Math.max(120, Math.min(380, availableHeight))}px`;
            },
          }),
        ],
      }).then((to) => moveTo(box, to));
    };
    onMount(() => onCleanup(autoUpdate(props.anchor, box, place)));
  }

  return (
    <>
      <span role="status" class="sr-only">
        {found().length > 0 ? t('writing.found', found().length) : ''}
      </span>
      <Show when={found().length > 0}>
        <Portal>
          <div
            ref={(box) => {
              list = box;
              settle(box);
            }}
            id={props.id}
            role="listbox"
            aria-label={t(`writing.${LABELS[props.trigger.sign]}`)}
            class="fixed top-0 left-0 z-40 animate-appear overflow-y-auto overscroll-contain rounded-medium border border-line bg-raised p-1.5 shadow-float [--surface:var(--raised)]"
            style={{ visibility: 'hidden' }}
            onPointerDown={(event) => event.preventDefault()}
          >
            <p
              aria-hidden="true"
              class="px-2 pt-1 pb-1.5 text-label font-bold text-third select-none"
            >
              {t(`writing.${LABELS[props.trigger.sign]}`)}
            </p>
            <For each={found()}>
              {(suggestion, index) => (
                <div
                  id={idOf(index())}
                  role="option"
                  aria-selected={index() === at()}
                  class="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-small px-2 pointer-coarse:min-h-11"
                  classList={{
                    'bg-raised-more text-ink': index() === at(),
                    'text-second': index() !== at(),
                  }}
                  onPointerMove={() => setAt(index())}
                  onClick={() => props.onPick(suggestion)}
                >
                  <span aria-hidden="true" class="grid size-6 shrink-0 place-items-center">
                    <Sign suggestion={suggestion} />
                  </span>
                  <span class="truncate font-medium text-ink">{suggestion.name}</span>
                  <span
                    class="ml-auto min-w-0 truncate text-label"
                    classList={{
                      'text-second': index() === at(),
                      'text-third': index() !== at(),
                    }}
                  >
                    {suggestion.hint === suggestion.name ? '' : suggestion.hint}
                  </span>
                </div>
              )}
            </For>
          </div>
        </Portal>
      </Show>
    </>
  );
}

const LABELS = { '@': 'people', '#': 'channels', ':': 'emoji' } as const;

function Sign(props: { suggestion: Suggestion }) {
  const as = <Kind extends Suggestion['kind']>(kind: Kind) =>
    props.suggestion.kind === kind
      ? (props.suggestion as Extract<Suggestion, { kind: Kind }>) // Just compared.
      : undefined;
  return (
    <Switch fallback={<UsersRound size={17} class="text-third" />}>
      <Match when={as('person')}>{(person) => <Avatar user={person().user} size={24} />}</Match>
      <Match when={as('role')}>{(role) => <RoleDot color={role().color} />}</Match>
      <Match when={as('channel')}>
        {(channel) => (
          <Show when={channel().isVoice} fallback={<Hash size={17} class="text-third" />}>
            <Volume2 size={17} class="text-third" />
          </Show>
        )}
      </Match>
      <Match when={as('emoji')}>
        {(emoji) => <span class="font-emoji text-[20px] leading-none">{emoji().face}</span>}
      </Match>
      <Match when={as('own-emoji')}>
        {(own) => <EmojiPicture emoji={own().emoji} class="size-6" />}
      </Match>
    </Switch>
  );
}
