import { Worker } from 'node:worker_threads';
import type { Engine } from './engine.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

interface Waiting {
  resolve: (answer: Uint8Array | undefined) => void;
  reject: (error: Error) => void;
}

type Question = ToThread extends infer Message
  ? Message extends ToThread
    ? Omit<Message, 'id'>
    : never
  : never;

const READY = 0;

/** Starts PGlite in a thread of its own, so that a query never holds up this one. */
export async function startThread(folder: string): Promise<Engine> {
  const workerData: ThreadData = { folder };
  const thread = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData,
    // Left alone, V8 lets garbage of a young heap grow to tens of megabytes before it looks.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const waiting = new Map<number, Waiting>();
  let lastId = READY;
  let gone: Error | undefined;

  function end(error: Error) {
    gone ??= error;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  }
  thread.on('error', (cause) => end(new Error('the database thread failed', { cause })));
  thread.on('exit', () => end(new Error('the database thread has ended')));
  thread.on('message', ({ id, answer, error }: FromThread) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asker?.resolve(answer);
    else asker?.reject(new Error(error));
  });

  function expect(id: number): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      if (gone === undefined) waiting.set(id, { resolve, reject });
      else reject(gone);
    });
  }
  function ask(question: Question, given: ArrayBuffer[] = []) {
    lastId += 1;
    const answer = expect(lastId);
    thread.postMessage({ ...question, id: lastId }, given);
    return answer;
  }

  await expect(READY);
  return {
    async begin() {
      await ask({ kind: 'begin' });
    },
    async exchange(messages) {
      // A copy of its own can be given away; sent as it is, all of the buffer it lies in would be.
      const own = new Uint8Array(messages);
      return (await ask({ kind: 'exchange', messages: own }, [own.buffer])) ?? new Uint8Array();
    },
    async close() {
      await ask({ kind: 'close' });
      await thread.terminate();
    },
  };
}
