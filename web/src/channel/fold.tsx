import { Show, createEffect, createSignal, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { t } from '../strings/strings.ts';

/** Shorter texts cannot be so high, and are not measured. */
const MAY_BE_LONG = { letters: 1200, lines: 30 };
/** A text a little longer than the fold is shown whole: a button would take as much. */
const SLACK_PX = 80;

/** Messages that somebody has opened, so that they are open when scrolled back to. */
const opened = new Set<string>();

/** Shows about 40 lines of what is very long, and the rest when asked. */
export function Fold(props: { id: string; text: string; children: JSX.Element }) {
  const mayBeLong = () =>
    props.text.length > MAY_BE_LONG.letters || countLines(props.text) > MAY_BE_LONG.lines;
  return (
    <Show when={mayBeLong()} fallback={props.children}>
      <Folded id={props.id}>{props.children}</Folded>
    </Show>
  );
}

function Folded(props: { id: string; children: JSX.Element }) {
  const [isOpen, setIsOpen] = createSignal(opened.has(props.id));
  const [isHigh, setIsHigh] = createSignal(false);
  const [body, setBody] = createSignal<HTMLDivElement>();
  createEffect(() => {
    const watched = body();
    if (watched === undefined) return;
    const measure = (): void => {
      const limit = Number.parseFloat(getComputedStyle(watched).lineHeight) * 40;
      setIsHigh(watched.scrollHeight > limit + SLACK_PX);
    };
    const observer = new ResizeObserver(measure);
    for (const child of watched.children) observer.observe(child);
    measure();
    onCleanup(() => observer.disconnect());
  });
  const toggle = (): void => {
    const open = !isOpen();
    setIsOpen(open);
    if (open) opened.add(props.id);
    else opened.delete(props.id);
  };
  const isFolded = () => isHigh() && !isOpen();
  return (
    <>
      <div
        ref={setBody}
        data-folded={isFolded() ? '' : undefined}
        classList={{
          'max-h-[40lh] overflow-hidden [mask-image:linear-gradient(#000_calc(100%-4lh),transparent)]':
            isFolded(),
        }}
      >
        {props.children}
      </div>
      <Show when={isHigh()}>
        <button
          type="button"
          aria-expanded={isOpen()}
          class="touch-target mt-1 rounded-small text-label font-medium text-brass-ink hover:underline"
          onClick={toggle}
        >
          {isOpen() ? t('channel.showLess') : t('channel.showMore')}
        </button>
      </Show>
    </>
  );
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
