import type { Channel } from '@harmonium/api/channel';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import { myChannelPermissions, myServerPermissions } from '../room/server-view.ts';
import type { ServerState } from '../room/server-state.ts';

export interface MyRights {
  isOwner: boolean;
  canInvite: boolean;
  canManageChannels: boolean;
}

/** What the server menu may offer; the server checks again. */
export function myRights(state: ServerState, now: number): MyRights {
  const held = myServerPermissions(state, now);
  return {
    isOwner: state.structure.server.ownerId === state.me.user.id,
    canInvite: hasPermission(held, Permission.CREATE_INVITE),
    canManageChannels: hasPermission(held, Permission.MANAGE_CHANNELS),
  };
}

/** What the menu of a channel may offer. */
export function myRightsIn(state: ServerState, channel: Channel, now: number) {
  const held = myChannelPermissions(state, channel, now);
  const canManage = hasPermission(held, Permission.MANAGE_CHANNELS);
  return { canManage, canOpenSettings: canManage || hasPermission(held, Permission.MANAGE_ROLES) };
}
