import { createSignal, onCleanup } from 'solid-js';
import { placeAt } from './role-order.ts';

interface ReorderDeps {
  /** Names of the things, as they are shown. */
  list: () => readonly { id: string; name: string }[];
  /** The first place that can be taken; what is above stays where it is. */
  first: () => number;
  /** The rows on the screen, in order. */
  rows: () => readonly Element[];
  /** Tells who does not see it. */
  say: (words: {
    what: 'lifted' | 'moved' | 'dropped' | 'back';
    name: string;
    place: number;
  }) => void;
  onDrop: (id: string, from: number, to: number) => void;
}

interface Lift {
  id: string;
  from: number;
  to: number;
  way: 'pointer' | 'keyboard';
}

/** Moves one thing of a list by its handle, with a pointer or with the keyboard. */
export function createReorder(deps: ReorderDeps) {
  const [lift, setLift] = createSignal<Lift>();
  let stopListening = (): void => {};
  onCleanup(() => stopListening());

  const nameOf = (id: string) => deps.list().find((one) => one.id === id)?.name ?? '';
  const clamped = (place: number) =>
    Math.min(deps.list().length - 1, Math.max(deps.first(), place));

  function raise(id: string, way: Lift['way']): void {
    const from = deps.list().findIndex((one) => one.id === id);
    if (from < deps.first()) return;
    setLift({ id, from, to: from, way });
    deps.say({ what: 'lifted', name: nameOf(id), place: from + 1 });
  }

  function moveTo(place: number): void {
    const now = lift();
    const to = clamped(place);
    if (now === undefined || now.to === to) return;
    setLift({ ...now, to });
    deps.rows()[to]?.scrollIntoView({ block: 'nearest' });
    deps.say({ what: 'moved', name: nameOf(now.id), place: to + 1 });
  }

  function drop(): void {
    const now = lift();
    if (now === undefined) return;
    setLift(undefined);
    stopListening();
    deps.say({ what: 'dropped', name: nameOf(now.id), place: now.to + 1 });
    if (now.to !== now.from) deps.onDrop(now.id, now.from, now.to);
  }

  function putBack(): void {
    const now = lift();
    if (now === undefined) return;
    setLift(undefined);
    stopListening();
    deps.say({ what: 'back', name: nameOf(now.id), place: now.from + 1 });
  }

  /** Listens on the window: the row under the finger may be drawn anew meanwhile. */
  function followPointer(id: string, pointerId: number): void {
    const move = (event: PointerEvent): void => {
      if (event.pointerId !== pointerId) return;
      if (lift() === undefined) raise(id, 'pointer');
      const middles = deps.rows().map((row) => {
        const { top, height } = row.getBoundingClientRect();
        return top + height / 2;
      });
      moveTo(placeAt(event.clientY, middles, lift()?.from ?? 0));
    };
    const up = (event: PointerEvent): void => {
      if (event.pointerId !== pointerId) return;
      if (lift() === undefined) stopListening();
      else drop();
    };
    const cancel = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      putBack();
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', putBack);
    addEventListener('keydown', cancel, true);
    stopListening = () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', putBack);
      removeEventListener('keydown', cancel, true);
      stopListening = () => {};
    };
  }

  function takeKey(id: string, event: KeyboardEvent): void {
    const now = lift();
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (now === undefined) raise(id, 'keyboard');
      else drop();
      return;
    }
    if (now === undefined) return;
    const places: Record<string, number> = {
      ArrowUp: now.to - 1,
      ArrowDown: now.to + 1,
      Home: 0,
      End: deps.list().length,
    };
    const to = places[event.key];
    if (to !== undefined) moveTo(to);
    else if (event.key === 'Escape') putBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    /** What is in the air: from where, and where it would land. */
    lift,
    handle: (id: () => string) => ({
      onPointerDown: (event: PointerEvent) => {
        if (event.button === 0) followPointer(id(), event.pointerId);
      },
      onKeyDown: (event: KeyboardEvent) => takeKey(id(), event),
      onBlur: () => {
        if (lift()?.way === 'keyboard') putBack();
      },
    }),
  };
}
