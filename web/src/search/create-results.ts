import type { Message } from '@harmonium/api/message';
import type { SearchPage } from '@harmonium/api/search';
import { createSignal } from 'solid-js';

export type Sort = 'newest' | 'oldest';

/** Asks for a page; a cursor goes on where the page before ended. */
export type AskPage = (cursor: string | undefined) => Promise<SearchPage>;

/** A page may be empty without being the last: so many are asked for in a row. */
const EMPTY_PAGES = 4;

/** What was found so far, and what is on its way. */
export function createResults() {
  const [messages, setMessages] = createSignal<readonly Message[]>([]);
  const [state, setState] = createSignal<'none' | 'loading' | 'ready' | 'failed'>('none');
  const [problem, setProblem] = createSignal<unknown>();
  const [cursor, setCursor] = createSignal<string | null>(null);
  let asking: AskPage | undefined;

  async function load(from: string | undefined): Promise<void> {
    const ask = asking;
    if (ask === undefined) return;
    setState('loading');
    try {
      let at = from;
      for (let left = EMPTY_PAGES; left > 0; left -= 1) {
        const page = await ask(at);
        // Something else is looked for by now.
        if (ask !== asking) return;
        setMessages((known) => [...known, ...page.messages]);
        setCursor(page.cursor);
        if (page.messages.length > 0 || page.cursor === null) break;
        at = page.cursor;
      }
      setState('ready');
    } catch (thrown) {
      if (ask !== asking) return;
      setProblem(thrown);
      setState('failed');
    }
  }

  return {
    messages,
    state,
    problem,
    hasMore: () => cursor() !== null,
    start(ask: AskPage): Promise<void> {
      asking = ask;
      setMessages([]);
      setCursor(null);
      return load(undefined);
    },
    /** The next page, or the one that failed. */
    more(): Promise<void> {
      if (state() === 'loading') return Promise.resolve();
      return load(cursor() ?? undefined);
    },
    clear(): void {
      asking = undefined;
      setMessages([]);
      setCursor(null);
      setState('none');
    },
  };
}
export type Results = ReturnType<typeof createResults>;
