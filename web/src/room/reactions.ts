import type { Snowflake } from '@harmonium/api/ids';
import type { Message, Reaction } from '@harmonium/api/message';
import { createSignal } from 'solid-js';
import { withWish } from './reactions-on.ts';

interface Wish {
  emoji: string;
  on: boolean;
}

/** Puts emoji on messages: what one presses shows at once, and goes again where the room refuses. */
export function createReactions<Outcome>(
  tell: (messageId: Snowflake, emoji: string, on: boolean) => Promise<Outcome>,
) {
  const [wishes, setWishes] = createSignal<ReadonlyMap<string, readonly Wish[]>>(new Map());

  function forget(messageId: string, wish: Wish): void {
    setWishes((held) => {
      const left = (held.get(messageId) ?? []).filter((other) => other !== wish);
      const next = new Map(held).set(messageId, left);
      if (left.length === 0) next.delete(messageId);
      return next;
    });
  }

  return {
    of: ({ id, reactions = [] }: Pick<Message, 'id' | 'reactions'>): readonly Reaction[] =>
      (wishes().get(id) ?? []).reduce<readonly Reaction[]>(
        (shown, wish) => withWish(shown, wish.emoji, wish.on),
        reactions,
      ),
    async set(messageId: Snowflake, emoji: string, on: boolean): Promise<Outcome> {
      const wish = { emoji, on };
      setWishes((held) => new Map(held).set(messageId, [...(held.get(messageId) ?? []), wish]));
      try {
        return await tell(messageId, emoji, on);
      } finally {
        forget(messageId, wish);
      }
    },
  };
}
