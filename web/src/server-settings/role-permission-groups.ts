import type { PermissionName } from '@harmonium/api/permissions';
import { CHANNEL_PERMISSIONS } from '../channel-settings/channel-permissions.ts';

/** Every permission, in the order in which people think of them. */
export const ROLE_PERMISSIONS = [
  { group: 'text', names: ['VIEW_CHANNEL', ...CHANNEL_PERMISSIONS.text] },
  { group: 'voice', names: CHANNEL_PERMISSIONS.voice },
  {
    group: 'people',
    names: ['CREATE_INVITE', 'TIMEOUT_MEMBERS', 'KICK_MEMBERS', 'BAN_MEMBERS'],
  },
  {
    group: 'server',
    names: ['MANAGE_CHANNELS', 'MANAGE_ROLES', 'MANAGE_EMOJI', 'VIEW_AUDIT_LOG', 'MANAGE_SERVER'],
  },
  { group: 'all', names: ['ADMINISTRATOR'] },
] as const satisfies readonly { group: string; names: readonly PermissionName[] }[];
