import { ApiProblem } from '@harmonium/api/client';
import type { MetEmoji } from '@harmonium/api/emoji';
import { createSignal } from 'solid-js';

/** Asked for in the life of a page: a message full of ids that stand for nothing costs no more. */
const MOST_ASKED = 200;

export type MetEmojis = ReturnType<typeof createMetEmojis>;

/** Emoji of servers in which one is not, as others show them in direct conversations; asked for once. */
export function createMetEmojis(ask: (id: string) => Promise<MetEmoji>) {
  const [met, setMet] = createSignal<ReadonlyMap<string, MetEmoji>>(new Map());
  const asked = new Set<string>();
  let line: Promise<void> = Promise.resolve();

  async function meet(id: string): Promise<void> {
    try {
      const emoji = await ask(id);
      setMet((known) => new Map(known).set(id, emoji));
    } catch (problem) {
      // Gone is an answer; anything else may be better the next time it is drawn.
      if (!(problem instanceof ApiProblem && problem.code === 'not_found')) asked.delete(id);
    }
  }

  return {
    /** Undefined: not known, or not yet. */
    find(id: string): MetEmoji | undefined {
      const known = met().get(id);
      if (known === undefined && !asked.has(id) && asked.size < MOST_ASKED) {
        asked.add(id);
        // One after the other: nothing else on the page waits for them.
        line = line.then(() => meet(id));
      }
      return known;
    },
  };
}
