import { parentPort, workerData } from 'node:worker_threads';
import { type Engine, startEngine } from './engine.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** The thread that PGlite has to itself. */
const port = parentPort;
if (port === null) throw new Error('runs only as a worker thread');

const say = (message: FromThread) => {
  port.postMessage(message, message.answer === undefined ? [] : [message.answer.buffer]);
};
const { folder } = workerData as ThreadData; // Given by the one who starts this thread.

const engine = await startEngine({ folder });

async function handle(message: ToThread) {
  try {
    say({ id: message.id, answer: await answer(engine, message) });
  } catch (error) {
    say({ id: message.id, error: error instanceof Error ? error.message : String(error) });
  }
}

async function answer(on: Engine, message: ToThread): Promise<FromThread['answer']> {
  // A copy, because PGlite's answer lies in a buffer of a megabyte that it goes on using.
  if (message.kind === 'exchange') return new Uint8Array(await on.exchange(message.messages));
  if (message.kind === 'begin') await on.begin();
  if (message.kind === 'close') await on.close();
  return undefined;
}

let last = Promise.resolve();
port.on('message', (message: ToThread) => {
  last = last.then(() => handle(message));
});
say({ id: 0 });
