import { describe, expect, test } from 'vitest';
import { levelOf, SpeakingMeter } from './speaking.ts';

describe('how loud', () => {
  test.each([
    [-127, 0],
    [-60, 0],
    [-15, 1],
    [0, 1],
  ])('%i dBov is %f', (dBov, level) => expect(levelOf(dBov)).toBe(level));

  test('it grows with loudness, in hundredths', () => {
    expect(levelOf(-30)).toBeGreaterThan(levelOf(-31));
    expect(levelOf(-37)).toBe(0.51);
  });
});

describe('the ring', () => {
  const told: [string, number][] = [];
  const meter = new SpeakingMeter((levels) => told.push(...levels));
  const round = (heard: Record<string, number> = {}): [string, number][] => {
    told.length = 0;
    meter.update(new Map(Object.entries(heard)));
    return [...told];
  };

  test('lights at once', () => {
    expect(round({ anna: -15 })).toEqual([['anna', 1]]);
    expect(meter.isSpeaking('anna')).toBe(true);
  });

  test('of several is told as one', () => {
    const rounds: number[] = [];
    const many = new SpeakingMeter(({ size }) => rounds.push(size));
    many.update(new Map(Object.entries({ anna: -15, ben: -20, carla: -25 })));
    for (let turn = 0; turn < 4; turn += 1) many.update(new Map());
    expect(rounds).toEqual([3, 3]);
  });

  test('stays quiet while nothing changes', () => {
    expect(round({ anna: -15 })).toEqual([]);
    expect(round({ anna: -16 })).toEqual([]);
  });

  test('falls softly, down to nothing, and says so once', () => {
    const levels: number[] = [];
    while (meter.active) levels.push(...round().map(([, level]) => level));

    expect(levels.length).toBeGreaterThan(1);
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
    expect(levels.at(-1)).toBe(0);
    expect(round()).toEqual([]);
  });

  test('of who goes on is told once in four rounds', () => {
    round({ anna: -15 });
    const later = [-25, -35, -25, -35, -25, -35, -35, -25].map((dBov) => round({ anna: dBov }));
    expect(later.map(({ length }) => length)).toEqual([0, 0, 0, 1, 0, 0, 0, 1]);
    meter.silence('anna');
  });

  test('of the others comes along when somebody begins or ends', () => {
    round({ anna: -15 });
    expect(round({ anna: -35, ben: -20 })).toEqual([
      ['anna', levelOf(-35)],
      ['ben', levelOf(-20)],
    ]);
    meter.silence('ben');
    meter.silence('anna');
  });

  test('goes out however loud it was, wherever it falls from', () => {
    for (let dBov = -59; dBov <= 0; dBov += 1) {
      round({ anna: dBov });
      for (let rounds = 0; rounds < 8; rounds += 1) round();
      expect(meter.active).toBe(false);
    }
  });

  test('lights between two rounds, but is not dimmed there', () => {
    told.length = 0;
    meter.raise('anna', -30);
    meter.raise('anna', -40);
    meter.raise('ben', -90);

    expect(told).toEqual([['anna', levelOf(-30)]]);
    meter.silence('anna');
  });

  test('goes out at once when muted', () => {
    round({ anna: -20, ben: -20 });
    told.length = 0;
    meter.silence('anna');

    expect(told).toEqual([['anna', 0]]);
    expect(meter.isSpeaking('ben')).toBe(true);
  });
});
