import { describe, expect, test } from 'vitest';
import { hueOf, initials, roleColor } from './person-color.ts';

describe('how a person without a picture is drawn', () => {
  test.each([
    ['Mirela', 'MI'],
    ['Open Source Guild', 'OS'],
    ['Jazz & Maths', 'JM'],
    ['yuki.s', 'YS'],
    ['Øyvind', 'ØY'],
    ['👋 hello', 'HE'],
    ['X', 'X'],
    ['…', ''],
  ])('%s has the initials %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  test('the colour stays the same, and ids that follow each other are spread', () => {
    const ids = Array.from({ length: 90 }, (_, n) => String(381_000_000_000_000_000n + BigInt(n)));
    expect(ids.map(hueOf)).toEqual(ids.map(hueOf));
    const counts = Map.groupBy(ids, hueOf);
    expect(counts.size).toBeGreaterThanOrEqual(14);
  });

  test('a role keeps its hue whatever the mode makes of its lightness', () => {
    expect(roleColor(0x00_0f_a0)).toContain('from #000fa0');
  });
});
