import type { AuditEntry } from '@harmonium/api/audit-log';
import { t } from '../strings/server-settings.ts';
import type { EntryNames } from './entry-names.ts';

/** What was done, as the end of a sentence that begins with who did it. */
export function entrySentence(entry: AuditEntry, { target, channel }: EntryNames): string {
  switch (entry.action) {
    case 'server.update':
      return t('auditLog.done.serverUpdate');
    case 'server.owner':
      return t('auditLog.done.serverOwner', target);
    case 'server.icon':
      return t('auditLog.done.serverIcon');
    case 'channel.create':
      return t('auditLog.done.channelCreate', target);
    case 'channel.update':
      return t('auditLog.done.channelUpdate', target);
    case 'channel.delete':
      return t('auditLog.done.channelDelete', target);
    case 'channel.reorder':
      return t('auditLog.done.channelReorder');
    case 'thread.create':
      return t('auditLog.done.threadCreate', target);
    case 'thread.update':
      return t('auditLog.done.threadUpdate', target);
    case 'thread.archive':
      return t('auditLog.done.threadArchive', target);
    case 'thread.unarchive':
      return t('auditLog.done.threadUnarchive', target);
    case 'thread.delete':
      return t('auditLog.done.threadDelete', target);
    case 'category.create':
      return t('auditLog.done.categoryCreate', target);
    case 'category.update':
      return t('auditLog.done.categoryUpdate', target);
    case 'category.delete':
      return t('auditLog.done.categoryDelete', target);
    case 'category.reorder':
      return t('auditLog.done.categoryReorder');
    case 'override.set':
      return t('auditLog.done.overrideSet', target, channel);
    case 'override.delete':
      return t('auditLog.done.overrideDelete', target, channel);
    case 'role.create':
      return t('auditLog.done.roleCreate', target);
    case 'role.update':
      return t('auditLog.done.roleUpdate', target);
    case 'role.delete':
      return t('auditLog.done.roleDelete', target);
    case 'role.reorder':
      return t('auditLog.done.roleReorder');
    case 'member.update':
      return t('auditLog.done.memberUpdate', target);
    case 'member.roles':
      return t('auditLog.done.memberRoles', target);
    case 'member.timeout':
      return entry.after?.['timeoutUntil'] === null
        ? t('auditLog.done.memberTimeoutEnd', target)
        : t('auditLog.done.memberTimeout', target);
    case 'member.kick':
      return t('auditLog.done.memberKick', target);
    case 'member.ban':
      return t('auditLog.done.memberBan', target);
    case 'member.unban':
      return t('auditLog.done.memberUnban', target);
    case 'member.voice':
      return voiceSentence(entry, target);
    case 'member.move':
      return t('auditLog.done.memberMove', target, channel);
    case 'member.disconnect':
      return t('auditLog.done.memberDisconnect', target, channel);
    case 'emoji.create':
      return t('auditLog.done.emojiCreate', target);
    case 'emoji.update':
      return t('auditLog.done.emojiUpdate', target);
    case 'emoji.delete':
      return t('auditLog.done.emojiDelete', target);
    case 'invite.create':
      return t('auditLog.done.inviteCreate', String(entry.after?.['code'] ?? ''));
    case 'invite.delete':
      return t('auditLog.done.inviteDelete', String(entry.before?.['code'] ?? ''));
    case 'message.delete':
      return t('auditLog.done.messageDelete', target, channel);
    case 'message.bulk_delete':
      return t('auditLog.done.messageBulkDelete', String(entry.after?.['count'] ?? ''), channel);
    case 'message.pin':
      return t('auditLog.done.messagePin', target, channel);
    case 'message.unpin':
      return t('auditLog.done.messageUnpin', target, channel);
  }
}

function voiceSentence({ after }: AuditEntry, target: string): string {
  if (after?.['muted'] === true) return t('auditLog.done.memberMuted', target);
  if (after?.['muted'] === false) return t('auditLog.done.memberUnmuted', target);
  if (after?.['deafened'] === true) return t('auditLog.done.memberDeafened', target);
  return t('auditLog.done.memberUndeafened', target);
}
