import type { Channel } from '@harmonium/api/channel';
import { Permission } from '@harmonium/api/permissions';

/** True for a channel that not everybody sees. */
export function isHidden({ serverId, overrides }: Channel): boolean {
  const everyone = overrides.find(({ targetId }) => String(targetId) === serverId);
  return everyone !== undefined && (BigInt(everyone.deny) & Permission.VIEW_CHANNEL) !== 0n;
}
