import { beforeEach, describe, expect, test } from 'vitest';
import { SpeakerChoice } from './speaker-choice.ts';

/* Three places, and more people than that. */

const PACKET_MS = 20;
let choice: SpeakerChoice;
let now: number;
let places: (string | null)[];
let changes: number;
beforeEach(() => {
  choice = new SpeakerChoice(3);
  now = 1_000_000;
  places = [null, null, null];
  changes = 0;
});

/** Lets time pass in which these people send at their loudness, in dBov. */
function pass(milliseconds: number, loud: Record<string, number> = {}): void {
  for (let at = 0; at < milliseconds; at += PACKET_MS) {
    now += PACKET_MS;
    const heard = Object.entries(loud).map(([id, dBov]) => choice.hear(id, dBov, now));
    for (const change of [...heard, ...choice.settle(now)]) {
      if (change === undefined) continue;
      places[change.place] = change.id;
      changes += 1;
    }
  }
}

describe('free places', () => {
  test('who speaks gets one within 60 ms', () => {
    pass(60, { anna: -25 });
    expect(places).toEqual(['anna', null, null]);
  });

  test('a click gets none', () => {
    pass(40, { anna: -25 });
    pass(200, { anna: -127 });
    expect(places).toEqual([null, null, null]);
  });

  test('who speaks softly has one, too, for as long as they do', () => {
    pass(5_000, { anna: -57 });
    expect(places).toEqual(['anna', null, null]);
    expect(changes).toBe(1);
  });

  test('noise of a room gets none', () => {
    pass(5_000, { anna: -70 });
    expect(changes).toBe(0);
  });

  test('three speak at once, and each is heard', () => {
    pass(60, { anna: -25, ben: -30, carla: -35 });
    expect(places).toEqual(['anna', 'ben', 'carla']);
  });

  test('who comes back has the same one', () => {
    pass(100, { anna: -25 });
    pass(100, { anna: -25, ben: -25 });
    pass(2_000);
    expect(places).toEqual([null, null, null]);
    pass(100, { ben: -25 });
    expect(places).toEqual([null, 'ben', null]);
  });
});

describe('who has a place', () => {
  test('keeps it between two sentences', () => {
    pass(500, { anna: -25 });
    pass(1_400);
    expect(places).toEqual(['anna', null, null]);
    pass(200);
    expect(places).toEqual([null, null, null]);
  });

  test('also while they send silence', () => {
    pass(500, { anna: -25 });
    pass(1_400, { anna: -127 });
    expect(places[0]).toBe('anna');
  });

  test('loses it at once when muted, and it is free for the next', () => {
    pass(500, { anna: -25, ben: -25, carla: -25 });
    expect(choice.remove('ben')).toEqual({ place: 1, id: null });
    pass(60, { dora: -40 });
    expect(places).toEqual(['anna', 'dora', 'carla']);
    expect(choice.remove('ben')).toBeUndefined();
  });
});

describe('a fourth', () => {
  beforeEach(() => pass(1_000, { anna: -30, ben: -30, carla: -30 }));

  test('as loud as they waits', () => {
    pass(3_000, { anna: -30, ben: -30, carla: -30, dora: -28 });
    expect(places).toEqual(['anna', 'ben', 'carla']);
  });

  test('clearly louder takes the place of the quietest within a second, and keeps it', () => {
    pass(900, { anna: -30, ben: -36, carla: -30, dora: -22 });
    expect(places).toEqual(['anna', 'dora', 'carla']);
    pass(3_000, { anna: -30, ben: -36, carla: -30, dora: -22 });
    expect(changes).toBe(4);
  });

  test('that only laughs aloud takes no place', () => {
    pass(300, { anna: -30, ben: -30, carla: -30, dora: -10 });
    pass(3_000, { anna: -30, ben: -30, carla: -30, dora: -127 });
    expect(places).toEqual(['anna', 'ben', 'carla']);
  });

  test('has the place of whoever paused, at the first sound', () => {
    pass(600, { anna: -30, carla: -30 });
    pass(60, { anna: -30, carla: -30, dora: -40 });
    expect(places).toEqual(['anna', 'dora', 'carla']);
  });

  test('does not cut in between two words', () => {
    pass(300, { anna: -30, carla: -30 });
    pass(60, { anna: -30, carla: -30, dora: -30 });
    expect(places).toEqual(['anna', 'ben', 'carla']);
  });

  test('has the place of whose microphone only hums', () => {
    pass(600, { anna: -30, ben: -55, carla: -30 });
    pass(60, { anna: -30, ben: -55, carla: -30, dora: -40 });
    expect(places).toEqual(['anna', 'dora', 'carla']);
  });

  test('that only hums gets none', () => {
    pass(1_000, { anna: -30, carla: -30, dora: -55 });
    expect(places).toEqual(['anna', 'ben', 'carla']);
  });
});

describe('when packets are held up', () => {
  /** As `pass`, but everything comes at once, at the end. */
  function holdUp(milliseconds: number, loud: Record<string, number>): void {
    now += milliseconds;
    for (let at = 0; at < milliseconds; at += PACKET_MS) {
      for (const [id, dBov] of Object.entries(loud)) {
        const change = choice.hear(id, dBov, now);
        if (change === undefined) continue;
        places[change.place] = change.id;
        changes += 1;
      }
    }
  }

  test('nobody loses a place by it', () => {
    const four = { dora: -40, anna: -20, ben: -20, carla: -20 };
    pass(1_000, { anna: -20, ben: -20, carla: -20 });
    for (let turn = 0; turn < 10; turn += 1) holdUp(700, four);
    expect(places).toEqual(['anna', 'ben', 'carla']);
    expect(changes).toBe(3);
  });

  test('the louder one still gets one', () => {
    pass(1_000, { anna: -40, ben: -20, carla: -20 });
    for (let turn = 0; turn < 4; turn += 1)
      holdUp(300, { dora: -20, anna: -40, ben: -20, carla: -20 });
    expect(places).toEqual(['dora', 'ben', 'carla']);
  });
});

test('in a heated talk of ten, places do not fly', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  for (let round = 0; round < 100; round += 1) {
    const loud = names.map((name, at) => [name, -30 - ((round * 7 + at * 13) % 6)] as const);
    pass(200, Object.fromEntries(loud));
  }
  expect(changes).toBe(3);
  expect(places).not.toContain(null);
});
