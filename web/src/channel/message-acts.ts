import type { Message } from '@harmonium/api/message';
import BellDot from 'lucide-solid/icons/bell-dot';
import Copy from 'lucide-solid/icons/copy';
import Link from 'lucide-solid/icons/link';
import ListChecks from 'lucide-solid/icons/list-checks';
import MessagesSquare from 'lucide-solid/icons/messages-square';
import Pencil from 'lucide-solid/icons/pencil';
import Pin from 'lucide-solid/icons/pin';
import PinOff from 'lucide-solid/icons/pin-off';
import Reply from 'lucide-solid/icons/reply';
import SmilePlus from 'lucide-solid/icons/face-slightly-smiling-plus';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, type Component } from 'solid-js';
import { t } from '../strings/messages.ts';
import type { Conversation } from './conversation.tsx';

export interface MessageAct {
  icon: Component<{ size: number }>;
  label: string;
  /** The key that does the same on a message with the focus. */
  keys?: string;
  danger?: boolean;
  /** Begins another group. */
  begins?: boolean;
  act: () => void;
}

/**
 * All that one may do with a message, as the menu and the sheet list it. It follows what changes
 * while they are open, and stands still as long as nothing does: what is pressed is not drawn anew.
 */
export function createMessageActs(
  conversation: Conversation,
  message: () => Message,
  at: () => DOMRect,
): () => MessageAct[] {
  return createMemo(() => messageActs(conversation, message(), at), [], {
    equals: (before, now) =>
      before.length === now.length &&
      before.every(({ label }, index) => label === now[index]?.label),
  });
}

function messageActs(
  conversation: Conversation,
  message: Message,
  at: () => DOMRect,
): MessageAct[] {
  const { list } = conversation;
  const isPinned = conversation.isPinned(message.id);
  const acts: (MessageAct | false)[] = [
    conversation.canReact() && {
      icon: SmilePlus,
      label: t('messages.addReaction'),
      keys: '+',
      act: () => list.ask({ about: 'emoji', message, at: at() }),
    },
    conversation.canAnswer(message) && {
      icon: Reply,
      label: t('messages.reply'),
      keys: 'R',
      act: () => conversation.setReplying(message),
    },
    conversation.canStartThread(message) && {
      icon: MessagesSquare,
      label: t('messages.startThread'),
      act: () => conversation.startThread(message),
    },
    conversation.canEdit(message) && {
      icon: Pencil,
      label: t('messages.edit'),
      keys: 'E',
      act: () => conversation.startEdit(message.id),
    },
    message.content !== '' && {
      icon: Copy,
      label: t('messages.copyText'),
      begins: true,
      act: () => void conversation.copy(message.content, t('messages.textCopied')),
    },
    {
      icon: Link,
      label: t('messages.copyLink'),
      act: () => void conversation.copy(conversation.linkTo(message), t('messages.linkCopied')),
    },
    conversation.canPin() && {
      icon: isPinned ? PinOff : Pin,
      label: isPinned ? t('messages.unpin') : t('messages.pin'),
      keys: 'P',
      begins: true,
      act: () => void conversation.pin(message, !isPinned),
    },
    {
      icon: BellDot,
      label: t('messages.markUnread'),
      act: () => conversation.markUnread(message),
    },
    conversation.canSelect() && {
      icon: ListChecks,
      label: t('messages.select'),
      act: () => conversation.selection.start(message.id),
    },
    conversation.canRemove(message) && {
      icon: Trash,
      label: t('messages.remove'),
      keys: 'Del',
      danger: true,
      begins: true,
      act: () =>
        list.isShiftDown()
          ? void conversation.remove(message)
          : void conversation.setRemoving(message),
    },
  ];
  return acts.filter((act) => act !== false);
}
