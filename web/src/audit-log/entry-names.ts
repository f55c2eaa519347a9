import type { AuditEntry } from '@harmonium/api/audit-log';
import type { Structure } from '@harmonium/api/server';
import { t } from '../strings/server-settings.ts';

/** What the things an entry is about are called. */
export interface EntryNames {
  target: string;
  channel: string;
  role: (id: string) => string;
  category: (id: string) => string;
  channelById: (id: string) => string;
  person: (id: string) => string;
}

/** Names as they are now; of what is gone, as they were when it went, where the entry says so. */
export function entryNames(entry: AuditEntry, structure: Structure): EntryNames {
  const { server, roles, channels, categories } = structure;
  const nameIn = (list: readonly { id: string; name: string }[], id: string | null) =>
    list.find((one) => one.id === id)?.name;
  const was = entry.before?.['name'] ?? entry.after?.['name'];
  const wasCalled = typeof was === 'string' ? was : undefined;
  const role = (id: string): string =>
    id === server.id ? t('auditLog.everyone') : (nameIn(roles, id) ?? t('auditLog.gone.role'));
  const channelById = (id: string): string => {
    const name = nameIn(channels, id);
    return name === undefined ? t('auditLog.gone.channel') : `#${name}`;
  };
  const category = (id: string): string => nameIn(categories, id) ?? t('auditLog.gone.category');
  const person = (id: string): string =>
    id === entry.target?.id ? entry.target.username : t('auditLog.gone.person');

  return {
    role,
    category,
    channelById,
    person,
    channel: channelById(entry.channelId ?? entry.targetId ?? ''),
    target: targetName(),
  };

  function targetName(): string {
    const id = entry.targetId ?? '';
    const noun: string = entry.action.split('.')[0] ?? '';
    switch (noun) {
      case 'role':
        return nameIn(roles, id) === undefined ? (wasCalled ?? role(id)) : role(id);
      case 'channel':
        return nameIn(channels, id) === undefined && wasCalled !== undefined
          ? `#${wasCalled}`
          : channelById(id);
      case 'thread':
        return nameIn(channels, id) ?? wasCalled ?? t('auditLog.gone.thread');
      case 'category':
        return nameIn(categories, id) ?? wasCalled ?? t('auditLog.gone.category');
      case 'emoji': {
        const name = nameIn(structure.emojis, id) ?? wasCalled;
        return name === undefined ? t('auditLog.gone.emoji') : `:${name}:`;
      }
      case 'override':
        return entry.target?.username ?? role(id);
      default:
        return person(id);
    }
  }
}
