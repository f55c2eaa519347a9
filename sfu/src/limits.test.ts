import { expect, test } from 'vitest';
import { Allowance, REQUEST_BURST } from './limits.ts';
import { CallBench } from './testing/call-bench.ts';

test('a burst is let through, then what is earned', () => {
  let now = 1_000;
  const allowance = new Allowance({ burst: 3, perSecond: 2, now: () => now });
  const takeAll = (): number => {
    let taken = 0;
    while (allowance.take()) taken += 1;
    return taken;
  };

  expect(takeAll()).toBe(3);
  now += 1_000;
  expect(takeAll()).toBe(2);
  now += 60_000;
  expect(takeAll()).toBe(3);
  now -= 30_000;
  expect(takeAll()).toBe(0);
});

test('who asks too much, though each answer is awaited, is flooding', async () => {
  const bench = await CallBench.open();
  const anna = await bench.join('anna');
  for (let asked = 0; asked <= 2 * REQUEST_BURST && !anna.ended; asked += 1) {
    anna.connection.receive('{"id":1,"method":"ping"}');
    await anna.connection.idle();
  }

  expect(anna.ended).toBe('flooding');
  bench.close();
});
