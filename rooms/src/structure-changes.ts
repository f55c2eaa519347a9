import type { Snowflake } from '@harmonium/api/ids';
import type { Structure } from '@harmonium/api/server';
import type { ServerChange } from '../contract/server-event.ts';

/** A change, and what it means for one who may see only some channels. */
interface Changes {
  /** For everyone. */
  common: ServerChange[];
  /** Ids of channels that are in both and differ. */
  updated: ReadonlySet<Snowflake>;
}

/**
 * What differs between two revisions. Clients are told differences rather than the change that was
 * published, so that a publish that got lost on its way is made good by the next.
 */
export function structureChanges(old: Structure, next: Structure): Changes {
  const { rev } = next;
  const common: ServerChange[] = [];
  if (differs(old.server, next.server)) {
    common.push({ type: 'server.updated', rev, server: next.server });
  }
  const categories = compare(old.categories, next.categories);
  for (const category of categories.created)
    common.push({ type: 'category.created', rev, category });
  for (const category of categories.updated)
    common.push({ type: 'category.updated', rev, category });
  for (const { id } of categories.removed)
    common.push({ type: 'category.removed', rev, categoryId: id });
  const roles = compare(old.roles, next.roles);
  for (const role of roles.created) common.push({ type: 'role.created', rev, role });
  for (const role of roles.updated) common.push({ type: 'role.updated', rev, role });
  for (const { id } of roles.removed) common.push({ type: 'role.removed', rev, roleId: id });
  const emojis = compare(old.emojis, next.emojis);
  for (const emoji of emojis.created) common.push({ type: 'emoji.created', rev, emoji });
  for (const emoji of emojis.updated) common.push({ type: 'emoji.updated', rev, emoji });
  for (const { id } of emojis.removed) common.push({ type: 'emoji.removed', rev, emojiId: id });

  const channels = compare(old.channels, next.channels);
  return { common, updated: new Set(channels.updated.map(({ id }) => id)) };
}

/** What happened to the channels of somebody who saw `before` and now sees `after`. */
export function channelChanges(
  next: Structure,
  before: ReadonlySet<Snowflake>,
  after: ReadonlySet<Snowflake>,
  updated: ReadonlySet<Snowflake>,
): ServerChange[] {
  const { rev } = next;
  const changes: ServerChange[] = [];
  for (const id of before) {
    if (!after.has(id)) changes.push({ type: 'channel.removed', rev, channelId: id });
  }
  for (const channel of next.channels) {
    if (!after.has(channel.id)) continue;
    if (!before.has(channel.id)) changes.push({ type: 'channel.created', rev, channel });
    else if (updated.has(channel.id)) changes.push({ type: 'channel.updated', rev, channel });
  }
  return changes;
}

function compare<T extends { id: string }>(old: readonly T[], next: readonly T[]) {
  const before = new Map(old.map((thing) => [thing.id, thing]));
  const after = new Set(next.map(({ id }) => id));
  return {
    created: next.filter(({ id }) => !before.has(id)),
    updated: next.filter((thing) => {
      const known = before.get(thing.id);
      return known !== undefined && differs(known, thing);
    }),
    removed: old.filter(({ id }) => !after.has(id)),
  };
}

function differs(a: object, b: object): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
