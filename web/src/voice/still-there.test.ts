import { expect, test } from 'vitest';
import type { CallState } from './call-state.ts';
import { NOT_CONNECTED } from './call-state.ts';
import { stillThere } from './still-there.ts';

const SPEAKING: CallState = {
  ...NOT_CONNECTED,
  phase: 'reconnecting',
  channelId: '200',
  muted: false,
  deafened: false,
  microphone: 'on',
  microphoneName: '',
  soundBlocked: false,
};

test('who speaks is told that they are still heard', () => {
  expect(stillThere(SPEAKING)).toMatch(/You are still heard/);
});

test.each<Partial<CallState>>([
  { muted: true },
  { serverMuted: true },
  { canSpeak: false },
  { microphone: 'none' },
])('who is not heard anyway, by %o, only that they hear', (change) => {
  expect(stillThere({ ...SPEAKING, ...change })).toMatch(/You still hear the others/);
});

test.each<Partial<CallState>>([{ deafened: true, muted: true }, { serverDeafened: true }])(
  'who hears nothing anyway, by %o, that they are in the call',
  (change) => {
    expect(stillThere({ ...SPEAKING, ...change })).toMatch(/You are still in the call/);
  },
);
