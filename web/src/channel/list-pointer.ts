import type { Message } from '@harmonium/api/message';
import type { Conversation } from './conversation.tsx';

/** A finger that stays for so long asks for the menu, in milliseconds. */
const LONG_PRESS_MS = 450;
/** A finger that goes further scrolls, in pixels. */
const STILL_PX = 10;

/** Listeners of a list: which message is meant by a pointer, or by a finger that stays. */
export function makeListPointer(conversation: Conversation) {
  const { list, room } = conversation;
  let press: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined;

  function messageOf(event: Event): Message | undefined {
    const row = event.target instanceof Element ? event.target.closest('[data-message]') : null;
    const id = row?.getAttribute('data-message');
    const found = room.history.shown().messages.find((message) => message.id === id);
    return found?.removedAt === null ? found : undefined;
  }

  function release(): void {
    clearTimeout(press?.timer);
    press = undefined;
  }

  return {
    onPointerOver(event: PointerEvent): void {
      if (event.pointerType === 'mouse') list.point(messageOf(event)?.id);
    },
    onPointerLeave(): void {
      list.point(undefined);
    },
    onFocusIn(event: FocusEvent): void {
      list.point(messageOf(event)?.id);
    },
    onPointerDown(event: PointerEvent): void {
      release();
      const message = event.pointerType === 'touch' ? messageOf(event) : undefined;
      if (message === undefined) return;
      const timer = setTimeout(() => {
        navigator.vibrate?.(8);
        list.ask({ about: 'menu', message, at: 'sheet' });
      }, LONG_PRESS_MS);
      press = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove({ clientX, clientY }: PointerEvent): void {
      if (press === undefined) return;
      if (Math.hypot(clientX - press.x, clientY - press.y) > STILL_PX) release();
    },
    onPointerUp: release,
    onPointerCancel: release,
    onContextMenu(event: MouseEvent): void {
      const message = messageOf(event);
      if (message === undefined || isForTheBrowser(event)) return;
      event.preventDefault();
      const isTouch = matchMedia('(pointer: coarse)').matches;
      if (!isTouch) {
        const at = new DOMRect(event.clientX, event.clientY, 0, 0);
        list.ask({ about: 'menu', message, at });
      }
    },
  };
}

/** Links, pictures, fields and chosen words have menus of the browser's own. */
function isForTheBrowser({ target }: MouseEvent): boolean {
  if (getSelection()?.isCollapsed === false) return true;
  return target instanceof Element && target.closest('a, img, video, textarea') !== null;
}
