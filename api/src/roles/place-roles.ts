import { highestPosition } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { place } from '@harmonium/api/place';
import type { PlaceRoles, Role } from '@harmonium/api/role';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { roles } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { positionsOf, storePositions } from '../servers/store-positions.ts';
import { ranksOf } from './ranking.ts';
import { roleOf } from './role-of.ts';

/** Moves roles; what stands at or above the caller's highest has to stay where it is. */
export async function placeRoles(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  wanted: z.output<typeof PlaceRoles>,
): Promise<Role[]> {
  const needed = Permission.MANAGE_ROLES;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log, access }) => {
    const ranks = await ranksOf(tx, access);
    const known = new Set(ranks.roles.map(({ id }) => id));
    if (wanted.some(({ id }) => !known.has(id))) throw new Problem('not_found');
    if (wanted.some(({ id, position }) => (id === serverId) !== (position === 0))) {
      throw new Problem('bad_request', { message: '@everyone stays the lowest.' });
    }
    const everyone = ranks.roles.filter(({ id }) => id === serverId);
    const others = ranks.roles.filter(({ id }) => id !== serverId);
    const steps = wanted
      .filter(({ id }) => id !== serverId)
      .map(({ id, position }) => ({ id, position: position - 1 }));
    const placed = [...everyone, ...place(others, steps)].map((role, position) =>
      Object.assign({}, role, { position }),
    );
    const reach = highestPosition(ranks, ranks.caller);
    const old = new Map([...everyone, ...others].map((role, index) => [role.id, { role, index }]));
    const isOutOfReach = placed.some(({ id, position }) => {
      const was = old.get(id);
      return was !== undefined && was.role.position >= reach && was.index !== position;
    });
    if (isOutOfReach) throw new Problem('forbidden');

    const answer = placed.map(roleOf);
    const moved = await storePositions(tx, roles, ranks.roles, placed);
    const [first] = moved;
    if (first === undefined) return { answer };
    await log({ action: 'role.reorder', ...positionsOf(ranks.roles, moved) });
    const role = answer.find(({ id }) => id === first.id);
    return { answer, change: role && { type: 'role.updated', rev, role } };
  });
}
