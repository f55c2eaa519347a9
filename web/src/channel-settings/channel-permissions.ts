import type { Channel } from '@harmonium/api/channel';
import type { PermissionName } from '@harmonium/api/permissions';

/** What concerns a channel, in the order in which people think of it. */
export const CHANNEL_PERMISSIONS = {
  view: ['VIEW_CHANNEL', 'MANAGE_CHANNELS', 'MANAGE_ROLES', 'CREATE_INVITE'],
  text: [
    'SEND_MESSAGES',
    'ATTACH_FILES',
    'EMBED_LINKS',
    'ADD_REACTIONS',
    'CREATE_THREADS',
    'MENTION_EVERYONE',
    'PIN_MESSAGES',
    'MANAGE_MESSAGES',
    'MANAGE_WEBHOOKS',
  ],
  voice: ['CONNECT', 'SPEAK', 'STREAM', 'MUTE_MEMBERS', 'DEAFEN_MEMBERS', 'MOVE_MEMBERS'],
} as const satisfies Record<string, readonly PermissionName[]>;

export type PermissionGroup = keyof typeof CHANNEL_PERMISSIONS;

/** Nobody speaks in a text channel; what is written in a voice channel counts there, too. */
export function groupsFor(type: Channel['type']): readonly PermissionGroup[] {
  return type === 'voice' ? ['view', 'voice', 'text'] : ['view', 'text'];
}
