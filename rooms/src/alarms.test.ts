import { expect, test } from 'vitest';
import { Alarms } from './alarms.ts';

function clocked<Name extends string>() {
  const clock = { now: 0 };
  const told: (number | undefined)[] = [];
  const alarms = new Alarms<Name>(
    (at) => told.push(at),
    () => clock.now,
  );
  return { clock, told, alarms };
}

test('several alarms are one: the next', () => {
  const { clock, told, alarms } = clocked<'a' | 'b'>();
  alarms.set('a', 300);
  alarms.set('b', 200);
  alarms.set('b', 200);
  clock.now = 250;
  expect(alarms.due()).toEqual(['b']);
  alarms.set('a', undefined);
  alarms.set('a', undefined);
  expect(told).toEqual([300, 200, 300, undefined]);
});

test('after the clock jumped ahead, one that is long past holds up nothing that is set later', () => {
  const { clock, told, alarms } = clocked<'renewal' | 'drain'>();
  alarms.set('renewal', 300_000);
  clock.now = 7_200_000;
  alarms.set('drain', clock.now + 50);
  // The host hears of the past one again, and rings at once.
  expect(told).toEqual([300_000, 300_000]);
  expect(alarms.due()).toEqual(['renewal']);
  expect(told.at(-1)).toBe(clock.now + 50);
});
