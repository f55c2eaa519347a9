import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';

test('so much at a time, in the order asked for, whatever fails', async () => {
  const queue = createQueue(2, 10);
  const log: string[] = [];
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const done = gates.map(async ({ promise }, index) => {
    const work = queue(async () => {
      log.push(`begin ${index}`);
      await promise;
      if (index === 0) throw new Error('broken');
    });
    await work.catch(() => log.push(`failed ${index}`));
  });
  await Promise.resolve();
  expect(log).toEqual(['begin 0', 'begin 1']);
  for (const { resolve } of gates) resolve();
  await Promise.all(done);
  expect(log).toEqual(['begin 0', 'begin 1', 'begin 2', 'failed 0', 'begin 3']);
});

test('whoever would wait too long is asked to come again, and the line goes on', async () => {
  const queue = createQueue(1, 1);
  const gate = Promise.withResolvers<void>();
  const first = queue(() => gate.promise);
  const second = queue(() => Promise.resolve('second'));
  await expect(queue(() => Promise.resolve())).rejects.toMatchObject({ code: 'unavailable' });
  gate.resolve();
  await first;
  expect(await second).toBe('second');
  expect(await queue(() => Promise.resolve('later'))).toBe('later');
});
