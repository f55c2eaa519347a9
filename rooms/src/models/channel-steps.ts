import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import * as fc from 'fast-check';
import type { ApiMood } from '../testing/moody-api.ts';

/** What somebody wants; `of` picks a message, or one that never was. */
export type Wish =
  | { type: 'send'; content: string }
  | { type: 'edit'; of: number; content: string }
  | { type: 'remove'; of: number }
  | { type: 'reply'; of: number; content: string }
  | { type: 'react' | 'unreact'; of: number; emoji: number }
  | { type: 'pin' | 'unpin'; of: number };

/** What happens to a channel, one after the other. */
export type Step =
  /** `loss`: the line breaks before the room hears it, or before its answer arrives. */
  | { do: 'say'; device: number; wish: Wish; loss: 'none' | 'question' | 'answer'; twice: boolean }
  /** Several at once, and in the middle of it the end of the process, or not. */
  | { do: 'burst'; contents: string[]; crash: boolean }
  | { do: 'rest'; user: number; wish: Wish; twice: boolean }
  /** Asks once more what was answered long ago, in other words. */
  | { do: 'repeat'; device: number; of: number }
  | { do: 'leave'; device: number }
  | { do: 'enter'; device: number; resume: boolean; held: boolean }
  | { do: 'restart' }
  | { do: 'api'; mood: ApiMood }
  | { do: 'pass'; milliseconds: number }
  | { do: 'jump'; milliseconds: number }
  | { do: 'grant'; user: number; permissions: string }
  | { do: 'slowmode'; seconds: number }
  | { do: 'revoke'; user: number }
  /** Removes these at once, and what this user wrote. */
  | { do: 'purge'; of: number[]; author: number | undefined };

export const USERS = 3;
/** The first user has two. */
export const DEVICES = 4;

export const USUAL = String(DEFAULT_EVERYONE);
export const KEEPER = String(DEFAULT_EVERYONE | Permission.PIN_MESSAGES);
const PERMISSIONS = [
  USUAL,
  KEEPER,
  String(Permission.VIEW_CHANNEL),
  String(DEFAULT_EVERYONE | Permission.MANAGE_MESSAGES | Permission.PIN_MESSAGES),
  String(Permission.SEND_MESSAGES),
  '0',
];

const device = fc.nat({ max: DEVICES - 1 });
const user = fc.nat({ max: USERS - 1 });
const of = fc.nat({ max: 30 });
const content = fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.constant('\ud800\u0000'));
/** Few, so that it is often there already. */
const emoji = fc.nat({ max: 1 });
const near = fc.nat({ max: 4 });
const onMessages: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ type: fc.constant('reply'), of, content }),
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constantFrom('react', 'unreact'), of: near, emoji }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('pin', 'unpin'), of: near }) },
);
const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('send'), content }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('edit'), of, content }) },
  fc.record({ type: fc.constant('remove'), of }),
  { weight: 4, arbitrary: onMessages },
);
const milliseconds = fc.constantFrom(100, 1_500, 12_000, 40_000, 16 * 60_000);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('say'),
      device,
      wish,
      loss: fc.oneof(
        { weight: 2, arbitrary: fc.constant('none') },
        fc.constantFrom('question', 'answer'),
      ),
      twice: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('burst'),
      contents: fc.array(content, { minLength: 1, maxLength: 8 }),
      crash: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('rest'), user, wish, twice: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('repeat'), device, of }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave'), device }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('enter'),
      device,
      resume: fc.boolean(),
      held: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restart') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('api'),
      mood: fc.constantFrom<ApiMood>('up', 'down', 'mute'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass'), milliseconds }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('jump'),
      milliseconds: fc.constantFrom(-7_200_000, -60_000, -1, 60_000, 7_200_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('grant'),
      user,
      permissions: fc.constantFrom(...PERMISSIONS),
    }),
  },
  fc.record({ do: fc.constant('slowmode'), seconds: fc.constantFrom(0, 0, 10, 30) }),
  fc.record({ do: fc.constant('revoke'), user }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('purge'),
      of: fc.array(of, { maxLength: 5 }),
      author: fc.option(user, { nil: undefined, freq: 4 }),
    }),
  },
);

export const channelSteps = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });
