import type { Channel } from '@harmonium/api/channel';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import type { ServerState } from '../room/server-state.ts';
import { channelOf, myChannelPermissions } from '../room/server-view.ts';

export interface ModerationRights {
  canMute: boolean;
  canDeafen: boolean;
  /** Also out of the call. */
  canMove: boolean;
  /** The calls to move them to. */
  others: readonly Channel[];
}

const NONE: ModerationRights = { canMute: false, canDeafen: false, canMove: false, others: [] };

/** What the app offers about somebody in a call; the server checks again. */
export function moderationRights(
  state: ServerState,
  userId: string,
  now: number,
): ModerationRights {
  const channel = channelOf(state, state.voice[userId]?.channelId ?? '');
  if (channel === undefined || userId === state.me.user.id) return NONE;
  const may = (bit: bigint, where: Channel) =>
    hasPermission(myChannelPermissions(state, where, now), bit);
  return {
    canMute: may(Permission.MUTE_MEMBERS, channel),
    canDeafen: may(Permission.DEAFEN_MEMBERS, channel),
    canMove: may(Permission.MOVE_MEMBERS, channel),
    others: state.structure.channels.filter(
      (other) =>
        other.type === 'voice' &&
        other.id !== channel.id &&
        may(Permission.MOVE_MEMBERS | Permission.CONNECT, other),
    ),
  };
}
