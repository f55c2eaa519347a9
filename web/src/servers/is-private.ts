import type { Channel } from '@harmonium/api/channel';
import { Permission } from '@harmonium/api/permissions';

/** Hidden from everyone who was not let in. */
export function isPrivate(channel: Pick<Channel, 'serverId' | 'overrides'>): boolean {
  return channel.overrides.some(
    (override) =>
      override.kind === 'role' &&
      override.targetId === channel.serverId &&
      (BigInt(override.deny) & Permission.VIEW_CHANNEL) !== 0n,
  );
}
