import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import * as fc from 'fast-check';

/** What happens to a server; whatever is named by a number is one of those there are. */
export type Step =
  | { do: 'enter' | 'leave'; member: number }
  | { do: 'crash' | 'channel' | 'late' }
  | { do: 'roles'; member: number; roles: number[] }
  /** Of one role, or of @everyone. */
  | { do: 'role'; role: number; permissions: string }
  | { do: 'remove'; channel: number }
  /** Somebody writes, and perhaps names one of the members, or everyone. */
  | { do: 'activity'; channel: number; names: number | 'everyone' | undefined }
  | {
      do: 'override';
      channel: number;
      kind: 'role' | 'member';
      target: number;
      allow: string;
      deny: string;
    }
  | { do: 'voice'; member: number; channel: number; muted: boolean; leaves: boolean }
  | { do: 'ticket'; member: number; channel: number };

/** The first is the owner. */
export const MEMBERS = 4;
export const ROLES = 2;

const VIEW = String(Permission.VIEW_CHANNEL);
const member = fc.nat({ max: MEMBERS - 1 });
/** The last is @everyone. */
const role = fc.nat({ max: ROLES });
const channel = fc.nat({ max: 9 });
const bits = fc.constantFrom('0', VIEW, String(Permission.SEND_MESSAGES), String(DEFAULT_EVERYONE));
const permissions = fc.oneof(bits, fc.constant(String(Permission.ADMINISTRATOR)));
const one = <Name extends string>(name: Name) => fc.constant(name);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('enter', 'enter', 'leave'), member }),
  fc.record({ do: fc.constantFrom('crash', 'channel', 'channel', 'late') }),
  fc.record({ do: one('roles'), member, roles: fc.subarray([0, 1]) }),
  fc.record({ do: one('role'), role, permissions }),
  fc.record({ do: one('remove'), channel }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('activity'),
      channel,
      names: fc.oneof(fc.constant(undefined), member, fc.constant('everyone' as const)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('override'),
      channel,
      kind: fc.constantFrom('role', 'member'),
      target: fc.nat({ max: 3 }),
      allow: bits,
      deny: bits,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: one('voice'),
      member,
      channel,
      muted: fc.boolean(),
      leaves: fc.nat({ max: 3 }).map((chance) => chance === 0),
    }),
  },
  fc.record({ do: one('ticket'), member, channel }),
);

export const serverSteps = fc.array(step, { minLength: 5, maxLength: 40, size: 'max' });
