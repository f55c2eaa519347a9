import { createEffect, onCleanup } from 'solid-js';
import type { Stroke } from './marks.ts';

/** Coloured by `::highlight(writing-…)`: it changes nothing of where a letter stands. */
type Look = Exclude<Stroke['look'], 'plain'>;

interface StrokeMirrorProps {
  strokes: readonly Stroke[];
  class: string;
  ref: (element: HTMLDivElement) => void;
}

/** True where a text can be coloured behind a field and stand exactly where the field has its own. */
export function canMirror(): boolean {
  // Safari on phones pads its fields on the inside.
  return 'highlights' in CSS && !CSS.supports('-webkit-touch-callout', 'none');
}

/** The same text behind a field, letter for letter, in colour; it also makes the field as tall. */
export function StrokeMirror(props: StrokeMirrorProps) {
  let mirror: HTMLDivElement | undefined;
  const text = () => props.strokes.map((stroke) => stroke.text).join('');

  createEffect(() => {
    const { strokes } = props;
    const node = mirror?.firstChild;
    if (node === null || node === undefined || !canMirror()) return;
    let from = 0;
    for (const { look, text: words } of strokes) {
      const to = from + words.length;
      if (look !== 'plain') onCleanup(colour(look, node, from, to));
      from = to;
    }
  });

  return (
    <div
      ref={(element) => {
        mirror = element;
        props.ref(element);
      }}
      aria-hidden="true"
      class={props.class}
    >
      {/* At its end the line on which the caret stands, also when nothing is on it yet. */}
      {`${text()}\u200B`}
    </div>
  );
}

/** Answers how to take the colour away. */
function colour(look: Look, node: Node, from: number, to: number): () => void {
  const name = `writing-${look}`;
  const highlight = CSS.highlights.get(name) ?? new Highlight();
  CSS.highlights.set(name, highlight);
  const range = new StaticRange({
    startContainer: node,
    startOffset: from,
    endContainer: node,
    endOffset: to,
  });
  highlight.add(range);
  return () => void highlight.delete(range);
}

/** Where a stretch of the text stands, in the window. */
export function boxOf(mirror: HTMLElement, start: number, end: number): DOMRect {
  const range = document.createRange();
  const node = mirror.firstChild;
  if (node === null) return mirror.getBoundingClientRect();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range.getBoundingClientRect();
}
