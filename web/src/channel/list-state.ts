import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { createSelector, createSignal, onCleanup } from 'solid-js';
import type { ChannelRoom } from '../room/channel-room.ts';
import type { JumpOutcome } from '../room/history.ts';

/** How long a message stands out that one has jumped to, in milliseconds. */
const HIGHLIGHT_MS = 2_000;

/** What of a message is open: its menu beside something, or as a sheet on a phone; or the emoji. */
export type MessageQuestion =
  | { about: 'menu'; message: Message; at: DOMRect | 'sheet' }
  | { about: 'emoji'; message: Message; at: DOMRect };

/** What the parts of a message list share: where it stands, and which message is meant. */
export function createListState(room: ChannelRoom, onFailure: (outcome: JumpOutcome) => void) {
  const [atEnd, setAtEnd] = createSignal(true);
  const [target, setTarget] = createSignal<{ id: Snowflake }>();
  const [highlighted, setHighlighted] = createSignal<Snowflake>();
  const [pointed, setPointed] = createSignal<Snowflake>();
  const [question, setQuestion] = createSignal<MessageQuestion>();
  let fading: ReturnType<typeof setTimeout> | undefined;
  const isShiftDown = createShiftKey();
  onCleanup(() => clearTimeout(fading));

  function highlight(id: Snowflake): void {
    clearTimeout(fading);
    setHighlighted(id);
    fading = setTimeout(() => setHighlighted(undefined), HIGHLIGHT_MS);
  }

  function leaveEnd(): void {
    setAtEnd(false);
    room.history.reads(false);
  }

  return {
    /** The reader is at the newest message; false as well while they look elsewhere. */
    atEnd: () => atEnd() && !room.history.isElsewhere(),
    setAtEnd(isAtFoot: boolean): void {
      // The foot of a window elsewhere is not the end: when it becomes part of that, one reads on there.
      const isThere = isAtFoot && !room.history.isElsewhere();
      setAtEnd(isThere);
      room.history.reads(isThere);
    },
    /** What the list is to be scrolled to; each jump is another object. */
    target,
    async jump(id: Snowflake): Promise<void> {
      const outcome = await room.history.jump(id);
      if (outcome === 'overtaken') return;
      if (outcome !== 'shown') return onFailure(outcome);
      leaveEnd();
      setTarget({ id });
      highlight(id);
    },
    /** To where a moment lies between messages. */
    async jumpNear(id: Snowflake): Promise<void> {
      const nearest = await room.history.jumpNear(id);
      if (nearest === undefined) return onFailure('failed');
      leaveEnd();
      setTarget({ id: nearest });
    },
    toPresent(): void {
      setTarget(undefined);
      room.history.toPresent();
      setAtEnd(true);
      room.history.reads(true);
    },
    isHighlighted: createSelector(highlighted),
    /** The message under the pointer or with the focus: it shows what one can do with it. */
    isPointed: createSelector(pointed),
    point: (id: Snowflake | undefined) => void setPointed(id),
    isShiftDown,
    question,
    ask: (next: MessageQuestion | undefined) => void setQuestion(next),
  };
}

/** Whether Shift is held: with it, what is asked about otherwise is done at once. */
function createShiftKey(): () => boolean {
  const [isDown, setIsDown] = createSignal(false);
  const hear = (event: KeyboardEvent) => setIsDown(event.shiftKey);
  const forget = () => setIsDown(false);
  addEventListener('keydown', hear);
  addEventListener('keyup', hear);
  addEventListener('blur', forget);
  onCleanup(() => {
    removeEventListener('keydown', hear);
    removeEventListener('keyup', hear);
    removeEventListener('blur', forget);
  });
  return isDown;
}
