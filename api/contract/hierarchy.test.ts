import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canActOn, canChangeBits, canManageRole, highestPosition } from './hierarchy.ts';
import type { Holder, Ranking } from './hierarchy.ts';
import { ALL_PERMISSIONS } from './permission-bits.ts';

const SERVER = '1';
const USERS = ['10', '11', '12'];
const ROLES = ['20', '21', '22', '23', '24'];
const MANY = { numRuns: 100_000 };
/** Milliseconds that so many take on a busy machine. */
const LONG = 60_000;

const ranking = fc
  .record({
    ownerId: fc.constantFrom(...USERS),
    order: fc.shuffledSubarray(ROLES),
  })
  .map(({ ownerId, order }) => ({
    serverId: SERVER,
    ownerId,
    roles: [SERVER, ...order].map((id, position) => ({ id, position })),
  }));
const holder = fc.record({
  userId: fc.constantFrom(...USERS),
  roleIds: fc.subarray(ROLES).map((ids) => new Set(ids)),
});

/** A staircase, as a person would draw it: who stands on a higher step acts. */
function stepOf({ ownerId, roles }: Ranking, { userId, roleIds }: Holder): number {
  if (userId === ownerId) return 1000;
  const steps = roles.map(({ id, position }) => (roleIds.has(id) ? position : 0));
  return [...steps].sort((a, b) => a - b).at(-1) ?? 0;
}

test(
  'who acts on whom is what the staircase says',
  () => {
    fc.assert(
      fc.property(ranking, holder, holder, (server, actor, target) => {
        const above = stepOf(server, actor) > stepOf(server, target);
        const isSelf = actor.userId === target.userId;
        return canActOn(server, actor, target) === (above && !isSelf);
      }),
      MANY,
    );
  },
  LONG,
);

test(
  'who manages a role is what the staircase says; @everyone belongs to nobody',
  () => {
    fc.assert(
      fc.property(ranking, holder, fc.nat({ max: 5 }), (server, actor, index) => {
        const role = server.roles[index % server.roles.length] ?? { id: SERVER, position: 0 };
        const isAbove = stepOf(server, actor) > role.position;
        return canManageRole(server, actor, role) === (isAbove || role.id === SERVER);
      }),
      MANY,
    );
  },
  LONG,
);

test('nobody acts on the owner, nobody on themselves, and no two on each other', () => {
  fc.assert(
    fc.property(ranking, holder, holder, (server, one, other) => {
      expect(canActOn(server, one, { ...other, userId: server.ownerId })).toBe(false);
      expect(canActOn(server, one, one)).toBe(false);
      expect(canActOn(server, one, other) && canActOn(server, other, one)).toBe(false);
    }),
  );
});

test('the owner stands above every role, whoever holds none on the ground', () => {
  fc.assert(
    fc.property(ranking, holder, (server, who) => {
      expect(highestPosition(server, { ...who, userId: server.ownerId })).toBe(Infinity);
      expect(highestPosition(server, { userId: 'x', roleIds: new Set([SERVER]) })).toBe(0);
    }),
  );
});

const bits = fc.bigInt({ min: 0n, max: ALL_PERMISSIONS });
test('bits change only where they are held', () => {
  fc.assert(
    fc.property(bits, bits, bits, (held, before, after) => {
      let isHeld = true;
      for (let bit = 1n; bit <= ALL_PERMISSIONS; bit *= 2n) {
        const changes = (before & bit) !== (after & bit);
        if (changes && (held & bit) === 0n) isHeld = false;
      }
      return canChangeBits(held, before, after) === isHeld;
    }),
    { numRuns: 20_000 },
  );
});
