import type { Channel } from '@harmonium/api/channel';
import { canActOn, canManageRole } from '@harmonium/api/hierarchy';
import type { Holder } from '@harmonium/api/hierarchy';
import { ALL_PERMISSIONS } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';
import type { ServerState } from '../room/server-state.ts';
import { contextOf, myChannelPermissions, subjectOf } from '../room/server-view.ts';

export interface MyReach {
  /** What I may do in the channel: only this can be given or taken. */
  held: Permissions;
  /** Owner and administrators see every channel, whatever it says. */
  seesAll: boolean;
  /** Whether what the channel says of them is mine to change; undefined: they left. */
  includesRole: (roleId: string) => boolean;
  includesMember: (member: Holder | undefined) => boolean;
}

/** Whom and what I may decide about in a channel, as the server will see it. */
export function myReach(state: ServerState, channel: Channel, now: number): MyReach {
  const context = contextOf(state.structure);
  const me = subjectOf(state.me, now);
  const held = myChannelPermissions(state, channel, now);
  return {
    held,
    seesAll: held === ALL_PERMISSIONS,
    includesRole: (roleId) => {
      const role = context.roles.find(({ id }) => id === roleId);
      return role === undefined || canManageRole(context, me, role);
    },
    includesMember: (member) =>
      member === undefined || member.userId === me.userId || canActOn(context, me, member),
  };
}
