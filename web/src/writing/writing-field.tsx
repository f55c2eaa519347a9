import {
  Show,
  Suspense,
  createMemo,
  createSignal,
  createUniqueId,
  lazy,
  onCleanup,
  onMount,
} from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { loadEmoji } from '../emoji/catalogue.ts';
import { emojiMark } from '../emoji/own-emoji.ts';
import { isShortcut } from '../keys/shortcuts.ts';
import type { ShortcutName } from '../keys/shortcuts.ts';
import type { Writing } from './create-writing.ts';
import { editField } from './edit-field.ts';
import { linkedTo } from './format.ts';
import type { Format } from './format.ts';
import { strokesOf } from './marks.ts';
import { createNameOf } from './name-of.ts';
import { namedText } from './named-text.ts';
import { StrokeMirror, boxOf, canMirror } from './stroke-mirror.tsx';
import type { SuggestionKeys } from './suggestion-list.tsx';
import type { Suggestion } from './suggestion.ts';
import { closedShortcode, triggerAt } from './trigger.ts';
import type { Trigger } from './trigger.ts';

const SuggestionList = lazy(async () => ({
  default: (await import('./suggestion-list.tsx')).SuggestionList,
}));
const FormatBar = lazy(async () => ({ default: (await import('./format-bar.tsx')).FormatBar }));

const FORMAT_KEYS: [ShortcutName, Format][] = [
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['underline', 'underline'],
  ['strike', 'strike'],
  ['code', 'code'],
];

/** Both texts break their lines in the same places. */
const METRICS = 'col-start-1 row-start-1 min-w-0 text-message whitespace-pre-wrap wrap-break-word';

interface WritingFieldProps {
  writing: Writing;
  /** What the list of suggestions is as wide as, and stands above. */
  anchor: () => HTMLElement | undefined;
  onInput?: () => void;
  /** True when the key was taken and does nothing else. */
  onKey: (event: KeyboardEvent) => boolean;
  label: string;
  placeholder?: string;
  describedBy?: string;
  autofocus?: boolean;
}

/** Where one writes: a field as tall as its text, which offers what fits and colours what means something. */
export function WritingField(props: WritingFieldProps) {
  const listId = createUniqueId();
  const conversation = useConversation();
  const nameOf = createNameOf();
  const [trigger, setTrigger] = createSignal<Trigger>();
  const [keys, setKeys] = createSignal<SuggestionKeys>();
  const [selected, setSelected] = createSignal<DOMRect>();
  const isExact = canMirror();
  // Safari on phones pads its fields on the inside: the text that makes it as tall does so, too.
  const padding = CSS.supports('-webkit-touch-callout', 'none') ? 'px-[3px]' : '';
  let dismissedAt: number | undefined;
  let mirror: HTMLDivElement | undefined;
  const { writing } = props;
  const strokes = createMemo(() => strokesOf(writing.text(), writing.picked()));

  function look(field: HTMLTextAreaElement): void {
    const isOne = field.selectionStart === field.selectionEnd;
    const next = isOne ? triggerAt(field.value, field.selectionEnd) : undefined;
    if (next?.from !== dismissedAt) dismissedAt = undefined;
    setTrigger(dismissedAt === undefined ? next : undefined);
  }

  function take(field: HTMLTextAreaElement): void {
    writing.setText(field.value);
    setSelected(undefined);
    props.onInput?.();
    look(field);
    const closed = closedShortcode(field.value, field.selectionEnd);
    if (closed !== undefined) void replaceShortcode(closed);
  }

  async function replaceShortcode(closed: { code: string; from: number; to: number }) {
    const written = `:${closed.code}:`;
    if (writing.picked().has(written)) return;
    const own = conversation.emoji.byName(closed.code);
    if (own !== undefined) {
      writing.notice({ shown: [written], wire: emojiMark(own) });
      return;
    }
    const emoji = await loadEmoji().catch(() => undefined);
    const found = emoji?.byShortcode(closed.code);
    // Perhaps more was written meanwhile.
    const isThere = writing.text().slice(closed.from, closed.to) === written;
    if (found !== undefined && isThere) writing.insert(found.key, closed.from, closed.to);
  }

  function pick(suggestion: Suggestion): void {
    const at = trigger();
    if (at === undefined) return;
    setTrigger(undefined);
    writing.pick(suggestion.pick, at.from, at.to);
  }

  function dismiss(): void {
    dismissedAt = trigger()?.from;
    setTrigger(undefined);
  }

  function takeKey(event: KeyboardEvent): boolean {
    if (trigger() !== undefined && keys()?.take(event) === true) return true;
    const format = FORMAT_KEYS.find(([name]) => isShortcut(event, name))?.[1];
    if (format === undefined) return props.onKey(event);
    writing.format(format);
    return true;
  }

  function paste(event: ClipboardEvent & { currentTarget: HTMLTextAreaElement }): void {
    const { value, selectionStart: from, selectionEnd: to } = event.currentTarget;
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (from < to && /^https?:\/\/\S+$/.test(pasted) && !value.slice(from, to).includes('\n')) {
      event.preventDefault();
      editField(event.currentTarget, linkedTo(value, from, to, pasted));
      return;
    }
    const named = namedText(pasted, nameOf, writing.picked());
    if (named.text === pasted) return;
    event.preventDefault();
    writing.learn(named.picked);
    writing.insert(named.text, from, to);
  }

  /** What is selected can be formatted; on a touch screen the system's own menu is there instead. */
  function offerFormats(): void {
    const field = writing.field();
    const isHere = document.activeElement === field && !matchMedia('(pointer: coarse)').matches;
    if (field === undefined || mirror === undefined || !isHere) {
      setSelected(undefined);
      return;
    }
    const { selectionStart: from, selectionEnd: to, value } = field;
    const isWorth = value.slice(from, to).trim() !== '';
    setSelected(isWorth ? boxOf(mirror, from, to) : undefined);
  }

  onMount(() => {
    const field = writing.field();
    if (field === undefined || props.autofocus !== true) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  });
  onMount(() => {
    document.addEventListener('pointerup', offerSoon);
    onCleanup(() => document.removeEventListener('pointerup', offerSoon));
  });
  /** A click takes the selection away only after it. */
  function offerSoon(): void {
    if (document.activeElement === writing.field()) setTimeout(offerFormats);
  }

  return (
    <div class="grid max-h-[50dvh] min-w-0 flex-1 overflow-y-auto overscroll-contain">
      <StrokeMirror
        ref={(element) => (mirror = element)}
        strokes={strokes()}
        class={`${METRICS} pointer-events-none ${isExact ? '' : 'invisible'} ${padding}`}
      />
      <textarea
        ref={(element) => writing.attach(element)}
        rows={1}
        value={writing.text()}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-autocomplete="list"
        aria-controls={keys()?.active() === undefined ? undefined : listId}
        aria-activedescendant={keys()?.active()}
        placeholder={props.placeholder}
        class={`${METRICS} h-full w-full resize-none overflow-hidden bg-transparent p-0 caret-ink outline-none selection:bg-brass/35 placeholder:truncate placeholder:text-third focus-visible:outline-none`}
        classList={{
          'text-transparent selection:text-transparent': isExact,
          'text-ink': !isExact,
        }}
        onInput={(event) => take(event.currentTarget)}
        onPaste={paste}
        onClick={(event) => look(event.currentTarget)}
        onBlur={() => {
          setTrigger(undefined);
          setSelected(undefined);
        }}
        onKeyUp={(event) => {
          if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) {
            look(event.currentTarget);
          }
          if (event.shiftKey || event.ctrlKey || event.metaKey || selected()) offerFormats();
        }}
        onKeyDown={(event) => {
          // A composing input method uses the same keys for its own choices.
          if (event.isComposing) return;
          if (!takeKey(event)) return;
          event.preventDefault();
          // Escape closed what belongs to this field: nothing else closes with it.
          event.stopPropagation();
        }}
      />
      <Suspense>
        <Show when={props.anchor()}>
          {(anchor) => (
            <Show when={trigger()}>
              {(at) => (
                <SuggestionList
                  id={listId}
                  trigger={at()}
                  anchor={anchor()}
                  onPick={pick}
                  onClose={dismiss}
                  ref={setKeys}
                />
              )}
            </Show>
          )}
        </Show>
        <Show when={selected()}>
          {(at) => (
            <FormatBar
              at={at()}
              onFormat={(format) => {
                writing.format(format);
                offerFormats();
              }}
            />
          )}
        </Show>
      </Suspense>
    </div>
  );
}
