import { Permission } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';
import { myServerPermissions } from '../room/server-view.ts';
import type { ServerState } from '../room/server-state.ts';

export type ServerSection =
  | 'overview'
  | 'roles'
  | 'members'
  | 'emoji'
  | 'invites'
  | 'bans'
  | 'audit-log';

/** One of these bits opens the section. */
const OPENED_BY: readonly [ServerSection, Permissions][] = [
  ['overview', Permission.MANAGE_SERVER],
  ['roles', Permission.MANAGE_ROLES],
  [
    'members',
    Permission.MANAGE_ROLES |
      Permission.KICK_MEMBERS |
      Permission.BAN_MEMBERS |
      Permission.TIMEOUT_MEMBERS,
  ],
  ['emoji', Permission.MANAGE_EMOJI],
  ['invites', Permission.MANAGE_SERVER],
  ['bans', Permission.BAN_MEMBERS],
  ['audit-log', Permission.VIEW_AUDIT_LOG],
];

/** Which of a server's settings this member may see; none: there is no such page for them. */
export function serverSections(state: ServerState, now: number): ServerSection[] {
  const held = myServerPermissions(state, now);
  return OPENED_BY.filter(([, bits]) => (held & bits) !== 0n).map(([section]) => section);
}
