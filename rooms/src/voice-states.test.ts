import type { Snowflake } from '@harmonium/api/ids';
import { beforeEach, describe, expect, test } from 'vitest';
import type { VoiceChange } from '../contract/publish.ts';
import {
  VOICE_EXPIRY_MS,
  VOICE_SNAPSHOT_INTERVAL_MS,
  type VoiceState,
} from '../contract/voice-state.ts';
import { FakeStorage } from './testing/fake-storage.ts';
import { VoiceStates } from './voice-states.ts';

/* Who is shown in a call while people move from one node to another. */

const LOUNGE = '200' as Snowflake; // Literal snowflakes.
const [ANNA, BEN] = ['1' as Snowflake, '2' as Snowflake];

let storage: FakeStorage;
let states: VoiceStates;
let now: number;
beforeEach(() => {
  storage = new FakeStorage(() => {});
  states = new VoiceStates(storage);
  now = 0;
});

function of(id: Snowflake, rest: Partial<VoiceState> = {}): VoiceState {
  const user = { id, username: id, avatar: null };
  const since = new Date(0).toISOString();
  return {
    channelId: LOUNGE,
    user,
    muted: false,
    deafened: false,
    speaking: false,
    since,
    ...rest,
  };
}

const hear = (event: VoiceChange) => states.hear(event, now);
const join = (id: Snowflake, node?: string) =>
  hear({ type: 'voice.joined', state: of(id), ...(node === undefined ? {} : { node }) });
const leave = (userId: Snowflake, node?: string) =>
  hear({ type: 'voice.left', channelId: LOUNGE, userId, ...(node === undefined ? {} : { node }) });
const snapshot = (node: string, ...ids: Snowflake[]) =>
  hear({
    type: 'voice.snapshot',
    channelId: LOUNGE,
    states: ids.map((id) => of(id)),
    node,
  });
const shown = () => states.all.map(({ user }) => user.id);

describe('who moved to another node', () => {
  beforeEach(() => {
    join(ANNA, 'old');
    join(BEN, 'old');
    now += 100;
    join(ANNA, 'new');
  });

  test('stays, whatever the one before still says of them', () => {
    expect(leave(ANNA, 'old')).toEqual([]);
    expect(hear({ type: 'voice.updated', state: of(ANNA, { muted: true }), node: 'old' })).toEqual(
      [],
    );
    expect(snapshot('old', ANNA, BEN)).toEqual([]);
    expect(snapshot('old', BEN)).toEqual([]);
    expect(shown()).toEqual([ANNA, BEN]);
    expect(states.all[0]).toMatchObject({ muted: false });
  });

  test('never seems to leave on the way', () => {
    now += 100;
    expect(join(BEN, 'new')).toMatchObject([
      { type: 'voice.updated', state: { user: { id: BEN } } },
    ]);
    expect(leave(BEN, 'old')).toEqual([]);
  });

  test('and those who have not yet stay, whatever the new one holds', () => {
    expect(snapshot('new', ANNA)).toEqual([]);
    expect(shown()).toEqual([ANNA, BEN]);
  });

  test('leaves by the new one', () => {
    expect(leave(ANNA, 'new')).toEqual([{ type: 'voice.left', channelId: LOUNGE, userId: ANNA }]);
    expect(shown()).toEqual([BEN]);
  });

  test('is known to be there after the room was away', async () => {
    const woken = new VoiceStates(storage);
    await woken.start(now);
    const late: VoiceChange = {
      type: 'voice.left',
      channelId: LOUNGE,
      userId: ANNA,
      node: 'old',
    };
    expect(woken.hear(late, now)).toEqual([]);
    expect(woken.all).toEqual(states.all);
    expect(JSON.stringify(woken.all)).not.toContain('new');
  });
});

test('whom a node took with it is gone as soon as another one speaks of the call', () => {
  join(ANNA, 'dead');
  join(BEN, 'dead');
  now += VOICE_SNAPSHOT_INTERVAL_MS;
  join(ANNA, 'living');
  expect(snapshot('living', ANNA)).toEqual([]);
  now += VOICE_SNAPSHOT_INTERVAL_MS;
  expect(snapshot('living', ANNA)).toMatchObject([{ type: 'voice.left', userId: BEN }]);
  expect(shown()).toEqual([ANNA]);
});

test('whom a node took with it is gone after ten seconds if nobody speaks of the call', () => {
  join(ANNA, 'dead');
  now += 1000;
  join(BEN, 'living');
  now = 9_999;
  expect(states.expire(now)).toEqual([]);
  now = 10_000;
  expect(states.nextExpiry).toBe(now);
  expect(states.expire(now)).toMatchObject([{ type: 'voice.left', userId: ANNA }]);
  expect(shown()).toEqual([BEN]);
  expect(states.nextExpiry).toBe(now + 1000);
});

test('who is on a node that lives stays, though one of its words is lost', () => {
  join(ANNA, 'living');
  for (let words = 0; words < 5; words += 1) {
    now += 2 * VOICE_SNAPSHOT_INTERVAL_MS;
    expect(states.expire(now)).toEqual([]);
    expect(snapshot('living', ANNA)).toEqual([]);
  }
  expect(states.nextExpiry).toBe(now + VOICE_EXPIRY_MS);
});

test('of who joined the room hears from the next snapshot, if the word itself was lost', () => {
  join(ANNA, 'dead');
  now += 2 * VOICE_SNAPSHOT_INTERVAL_MS;
  expect(snapshot('living', ANNA, BEN)).toMatchObject([
    { type: 'voice.updated', state: { user: { id: ANNA } } },
    { type: 'voice.joined', state: { user: { id: BEN } } },
  ]);
});

test('a node without a name is one, too', () => {
  join(ANNA);
  expect(leave(ANNA, 'named')).toEqual([]);
  expect(leave(ANNA)).toHaveLength(1);
  expect(states.nextExpiry).toBeUndefined();
});
