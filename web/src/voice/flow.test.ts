import { expect, test } from 'vitest';
import { NO_COUNTS, flowBetween } from './flow.ts';

test('a flow is what came between two looks', () => {
  const before = { bytes: 1_000, packets: 50, lost: 5 };
  const now = { bytes: 11_000, packets: 140, lost: 15 };
  expect(flowBetween(before, now, 2)).toEqual({ kilobitsPerSecond: 40, loss: 0.1 });
});

test('where nothing flows nothing is lost, and a stream that began anew counts from there', () => {
  expect(flowBetween(NO_COUNTS, NO_COUNTS, 2)).toEqual({ kilobitsPerSecond: 0, loss: 0 });
  const ended = { bytes: 90_000, packets: 900, lost: 90 };
  expect(flowBetween(ended, { bytes: 10, packets: 1, lost: 0 }, 2)).toEqual({
    kilobitsPerSecond: 0,
    loss: 0,
  });
});
