import { createEffect, createSignal, on } from 'solid-js';
import { useConversation } from './conversation.tsx';

/**
 * Tells screen readers what others write. The list itself cannot be the live region: rows come and
 * go in it as one scrolls.
 */
export function NewsForReaders() {
  const conversation = useConversation();
  const [news, setNews] = createSignal('');
  const newest = () => conversation.room.timeline().messages.at(-1);
  createEffect(
    on(newest, (message, previous) => {
      if (message === undefined || previous === undefined || message.id === previous.id) return;
      if (message.author.id === conversation.me()?.id) return;
      if (conversation.isBlocked(message.author.id)) return;
      setNews(`${conversation.author(message.author).name}: ${message.content}`);
    }),
  );
  return (
    <div role="status" aria-live="polite" class="sr-only">
      {news()}
    </div>
  );
}
