import type { Snowflake } from '@harmonium/api/ids';
import type { Move } from './arrangement.ts';

/** A mouse that moved so far drags; a finger that did scrolls. */
const DRAG_PX = 6;
/** How long a finger rests before it drags. */
const LONG_PRESS_MS = 400;
/** Near the edges of the list it scrolls, in pixels. */
const EDGE_PX = 36;

interface ArrangingHooks {
  /** Where a channel stands: its category, and the channel under it. */
  placeOf: (channelId: string) => { categoryId: Snowflake | null; below: string | undefined };
  /** The first channel of a category, and the category under it. */
  category: (
    id: string,
  ) => { id: Snowflake; first: string | undefined; below: string | undefined } | undefined;
  onMove: (move: Move) => void;
  onStep: (kind: Move['kind'], id: string, step: 1 | -1) => void;
}

interface Dragged {
  row: HTMLElement;
  kind: Move['kind'];
  id: string;
}

interface Drop {
  move: Move;
  /** The line that shows where it would go. */
  line: { left: number; top: number; width: number };
}

/**
 * Lets rows (`data-channel`) and headings (`data-category`) of a list be arranged: dragged by mouse, by
 * finger after a long press, or moved by Ctrl or Cmd, Shift and the arrows. Answers what stops it.
 */
export function watchArranging(list: HTMLElement, hooks: ArrangingHooks): () => void {
  let pressed: { x: number; y: number; isTouch: boolean; of: Dragged } | undefined;
  let dragged: Dragged | undefined;
  let drop: Drop | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const line = document.createElement('div');
  line.className = 'pointer-events-none fixed z-50 h-[3px] -translate-y-1/2 rounded-full bg-brass';

  function press(event: PointerEvent): void {
    const of = event.button === 0 ? draggedOf(event.target) : undefined;
    if (of === undefined) return;
    const isTouch = event.pointerType === 'touch';
    pressed = { x: event.clientX, y: event.clientY, isTouch, of };
    if (isTouch) resting = setTimeout(begin, LONG_PRESS_MS);
  }

  function begin(): void {
    if (pressed === undefined) return;
    dragged = pressed.of;
    dragged.row.style.opacity = '0.4';
    document.body.style.cursor = 'grabbing';
  }

  function move(event: PointerEvent): void {
    if (pressed === undefined) return;
    if (dragged === undefined) {
      const isFar = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > DRAG_PX;
      if (!isFar) return;
      if (pressed.isTouch) return end();
      begin();
    }
    if (dragged === undefined) return;
    scroll(event.clientY);
    drop = dropAt(dragged, event.clientX, event.clientY);
    show();
  }

  function scroll(y: number): void {
    const { top, bottom } = list.getBoundingClientRect();
    if (y < top + EDGE_PX) list.scrollBy(0, -8);
    if (y > bottom - EDGE_PX) list.scrollBy(0, 8);
  }

  function show(): void {
    if (drop === undefined) return line.remove();
    const { left, top, width } = drop.line;
    Object.assign(line.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
    if (!line.isConnected) document.body.append(line);
  }

  function dropAt({ kind, id }: Dragged, x: number, y: number): Drop | undefined {
    const under = document.elementFromPoint(x, y);
    if (under === null || !list.contains(under)) return undefined;
    return kind === 'channel' ? channelDrop(id, under, y) : categoryDrop(id, under, y);
  }

  function channelDrop(id: string, under: Element, y: number): Drop | undefined {
    const row = under.closest<HTMLElement>('[data-channel]');
    const other = row?.dataset['channel'];
    if (row && other !== undefined) {
      const { categoryId, below } = hooks.placeOf(other);
      const isAbove = isInUpperHalf(row, y);
      const before = isAbove ? other : below;
      if (other === id || before === id) return undefined;
      const edge = isAbove ? 'top' : 'bottom';
      return { move: { kind: 'channel', id, categoryId, before }, line: lineAt(row, edge) };
    }
    const heading = under.closest<HTMLElement>('[data-category]');
    const category = hooks.category(heading?.dataset['category'] ?? '');
    if (!heading || category === undefined || category.first === id) return undefined;
    return {
      move: { kind: 'channel', id, categoryId: category.id, before: category.first },
      line: lineAt(heading, 'bottom'),
    };
  }

  function categoryDrop(id: string, under: Element, y: number): Drop | undefined {
    const section = under.closest<HTMLElement>('section');
    const heading = section?.querySelector<HTMLElement>('[data-category]');
    const other = hooks.category(heading?.dataset['category'] ?? '');
    if (!section || other === undefined || other.id === id) return undefined;
    const isAbove = isInUpperHalf(section, y);
    const before = isAbove ? other.id : other.below;
    if (before === id) return undefined;
    const edge = isAbove ? 'top' : 'bottom';
    return { move: { kind: 'category', id, before }, line: lineAt(section, edge) };
  }

  function release(event: PointerEvent): void {
    const wanted = drop?.move;
    const wasDragged = dragged !== undefined;
    end();
    if (!wasDragged) return;
    event.preventDefault();
    swallowClick();
    if (wanted !== undefined) hooks.onMove(wanted);
  }

  /** What was dragged is under the pointer still: letting go is no click on it. */
  function swallowClick(): void {
    const swallow = (event: Event): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    list.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => list.removeEventListener('click', swallow, { capture: true }));
  }

  function end(): void {
    clearTimeout(resting);
    if (dragged !== undefined) {
      dragged.row.style.opacity = '';
      document.body.style.cursor = '';
    }
    line.remove();
    pressed = dragged = drop = undefined;
  }

  /** The page would scroll under the finger, or a drawer close. */
  function hold(event: Event): void {
    if (dragged === undefined) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function takeKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && dragged !== undefined) {
      event.stopPropagation();
      return end();
    }
    const step = { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key];
    const isMeant = (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey;
    const of = step !== undefined && isMeant ? draggedOf(document.activeElement) : undefined;
    if (step === undefined || of === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    hooks.onStep(of.kind, of.id, step);
  }

  const stopping = new AbortController();
  const { signal } = stopping;
  list.addEventListener('pointerdown', press, { signal });
  list.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
  list.addEventListener('contextmenu', (event) => pressed?.isTouch && event.preventDefault(), {
    signal,
  });
  list.addEventListener('touchmove', hold, { signal, passive: false });
  list.addEventListener('touchend', hold, { signal });
  document.addEventListener('pointermove', move, { signal });
  document.addEventListener('pointerup', release, { signal });
  document.addEventListener('pointercancel', end, { signal });
  document.addEventListener('keydown', takeKey, { signal, capture: true });
  return () => {
    end();
    stopping.abort();
  };

  function draggedOf(target: EventTarget | null): Dragged | undefined {
    if (!(target instanceof Element) || !list.contains(target)) return undefined;
    // Menus and the people in a call are no handles.
    if (target.closest('[data-still]') !== null) return undefined;
    const row = target.closest<HTMLElement>('[data-channel], [data-category]');
    const { channel, category } = row?.dataset ?? {};
    if (row === null || (channel ?? category) === undefined) return undefined;
    return channel === undefined
      ? { row, kind: 'category', id: category ?? '' }
      : { row, kind: 'channel', id: channel };
  }
}

function isInUpperHalf(element: Element, y: number): boolean {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2;
}

function lineAt(element: Element, edge: 'top' | 'bottom'): Drop['line'] {
  const { left, width, top, bottom } = element.getBoundingClientRect();
  return { left, width, top: edge === 'top' ? top : bottom };
}
