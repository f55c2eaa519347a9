import { expect, test } from 'vitest';
import { isWanted, type Occasion } from './is-wanted.ts';

const said: Occasion = {
  isOwn: false,
  isMention: false,
  isMuted: false,
  level: 'all',
  isDnd: false,
  isInView: false,
  isRead: false,
  isBlocked: false,
};

test('the level says what one is told of', () => {
  const told = (level: Occasion['level'], isMention: boolean) =>
    isWanted({ ...said, level, isMention });
  expect([told('all', false), told('all', true)]).toEqual([true, true]);
  expect([told('mentions', false), told('mentions', true)]).toEqual([false, true]);
  expect([told('nothing', false), told('nothing', true)]).toEqual([false, false]);
});

test.each(['isOwn', 'isMuted', 'isDnd', 'isInView', 'isRead', 'isBlocked'] as const)(
  'nobody is told of what is %s',
  (reason) => {
    expect(isWanted({ ...said, isMention: true, [reason]: true })).toBe(false);
  },
);
