import { MAX_SEARCH_LENGTH } from '@harmonium/api/search-has';
import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { For, Show, createEffect, createSignal, createUniqueId, on, onMount } from 'solid-js';
import { t } from '../strings/search.ts';
import type { Suggestion } from './create-suggestions.ts';
import { filterWords, typedFilter, withFilter } from './search.ts';
import type { Filter, Search as Sought } from './search.ts';
import { SuggestionRow } from './suggestion-row.tsx';

interface SearchFieldProps {
  /** Where is searched. */
  place: string;
  search: Sought;
  suggestions: readonly Suggestion[];
  /** Why nothing is suggested for what is being typed. */
  nothing: string | undefined;
  onChange: (search: Sought) => void;
  /** To look for it now. */
  onSearch: (search: Sought) => void;
  onForget: () => void;
  onClose: () => void;
}

/** Filters as chips, words after them, and what could come next below; all by keyboard. */
export function SearchField(props: SearchFieldProps) {
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const [at, setAt] = createSignal(-1);
  let input: HTMLInputElement | undefined;
  onMount(() => input?.focus());
  const isTyping = () => typedFilter(props.search.text) !== undefined;
  const isShown = () => isOpen() && (props.suggestions.length > 0 || props.nothing !== undefined);
  // A filter that is being typed takes the first that fits; words are not taken for anything else.
  createEffect(
    on(
      () => props.suggestions,
      () => setAt(isTyping() ? 0 : -1),
    ),
  );

  createEffect(
    on(at, (chosen) =>
      document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' }),
    ),
  );

  function add(filter: Filter): void {
    const text = typedFilter(props.search.text)?.before ?? props.search.text;
    const search = { text, filters: withFilter(props.search.filters, filter) };
    props.onSearch(search);
    // Words may follow.
    setOpen(text !== '');
  }

  function take(suggestion: Suggestion): void {
    input?.focus();
    if (suggestion.about === 'filter') add(suggestion.filter);
    else if (suggestion.about === 'recent') {
      props.onSearch(suggestion.search);
      setOpen(false);
    } else {
      const { text } = props.search;
      const space = text === '' || text.endsWith(' ') ? '' : ' ';
      const begun = `${text}${space}${t(`search.filter.${suggestion.kind}`)}:`;
      props.onChange({ ...props.search, text: begun });
      setOpen(true);
    }
  }

  function remove(filter: Filter | undefined): void {
    const filters = props.search.filters.filter((one) => one !== filter);
    props.onSearch({ ...props.search, filters });
    input?.focus();
    setOpen(true);
  }

  function enter(): void {
    const suggestion = isShown() ? props.suggestions[at()] : undefined;
    if (suggestion !== undefined) take(suggestion);
    else if (!isTyping()) {
      setOpen(false);
      props.onSearch(props.search);
    }
  }

  function takeKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { length } = props.suggestions;
    if (step !== undefined && length > 0) {
      event.preventDefault();
      setOpen(true);
      setAt(at() === -1 && step === -1 ? length - 1 : (length + at() + step) % length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      enter();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (isShown()) setOpen(false);
      else props.onClose();
    } else if (event.key === 'Backspace' && input?.selectionEnd === 0) {
      if (props.search.filters.length > 0) remove(props.search.filters.at(-1));
    }
  }

  return (
    <div class="relative min-w-0 flex-1">
      <div
        class="flex max-h-24 min-h-9 cursor-text flex-wrap items-center gap-1 overflow-y-auto rounded-medium border border-line bg-rail/40 py-1 pr-1 pl-2.5 transition focus-within:border-brass hover:border-third/50 pointer-coarse:min-h-11"
        onClick={() => input?.focus()}
      >
        <Search size={16} class="mr-1 shrink-0 text-third" />
        <For each={props.search.filters}>
          {(filter) => <Chip filter={filter} onRemove={() => remove(filter)} />}
        </For>
        <input
          ref={(element) => (input = element)}
          type="text"
          inputmode="search"
          enterkeyhint="search"
          role="combobox"
          aria-label={t('search.field', props.place)}
          aria-expanded={isShown()}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isShown() && at() >= 0 ? `${id}-${at()}` : undefined}
          autocomplete="off"
          maxLength={MAX_SEARCH_LENGTH}
          placeholder={props.search.filters.length === 0 ? t('search.placeholder') : ''}
          class="min-w-24 flex-1 bg-transparent py-0.5 text-ink outline-none placeholder:text-third focus-visible:outline-none"
          value={props.search.text}
          onInput={(event) => {
            setOpen(true);
            props.onChange({ ...props.search, text: event.currentTarget.value });
          }}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={takeKey}
        />
        <Show when={props.search.text !== '' || props.search.filters.length > 0}>
          <button
            type="button"
            aria-label={t('search.clear')}
            title={t('search.clear')}
            class="touch-target grid size-6 shrink-0 place-items-center rounded-small text-third transition hover:bg-raised hover:text-ink"
            onClick={() => {
              props.onChange({ text: '', filters: [] });
              input?.focus();
            }}
          >
            <X size={16} />
          </button>
        </Show>
      </div>
      <div
        class="absolute inset-x-0 top-full z-30 mt-1.5 max-h-[min(36rem,70dvh)] overflow-y-auto rounded-medium border border-line bg-raised p-1.5 shadow-float"
        classList={{ hidden: !isShown() }}
        // The field keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
      >
        <div id={`${id}-list`} role="listbox" aria-label={t('search.suggestions')}>
          <For each={props.suggestions}>
            {(suggestion, index) => (
              <>
                <Show when={headingBefore(props.suggestions, index())}>
                  {(heading) => (
                    <p
                      role="presentation"
                      class="px-2 pt-2 pb-1 text-label font-bold text-third first:pt-1"
                    >
                      {heading()}
                    </p>
                  )}
                </Show>
                <div
                  id={`${id}-${index()}`}
                  role="option"
                  aria-selected={index() === at()}
                  class="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-small px-2 text-second pointer-coarse:min-h-11"
                  classList={{ 'bg-raised-more text-ink': index() === at() }}
                  onPointerMove={() => setAt(index())}
                  onClick={() => take(suggestion)}
                >
                  <SuggestionRow suggestion={suggestion} />
                </div>
              </>
            )}
          </For>
        </div>
        <Show when={props.nothing}>
          {(sentence) => <p class="px-2 py-1.5 text-second">{sentence()}</p>}
        </Show>
        <Show when={props.suggestions.at(-1)?.about === 'recent'}>
          <button
            type="button"
            tabIndex={-1}
            class="mt-1 min-h-9 w-full rounded-small px-2 text-left text-label text-third transition hover:bg-raised-more hover:text-ink pointer-coarse:min-h-11"
            onClick={() => props.onForget()}
          >
            {t('search.forget')}
          </button>
        </Show>
      </div>
    </div>
  );
}

function headingBefore(suggestions: readonly Suggestion[], index: number): string | undefined {
  const [before, here] = [suggestions[index - 1], suggestions[index]];
  if (here === undefined || before?.about === here.about) return undefined;
  if (here.about === 'kind') return t('search.filters');
  return here.about === 'recent' ? t('search.recent') : undefined;
}

function Chip(props: { filter: Filter; onRemove: () => void }) {
  return (
    <button
      type="button"
      aria-label={t('search.removeFilter', filterWords(props.filter))}
      class="inline-flex max-w-full min-w-0 items-center gap-1 rounded-small bg-raised-more px-1.5 py-0.5 text-label font-medium text-ink transition hover:text-danger-ink"
      onClick={(event) => {
        event.stopPropagation();
        props.onRemove();
      }}
    >
      <span class="truncate">{filterWords(props.filter)}</span>
      <X size={12} class="shrink-0 text-third" />
    </button>
  );
}
