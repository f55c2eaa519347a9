import type { AuditEntry, AuditFields } from '@harmonium/api/audit-log';
import { Permission } from '@harmonium/api/permissions';
import type { PermissionName, Permissions } from '@harmonium/api/permissions';
import { exactTime } from '../server-settings/relative-time.ts';
import { t } from '../strings/server-settings.ts';
import type { EntryNames } from './entry-names.ts';

/** One thing that changed, in words. Without `before` it was made so. */
export interface EntryChange {
  label: string;
  before?: string;
  after?: string;
}

type Value = AuditFields[string] | undefined;

/** Told elsewhere, or of no use to a person. */
const UNTOLD = new Set(['messageId', 'kind', 'messageIds']);

/** What was changed by an act, field by field. */
export function entryChanges(entry: AuditEntry, names: EntryNames): EntryChange[] {
  const before = entry.before ?? {};
  const after = entry.after ?? {};
  if (entry.action.endsWith('.reorder')) return placesOf(entry, names);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .filter((field) => !UNTOLD.has(field))
    .flatMap((field) => {
      if (field === 'permissions' || field === 'allow' || field === 'deny') {
        return bitsOf(field, before[field], after[field]);
      }
      if (field === 'roles') return rolesOf(before[field], after[field], names);
      return plain(field, before[field], after[field], names);
    });
}

function plain(field: string, before: Value, after: Value, names: EntryNames): EntryChange[] {
  const change = { label: labelOf(field) };
  const was = before === undefined ? undefined : valueOf(field, before, names);
  const is = after === undefined ? undefined : valueOf(field, after, names);
  // Made with nothing in it is not worth a line.
  if (was === undefined && (is === t('auditLog.none') || is === t('auditLog.no'))) return [];
  return [
    {
      ...change,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    },
  ];
}

function valueOf(field: string, value: Exclude<Value, undefined>, names: EntryNames): string {
  if (value === null || value === '') return t('auditLog.none');
  if (typeof value === 'boolean') return value ? t('auditLog.yes') : t('auditLog.no');
  if (field === 'color') return `#${Number(value).toString(16).padStart(6, '0')}`;
  if (field === 'icon') return t('auditLog.picture');
  if (field === 'timeoutUntil' || field === 'expiresAt') return exactTime(String(value));
  if (field === 'slowmode' || field === 'deleteMessageSeconds') {
    return t('auditLog.seconds', Number(value));
  }
  if (field === 'categoryId') return names.category(String(value));
  if (field === 'ownerId') return names.person(String(value));
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function bitsOf(
  field: 'permissions' | 'allow' | 'deny',
  before: Value,
  after: Value,
): EntryChange[] {
  const was = bits(before);
  const is = bits(after);
  return [
    ...listed(t(`auditLog.field.${field}Given`), bitNames(is & ~was)),
    ...listed(t(`auditLog.field.${field}Taken`), bitNames(was & ~is)),
  ];
}

function rolesOf(before: Value, after: Value, names: EntryNames): EntryChange[] {
  const was = Array.isArray(before) ? before : [];
  const is = Array.isArray(after) ? after : [];
  const called = (ids: string[]) => ids.map(names.role).join(', ');
  return [
    ...listed(t('auditLog.field.rolesGiven'), called(is.filter((id) => !was.includes(id)))),
    ...listed(t('auditLog.field.rolesTaken'), called(was.filter((id) => !is.includes(id)))),
  ];
}

function listed(label: string, after: string): EntryChange[] {
  return after === '' ? [] : [{ label, after }];
}

/** By id where each stood and stands; a channel's with its category. */
function placesOf({ action, before, after }: AuditEntry, names: EntryNames): EntryChange[] {
  const nameOf = action.startsWith('role')
    ? names.role
    : action.startsWith('channel')
      ? names.channelById
      : names.category;
  const place = (value: Value): string => {
    const [position, category] = Array.isArray(value) ? value : [value];
    const where = t('auditLog.place', Number(position));
    if (category === undefined) return where;
    const into = category === '' ? t('auditLog.none') : names.category(String(category));
    return `${into}, ${where}`;
  };
  return Object.keys(after ?? {}).map((id) => ({
    label: nameOf(id),
    before: place(before?.[id]),
    after: place(after?.[id]),
  }));
}

function bits(value: Value): Permissions {
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : 0n;
}

function bitNames(set: Permissions): string {
  return (Object.keys(Permission) as PermissionName[]) // Its own keys.
    .filter((name) => (set & Permission[name]) !== 0n)
    .map((name) =>
      name === 'VIEW_CHANNEL' ? t('roles.seeChannels.name') : t(`permissions.${name}.name`),
    )
    .join(', ');
}

const LABELS = new Set<string>([
  'name',
  'theme',
  'icon',
  'ownerId',
  'topic',
  'type',
  'slowmode',
  'categoryId',
  'color',
  'hoist',
  'mentionable',
  'nickname',
  'timeoutUntil',
  'code',
  'uses',
  'maxUses',
  'expiresAt',
  'count',
  'deleteMessageSeconds',
]);

function labelOf(field: string): string {
  // A server newer than this page may name fields that it does not know.
  return LABELS.has(field) ? t(`auditLog.field.${field as 'name'}`) : field;
}
