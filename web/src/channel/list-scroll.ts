import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { VirtualizerHandle } from 'virtua/solid';
import type { Conversation } from './conversation.tsx';
import type { ShownRows } from './message-list.tsx';
import type { Row } from './rows.ts';

/** More is asked for while this much is left above or below, in pixels. */
const LOAD_AHEAD_PX = 900;
/** As near to the end as counts as being there, in pixels. */
const AT_END_PX = 32;
/** Once nobody scrolled for so long, what is far away is let go, in milliseconds. */
const TRIM_AFTER_MS = 600;
/** A list that was put somewhere has settled after so long, in milliseconds. */
const SETTLED_AFTER_MS = 200;
/** What is read before the line that says what is new stays in sight, in pixels. */
const ABOVE_NEW_PX = 72;

export type ListScroll = ReturnType<typeof createListScroll>;

/** Where the list stands: at the end, at a message one has jumped to, or where the reader left it. */
export function createListScroll(conversation: Conversation, shown: () => ShownRows) {
  const { room, news, list } = conversation;
  const { history } = room;
  let handle: VirtualizerHandle | undefined;
  let scroller: HTMLDivElement | undefined;
  let lastOffset = 0;
  let trimming: ReturnType<typeof setTimeout> | undefined;
  /** The reader has put the list somewhere: it is not moved to what is new any more. */
  let isPlaced = false;
  const [firstVisible, setFirstVisible] = createSignal(0);
  let settling: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => {
    clearTimeout(trimming);
    clearTimeout(settling);
  });

  const indexOfMessage = (id: string): number =>
    shown().rows.findIndex((row) => row.kind === 'message' && row.message.id === id);
  const indexOfNew = (): number =>
    shown().rows.findIndex((row) => row.kind === 'message' && row.isFirstNew);

  function keepEnd(): void {
    if (list.atEnd()) handle?.scrollToIndex(shown().keys.length - 1, { align: 'end' });
  }

  // The list learns of a new height a moment later than the page does.
  const isEndInSight = (): boolean =>
    scroller !== undefined &&
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= AT_END_PX;

  /** Where all of it is in sight nothing scrolls, so nothing else would tell that it is read. */
  function settle(): void {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (isEndInSight()) list.setAtEnd(true);
    }, SETTLED_AFTER_MS);
  }

  function toMessage(id: string): void {
    const index = indexOfMessage(id);
    if (index < 0) return;
    handle?.scrollToIndex(index, { align: 'center' });
    settle();
  }

  /** Opens where what is new begins, unless all of it is in sight anyway. */
  function toFirstNew(): boolean {
    const index = untrack(indexOfNew);
    if (index < 0 || handle === undefined) return false;
    list.setAtEnd(false);
    handle.scrollToIndex(index, { align: 'start', offset: -ABOVE_NEW_PX });
    settle();
    return true;
  }

  /** The list stands where it is to begin. */
  function place(): void {
    const target = untrack(list.target);
    if (target !== undefined) toMessage(target.id);
    else if (isPlaced || !toFirstNew()) keepEnd();
  }

  function follow(offset: number): void {
    if (scroller === undefined || handle === undefined) return;
    if (isEndInSight()) list.setAtEnd(true);
    else if (offset < lastOffset) list.setAtEnd(false);
    lastOffset = offset;
    setFirstVisible(handle.findItemIndex(offset + ABOVE_NEW_PX));
    loadAround();
    clearTimeout(trimming);
    trimming = setTimeout(trim, TRIM_AFTER_MS);
  }

  function loadAround(): void {
    if (scroller === undefined) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (scroller.scrollTop < LOAD_AHEAD_PX && history.older() === 'idle') void history.loadOlder();
    if (below < LOAD_AHEAD_PX && history.newer() === 'idle') void history.loadNewer();
  }

  function trim(): void {
    if (handle === undefined) return;
    const { rows } = shown();
    const middle = handle.findItemIndex(handle.scrollOffset + handle.viewportSize / 2);
    const read = rows.slice(middle).find(isMessage) ?? rows.findLast(isMessage);
    if (read !== undefined) history.trim(read.message.id);
  }

  createEffect(
    on(
      () => shown().keys.length,
      () => {
        queueMicrotask(keepEnd);
        settle();
      },
      { defer: true },
    ),
  );
  // A page that did not fill the screen cannot be scrolled, so nothing else would ask.
  createEffect(
    on([history.older, history.newer, history.shown], () => requestAnimationFrame(loadAround), {
      defer: true,
    }),
  );
  createEffect(
    on(
      () => room.pending().at(-1)?.nonce,
      (nonce) => {
        if (nonce === undefined) return;
        news.forget();
        list.toPresent();
        queueMicrotask(keepEnd);
      },
      { defer: true },
    ),
  );
  createEffect(
    on(list.target, (target) => {
      isPlaced ||= target !== undefined;
      if (target !== undefined) queueMicrotask(() => toMessage(target.id));
    }),
  );
  // How far one had read may be known a moment later than the messages.
  createEffect(
    on(
      news.mark,
      (mark) => {
        if (mark !== undefined && !isPlaced) queueMicrotask(toFirstNew);
        isPlaced = true;
      },
      { defer: true },
    ),
  );
  createEffect(on(list.atEnd, (isThere) => isThere && queueMicrotask(keepEnd), { defer: true }));

  return {
    setScroller: (element: HTMLDivElement) => void (scroller = element),
    setList(given: VirtualizerHandle | undefined): void {
      handle = given;
      lastOffset = 0;
      if (given !== undefined) queueMicrotask(place);
    },
    follow,
    /** Something has become higher or lower. */
    settle(): void {
      keepEnd();
      loadAround();
    },
    /** What is new begins above what is in sight. */
    isNewAbove: (): boolean => {
      const index = indexOfNew();
      return index < 0 ? news.summary() !== undefined : index < firstVisible();
    },
    toNew(): void {
      if (toFirstNew()) return;
      const mark = news.mark();
      if (mark !== undefined) void list.jumpNear(mark);
    },
    /** Puts the focus on the row of a message, bringing it into sight. */
    focus(id: string): void {
      const index = indexOfMessage(id);
      if (index < 0) return;
      handle?.scrollToIndex(index, { align: 'nearest' });
      const find = () => scroller?.querySelector<HTMLElement>(`[data-message="${id}"]`);
      const row = find();
      if (row === null || row === undefined) requestAnimationFrame(() => find()?.focus());
      else row.focus({ preventScroll: true });
    },
    /** The last message that is in sight as a whole. */
    lastInSight(): string | undefined {
      if (handle === undefined) return undefined;
      const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize - 1);
      return shown()
        .rows.slice(0, last + 1)
        .findLast(isMessage)?.message.id;
    },
    messages: () => shown().rows.filter(isMessage),
  };
}

type MessageLine = Extract<Row, { kind: 'message' }>;
const isMessage = (row: Row): row is MessageLine => row.kind === 'message';
