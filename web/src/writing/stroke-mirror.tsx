import { Index } from 'solid-js';
import type { Stroke } from './marks.ts';

const LOOKS: Record<Stroke['look'], string> = {
  plain: '',
  mark: 'text-third',
  code: 'text-second',
  name: 'rounded-[3px] bg-brass-wash text-brass-ink',
  link: 'text-brass-ink',
};

interface StrokeMirrorProps {
  strokes: readonly Stroke[];
  class: string;
  ref: (element: HTMLDivElement) => void;
}

/** The same text behind a field, letter for letter, in colour; it also makes the field as tall. */
export function StrokeMirror(props: StrokeMirrorProps) {
  return (
    <div ref={(element) => props.ref(element)} aria-hidden="true" class={props.class}>
      <Index each={props.strokes}>
        {(stroke) => <span class={LOOKS[stroke().look]}>{stroke().text}</span>}
      </Index>
      {/* The line on which the caret stands, also when nothing is on it yet. */}
      {'\u200B'}
    </div>
  );
}

/** Where a stretch of the text stands, in the window. */
export function boxOf(mirror: HTMLElement, start: number, end: number): DOMRect {
  const range = document.createRange();
  const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
  let from = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (start >= from && start <= from + length) range.setStart(node, start - from);
    if (end >= from && end <= from + length) {
      range.setEnd(node, end - from);
      break;
    }
    from += length;
  }
  return range.getBoundingClientRect();
}
