import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  SNOWFLAKE_EPOCH_MS,
  Snowflake,
  compareSnowflakes,
  createSnowflakes,
  isSnowflake,
  snowflakeTime,
} from './ids.ts';

const START = Date.UTC(2026, 0, 1);

test('ids grow strictly, however the clock jumps', () => {
  const jumps = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(jumps, (steps) => {
      let now = START;
      const ids = createSnowflakes({ node: 3, now: () => now });
      let last = ids.next();
      for (const step of steps) {
        now += step;
        const next = ids.next();
        expect(BigInt(next)).toBeGreaterThan(BigInt(last));
        last = next;
      }
    }),
  );
});

test('more ids than a millisecond holds go on into the next', () => {
  const ids = createSnowflakes({ node: 0, now: () => START });
  const made = Array.from({ length: 10_000 }, () => BigInt(ids.next()));
  expect(made.every((id, index) => index === 0 || id > (made[index - 1] ?? 0n))).toBe(true);
  expect(snowflakeTime(Snowflake.parse(String(made.at(-1))))).toBe(START + 2);
});

test('after a restart ids go on above the last one, also with the clock behind', () => {
  const before = createSnowflakes({ node: 5, now: () => START }).next();
  const after = createSnowflakes({ node: 5, now: () => START - 60_000, last: before });
  expect(compareSnowflakes(before, after.next())).toBeLessThan(0);
});

test('two nodes never make the same id', () => {
  const made = [0, 1, 2, 1023].flatMap((node) => {
    const ids = createSnowflakes({ node, now: () => START });
    return Array.from({ length: 100 }, () => ids.next());
  });
  expect(new Set(made).size).toBe(400);
});

test('an id tells when it was made', () => {
  const now = START + 12_345;
  expect(snowflakeTime(createSnowflakes({ node: 1, now: () => now }).next())).toBe(now);
  expect(snowflakeTime(Snowflake.parse('1'))).toBe(SNOWFLAKE_EPOCH_MS);
});

test('ids are ordered as numbers', () => {
  const id = fc.bigInt({ min: 1n, max: (1n << 63n) - 1n });
  fc.assert(
    fc.property(id, id, (a, b) => {
      const order = compareSnowflakes(Snowflake.parse(`${a}`), Snowflake.parse(`${b}`));
      expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('any text can be asked whether it is an id', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const isId = /^[1-9]\d{0,18}$/.test(text) && BigInt(text) < 1n << 63n;
      expect(isSnowflake(text)).toBe(isId);
    }),
  );
});

test.each(['', '0', '-1', '01', '1e3', ' 1', '1 ', '١', '9223372036854775808', '9'.repeat(30)])(
  '%j is no id',
  (text) => {
    expect(isSnowflake(text)).toBe(false);
  },
);
