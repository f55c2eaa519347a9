import { canManageRole } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { Problem } from '../problem.ts';
import type { Ranks, RoleRow } from './ranking.ts';

/** A role the caller stands above; another server's is not there. */
export function managedRole(ranks: Ranks, roleId: Snowflake): RoleRow {
  const role = ranks.roles.find(({ id }) => id === roleId);
  if (role === undefined) throw new Problem('not_found');
  if (!canManageRole(ranks, ranks.caller, role)) throw new Problem('forbidden');
  return role;
}
