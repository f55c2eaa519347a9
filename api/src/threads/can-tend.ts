import { Permission, canTendThread, hasPermission } from '@harmonium/api/permissions';
import type { ServerChannelAccess } from '../access.ts';

/** Whoever may name a channel, and slow it: of a thread also the one who began it. */
export function canTend({ channel, me, permissions }: ServerChannelAccess): boolean {
  return channel.type === 'thread'
    ? canTendThread(channel, me.user.id, permissions)
    : hasPermission(permissions, Permission.MANAGE_CHANNELS);
}
