import { describe, expect, test } from 'vitest';
import { Gate, levelOf, meterOf } from './gate.ts';

const BLOCK_S = 0.01;

function hear(gate: Gate, levelDb: number, seconds: number): boolean[] {
  const blocks = Math.round(seconds / BLOCK_S);
  return Array.from({ length: blocks }, () => gate.hear(levelDb, BLOCK_S));
}

describe('voice activity', () => {
  test('a voice opens it at once, and it stays open between words', () => {
    const gate = new Gate();
    hear(gate, -75, 1);
    expect(gate.hear(-30, BLOCK_S)).toBe(true);
    expect(hear(gate, -75, 0.3)).not.toContain(false);
    expect(hear(gate, -75, 0.2).at(-1)).toBe(false);
  });

  test('the hum of a room closes it after a while, and a voice above the hum is heard', () => {
    const gate = new Gate();
    hear(gate, -50, 10);
    expect(gate.hear(-50, BLOCK_S)).toBe(false);
    expect(gate.hear(-32, BLOCK_S)).toBe(true);
  });

  test('however loud the room is, a voice of common loudness is let through', () => {
    const gate = new Gate();
    hear(gate, -20, 120);
    expect(gate.thresholdDb).toBe(-38);
    expect(hear(gate, -20, 5)).not.toContain(false);
  });

  test('a threshold by hand holds', () => {
    const gate = new Gate();
    gate.setting = { thresholdDb: -25 };
    expect(hear(gate, -30, 1)).not.toContain(true);
    expect(gate.hear(-24, BLOCK_S)).toBe(true);
    // A little below it one is still heard: words end softly.
    expect(hear(gate, -29, 2)).not.toContain(false);
  });

  test('a held key lets everything through, and none lets nothing', () => {
    const gate = new Gate();
    gate.setting = 'open';
    expect(gate.hear(-100, BLOCK_S)).toBe(true);
    gate.setting = 'closed';
    expect(gate.hear(0, BLOCK_S)).toBe(false);
  });
});

test('levels are told in decibels, and silence has one', () => {
  expect(levelOf(new Float32Array(480))).toBe(-100);
  expect(levelOf(new Float32Array(480).fill(0.1))).toBeCloseTo(-20, 1);
  expect(meterOf(-100)).toBe(0);
  expect(meterOf(-36)).toBeCloseTo(0.5);
  expect(meterOf(0)).toBe(1);
});
