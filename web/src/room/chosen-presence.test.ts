import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createChosenPresence } from './chosen-presence.ts';

const KEY = 'presence';
let kept: Map<string, string>;
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
};
const told: unknown[] = [];
const open = () => {
  const presence = createChosenPresence({
    storage,
    key: KEY,
    now: Date.now,
    onChange: () => told.push(presence.shown()),
  });
  return presence;
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  kept = new Map();
  told.length = 0;
});
afterEach(() => vi.useRealTimers());

test('who chooses another status keeps what they said', () => {
  const presence = open();
  presence.setText('  reviewing the release ', undefined);
  presence.setStatus('dnd');
  expect(presence.shown()).toEqual({ status: 'dnd', text: 'reviewing the release' });
  expect(open().shown()).toEqual({ status: 'dnd', text: 'reviewing the release' });
});

test('a text with an end goes at that moment, and others are told', () => {
  const presence = open();
  presence.setText('lunch', Date.now() + 30 * 60_000);
  vi.advanceTimersByTime(30 * 60_000 - 1);
  expect(presence.shown().text).toBe('lunch');
  vi.advanceTimersByTime(1);
  expect(presence.shown()).toEqual({ status: 'online' });
  expect(told).toEqual([{ status: 'online', text: 'lunch' }, { status: 'online' }]);
  presence.stop();
});

test('a text whose end passed while the page was closed is not shown again', () => {
  const before = open();
  before.setText('lunch', Date.now() + 60_000);
  before.stop();
  vi.setSystemTime(Date.now() + 120_000);
  expect(open().shown()).toEqual({ status: 'online' });
});

test('what is no presence is not taken for one', () => {
  kept.set(KEY, '{"status":"online","text":7}');
  expect(open().shown()).toEqual({ status: 'online' });
});
