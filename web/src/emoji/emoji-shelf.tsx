import Search from 'lucide-solid/icons/search';
import { For, Show, createEffect, createMemo, createSignal, createUniqueId, on } from 'solid-js';
import { Virtualizer } from 'virtua/solid';
import type { VirtualizerHandle } from 'virtua/solid';
import { usePanels } from '../servers/panels.tsx';
import { t } from '../strings/emoji.ts';
import type { EmojiCatalogue } from './catalogue.ts';
import { createEmojiMemory } from './emoji-memory.ts';
import { foundSection, sectionsOf } from './emoji-sections.ts';
import type { EmojiSet } from './own-emoji.ts';
import { EmojiPicture } from './emoji-picture.tsx';
import { GroupBar } from './group-bar.tsx';
import { choiceAt, firstPlace, pickerRows, stepFrom } from './picker-rows.ts';
import type { Choice, Place, PickerStep } from './picker-rows.ts';
import { ToneChoice } from './tone-choice.tsx';

interface EmojiShelfProps {
  catalogue: EmojiCatalogue;
  custom: readonly EmojiSet[];
  onPick: (key: string) => void;
  onClose: () => void;
}

const STEPS: Record<string, PickerStep> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** A field to search by, and everything that fits what is typed. Arrows go about, Enter picks. */
export function EmojiShelf(props: EmojiShelfProps) {
  const panels = usePanels();
  const memory = createEmojiMemory(localStorage);
  const id = createUniqueId();
  const [query, setQuery] = createSignal('');
  const [at, setAt] = createSignal<Place>({ row: 1, column: 0 });
  const [section, setSection] = createSignal('recent');
  const [scroller, setScroller] = createSignal<HTMLDivElement>();
  let list: VirtualizerHandle | undefined;

  const columns = () => (panels.isPhone() ? 8 : 9);
  // Read once: what is picked now does not move what stands under the pointer. Whole lines only.
  const known = memory.recent();
  const recent = known.slice(0, Math.floor(known.length / columns()) * columns());
  const sections = createMemo(() => {
    const { catalogue, custom } = props;
    const shelf = { catalogue, custom, recent, tone: memory.tone() };
    return query().trim() === '' ? sectionsOf(shelf) : [foundSection(shelf, query())];
  });
  const rows = createMemo(() => pickerRows(sections(), columns()));
  const chosen = () => choiceAt(rows(), at());
  const cellId = ({ row, column }: Place) => `${id}-${row}-${column}`;

  createEffect(
    on(query, () => {
      setAt(firstPlace(rows()));
      list?.scrollTo(0);
    }),
  );

  function pick(choice: Choice | undefined, stays: boolean): void {
    if (choice === undefined) return;
    memory.used(choice.key);
    props.onPick(choice.key);
    if (!stays) props.onClose();
  }

  function go(step: PickerStep): void {
    const next = stepFrom(rows(), at(), step);
    setAt(next);
    list?.scrollToIndex(next.row <= 1 ? 0 : next.row, { align: 'nearest' });
  }

  function takeKey(event: KeyboardEvent & { currentTarget: HTMLInputElement }): void {
    if (event.isComposing) return;
    const step = STEPS[event.key];
    const isAcross = step === 'left' || step === 'right';
    const caret = event.currentTarget.selectionStart ?? 0;
    // Within a word that is being typed, left and right move the caret.
    if (isAcross && caret < query().length) return;
    if (step !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) go(step);
    else if (event.key === 'Enter') pick(chosen(), event.shiftKey);
    else return;
    event.preventDefault();
  }

  function follow(offset: number): void {
    const row = rows()[list?.findItemIndex(offset + 4) ?? 0];
    if (row !== undefined) setSection(row.section);
  }

  function show(wanted: string): void {
    setQuery('');
    const row = rows().findIndex((each) => each.section === wanted);
    list?.scrollToIndex(row, { align: 'start' });
    setAt({ row: row + 1, column: 0 });
    setSection(wanted);
  }

  return (
    <div class="flex h-full flex-col">
      <div class="flex items-center gap-1.5 p-2.5 pb-2">
        <div class="relative min-w-0 flex-1">
          <Search
            size={16}
            class="pointer-events-none absolute top-[10px] left-3 text-third pointer-coarse:top-[14px]"
          />
          <input
            data-focus-first
            type="text"
            role="combobox"
            aria-label={t('emoji.search')}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={chosen() === undefined ? undefined : cellId(at())}
            aria-autocomplete="list"
            autocomplete="off"
            spellcheck={false}
            placeholder={t('emoji.search')}
            class="h-9 w-full rounded-medium border border-line bg-rail/40 pr-3 pl-9 text-ink transition placeholder:text-third hover:border-third/50 focus:border-brass focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:h-11"
            value={query()}
            onInput={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={takeKey}
          />
        </div>
        <ToneChoice tone={memory.tone()} onChoose={memory.setTone} />
      </div>
      <GroupBar
        custom={props.custom}
        current={query().trim() === '' ? section() : undefined}
        onChoose={show}
      />
      <div
        id={`${id}-list`}
        role="grid"
        aria-label={t('emoji.title')}
        ref={setScroller}
        class="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2.5 [overflow-anchor:none]"
        // The field keeps the focus, where it has it.
        onPointerDown={(event) => event.pointerType === 'mouse' && event.preventDefault()}
      >
        <Show
          when={rows().length > 0}
          fallback={
            <p role="status" class="px-2 py-6 text-center wrap-anywhere text-second">
              {t('emoji.nothing', query().trim())}
            </p>
          }
        >
          <Virtualizer
            ref={(handle) => (list = handle)}
            scrollRef={scroller()}
            data={rows()}
            itemSize={38}
            bufferSize={300}
            onScroll={follow}
          >
            {(row, index) =>
              row.kind === 'title' ? (
                // A grid holds rows and nothing else; the names of the kinds are on their buttons.
                <div
                  aria-hidden="true"
                  class="flex h-8 items-end px-1.5 pb-1 text-label font-bold text-third"
                >
                  <span class="truncate">{row.title}</span>
                </div>
              ) : (
                <div
                  role="row"
                  class="grid"
                  style={{ 'grid-template-columns': `repeat(${columns()}, minmax(0, 1fr))` }}
                >
                  <For each={row.choices}>
                    {(choice, column) => (
                      <EmojiCell
                        id={cellId({ row: index(), column: column() })}
                        choice={choice}
                        isAt={at().row === index() && at().column === column()}
                        onReach={() => setAt({ row: index(), column: column() })}
                        onPick={(stays) => pick(choice, stays)}
                      />
                    )}
                  </For>
                </div>
              )
            }
          </Virtualizer>
        </Show>
      </div>
      <Preview choice={chosen()} />
    </div>
  );
}

interface EmojiCellProps {
  id: string;
  choice: Choice;
  isAt: boolean;
  onReach: () => void;
  onPick: (stays: boolean) => void;
}

function EmojiCell(props: EmojiCellProps) {
  return (
    <div
      id={props.id}
      role="gridcell"
      aria-label={props.choice.name}
      aria-selected={props.isAt}
      class="grid h-[38px] cursor-pointer place-items-center rounded-medium font-emoji text-[24px] leading-none select-none pointer-coarse:h-11"
      classList={{ 'bg-raised-more': props.isAt }}
      onPointerMove={() => props.onReach()}
      onClick={(event) => props.onPick(event.shiftKey)}
    >
      <EmojiFace choice={props.choice} class="size-[26px]" />
    </div>
  );
}

/** @param props.class the size of a server's own */
function EmojiFace(props: { choice: Choice; class: string }) {
  return (
    <Show when={props.choice.own} fallback={props.choice.key}>
      {(own) => <EmojiPicture emoji={own()} class={props.class} />}
    </Show>
  );
}

/** What is about to be picked, by its name. */
function Preview(props: { choice: Choice | undefined }) {
  return (
    <div class="flex h-[52px] shrink-0 items-center gap-3 border-t border-line px-4">
      <Show when={props.choice} fallback={<p class="text-third">{t('emoji.hint')}</p>}>
        {(choice) => (
          <>
            <span aria-hidden="true" class="w-8 text-center font-emoji text-[26px] leading-none">
              <EmojiFace choice={choice()} class="size-[30px]" />
            </span>
            <span class="min-w-0 flex-1">
              <span class="block truncate font-medium first-letter:uppercase">{choice().name}</span>
              <Show when={choice().shortcode}>
                <span class="block truncate text-label text-third">{`:${choice().shortcode}:`}</span>
              </Show>
            </span>
            <span class="text-label text-third max-tablet:hidden">{t('emoji.keepsOpen')}</span>
          </>
        )}
      </Show>
    </div>
  );
}
