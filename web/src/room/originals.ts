import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { createSignal, untrack } from 'solid-js';
import type { Stretch } from './stretch.ts';

/** Messages that one request asks for. */
const MOST_ASKED = 50;
/** Where a request failed, the next goes out this much later, in milliseconds. */
const RETRY_MS = 5_000;
/** Beyond this many they are forgotten, and asked for again where they are seen. */
const MOST_KEPT = 400;

interface OriginalsDeps {
  load: (ids: Snowflake[]) => Promise<Message[]>;
  /** Messages that are here anyway. */
  held: (id: string) => Message | undefined;
}

/** The messages that others answer, wherever they lie: those not at hand are asked for together. */
export function createOriginals(deps: OriginalsDeps) {
  const [known, setKnown] = createSignal<ReadonlyMap<string, Message | null>>(new Map());
  const wanted = new Set<Snowflake>();
  let asking: ReturnType<typeof setTimeout> | undefined;

  function want(id: Snowflake): void {
    wanted.add(id);
    asking ??= setTimeout(() => void ask());
  }

  async function ask(): Promise<void> {
    const ids = [...wanted].slice(0, MOST_ASKED);
    let pause: number | undefined;
    try {
      const found = new Map((await deps.load(ids)).map((message) => [message.id, message]));
      for (const id of ids) wanted.delete(id);
      setKnown((held) => {
        const next = new Map(held.size > MOST_KEPT ? [] : held);
        for (const id of ids) next.set(id, found.get(id) ?? null);
        return next;
      });
    } catch {
      pause = RETRY_MS;
    }
    asking = wanted.size > 0 ? setTimeout(() => void ask(), pause) : undefined;
  }

  return {
    /** Null: there is none any more; undefined: not here yet. */
    original(id: Snowflake): Message | null | undefined {
      const found = deps.held(id) ?? known().get(id);
      if (found === undefined) untrack(() => want(id));
      return found;
    },
    /** Applies what happened to messages. */
    change(how: (held: Stretch) => Stretch): void {
      if (known().size === 0) return;
      const messages = [...known().values()].filter((message) => message !== null);
      const next = how({ messages, complete: false }).messages;
      if (next === messages) return;
      setKnown((held) => new Map([...held, ...next.map((each) => [each.id, each] as const)]));
    },
    /** They may have been changed unheard: whoever shows them asks again. */
    forget(): void {
      if (known().size > 0) setKnown(new Map());
    },
  };
}
