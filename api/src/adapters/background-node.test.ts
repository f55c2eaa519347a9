import { expect, test } from 'vitest';
import { createBackground } from './background-node.ts';

test('it is waited for, with what it begins', async () => {
  const background = createBackground();
  const done: string[] = [];
  const first = async () => {
    await Promise.resolve();
    background.add(Promise.resolve().then(() => void done.push('second')));
    done.push('first');
  };
  background.add(first());
  await background.settled(5_000);
  expect(done).toEqual(['first', 'second']);
});

test('what never ends is not waited for', async () => {
  const background = createBackground();
  background.add(new Promise(() => {}));
  const began = performance.now();
  await background.settled(50);
  expect(performance.now() - began).toBeLessThan(1_000);
});
