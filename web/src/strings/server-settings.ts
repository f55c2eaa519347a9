import { auditLog } from './en-audit-log.ts';
import { emojiSettings } from './en-emoji-settings.ts';
import { permissions } from './en-permissions.ts';
import { roles } from './en-roles.ts';
import { serverSettings } from './en-server-settings.ts';
import { words } from './words.ts';

/** The words of a server's settings, which load with them. */
export const t = words({ serverSettings, emojiSettings, roles, auditLog, permissions });
