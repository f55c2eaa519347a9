import type { Message } from '@harmonium/api/message';
import { isShortcut, shortcutsIn } from '../keys/shortcuts.ts';
import type { ShortcutName } from '../keys/shortcuts.ts';
import type { Conversation } from './conversation.tsx';
import type { ListScroll } from './list-scroll.ts';

/**
 * The list is one stop of the Tab key; in it the arrows go from message to message, and letters do
 * what one does with them. Answers the listener to put on the list.
 */
export function createListKeys(conversation: Conversation, scroll: ListScroll) {
  const { list } = conversation;

  const acts = {
    messageMenu: (message, row) => openMenu(message, row),
    reply: (message) => conversation.canAnswer(message) && conversation.setReplying(message),
    edit: (message) => conversation.canEdit(message) && conversation.startEdit(message.id),
    pin: (message) =>
      conversation.canPin() && void conversation.pin(message, !conversation.isPinned(message.id)),
    react: (message, row) => {
      if (conversation.canReact()) {
        list.ask({ about: 'emoji', message, at: row.getBoundingClientRect() });
      }
    },
    remove: (message) => conversation.canRemove(message) && conversation.setRemoving(message),
  } satisfies Partial<Record<ShortcutName, (message: Message, row: HTMLElement) => void>>;
  const names = shortcutsIn('message').filter((name) => name in acts) as (keyof typeof acts)[]; // Just looked.

  function openMenu(message: Message, row: HTMLElement): void {
    const { left, top } = row.getBoundingClientRect();
    list.ask({ about: 'menu', message, at: new DOMRect(left + 76, top + 8, 0, 24) });
  }

  /** From message to message; `undefined`: not one of these keys. */
  function neighbour(key: string, from: string | undefined): string | undefined {
    const ids = scroll.messages().map((row) => row.message.id as string);
    const at = from === undefined ? -1 : ids.indexOf(from);
    if (key === 'Home') return ids[0];
    if (key === 'End') return ids.at(-1);
    if (key === 'ArrowUp') return at < 0 ? scroll.lastInSight() : ids[Math.max(0, at - 1)];
    if (key === 'ArrowDown') return at < 0 ? scroll.lastInSight() : (ids[at + 1] ?? ids.at(-1));
    return undefined;
  }

  return (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const { target, currentTarget, key } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    // In a row a field and a button keep their own keys.
    const row = target.closest<HTMLElement>('[data-message]');
    const isRow = target === row || target === currentTarget;
    if (key === 'Escape' && !event.defaultPrevented && target.closest('textarea') === null) {
      event.preventDefault();
      return leave(currentTarget);
    }
    if (!isRow) return;
    const id = row?.dataset['message'];
    const next = neighbour(key, id);
    if (next !== undefined) {
      event.preventDefault();
      return scroll.focus(next);
    }
    const message = scroll.messages().find((each) => each.message.id === id)?.message;
    const name =
      key === 'ContextMenu' ? 'messageMenu' : names.find((each) => isShortcut(event, each));
    if (row === null || message === undefined || name === undefined) return;
    if (message.removedAt !== null) return;
    event.preventDefault();
    acts[name](message, row);
  };

  /** What is new is read, or else one goes back to writing. */
  function leave(log: HTMLElement): void {
    if (conversation.selection.isOn()) return conversation.selection.stop();
    if (conversation.news.summary() !== undefined) return conversation.news.dismiss();
    log.closest('section')?.querySelector<HTMLElement>('form textarea')?.focus();
  }
}
