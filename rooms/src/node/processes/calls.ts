import type { Call, Questions, Reply } from './message.ts';

/** As long as a publisher waits. */
const PATIENCE_MS = 10_000;
/** Unanswered ones at a time; more are refused, and their publishers come again. */
const MAX_PENDING = 10_000;

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Questions to the other side of a channel between two processes. */
export class Calls {
  readonly #say: (call: Call) => void;
  readonly #pending = new Map<number, Pending>();
  #asked = 0;

  constructor(say: (call: Call) => void) {
    this.#say = say;
  }

  /** Throws when there is no answer, also when the question may have been heard. */
  async ask<What extends keyof Questions>(
    what: What,
    rest: Omit<Questions[What]['ask'], 'what'>,
  ): Promise<Questions[What]['answer']> {
    if (this.#pending.size >= MAX_PENDING) throw new Error('Too much is asked of a room process.');
    const answer = await new Promise<unknown>((resolve, reject) => {
      const id = (this.#asked += 1);
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error('A room process does not answer.'));
      }, PATIENCE_MS);
      this.#pending.set(id, { resolve, reject, timer });
      // One of the questions, put together again.
      this.#say({ type: 'call', id, ask: { what, ...rest } as Questions[What]['ask'] });
    });
    return answer as Questions[What]['answer']; // The other side runs this very code.
  }

  settle(given: Reply): void {
    const pending = this.#pending.get(given.id);
    if (pending === undefined) return;
    this.#pending.delete(given.id);
    clearTimeout(pending.timer);
    if (given.type === 'answer') pending.resolve(given.value);
    else pending.reject(new Error(given.reason));
  }

  /** Nobody is there to answer any more. */
  abandon(): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Error('The process of the room ended.'));
    }
    this.#pending.clear();
  }
}

/** Answers a call with whatever `answer` gives or throws. */
export async function reply(
  id: number,
  answer: () => unknown,
  say: (given: Reply) => void,
): Promise<void> {
  try {
    say({ type: 'answer', id, value: await answer() });
  } catch (error) {
    say({ type: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
  }
}
