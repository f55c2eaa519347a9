import type { ChannelOverride } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';

export interface LetIn {
  kind: ChannelOverride['kind'];
  id: Snowflake;
}

const VIEW = String(Permission.VIEW_CHANNEL);

/** What makes a channel private from its first moment: hidden from everyone, shown to these. */
export function privateOverrides(
  serverId: Snowflake,
  letIn: readonly LetIn[],
  /** Whoever creates it, unless they see every channel anyway. */
  creator: Snowflake | undefined,
): ChannelOverride[] {
  const shown: LetIn[] = [...letIn];
  if (creator !== undefined && !letIn.some(({ id }) => id === creator)) {
    shown.push({ kind: 'member', id: creator });
  }
  return [
    { kind: 'role', targetId: serverId, allow: '0', deny: VIEW },
    ...shown.map(({ kind, id }) => ({ kind, targetId: id, allow: VIEW, deny: '0' })),
  ];
}
