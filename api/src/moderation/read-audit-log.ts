import type { AuditEntry, AuditFields, AuditQuery } from '@harmonium/api/audit-log';
import type { Snowflake } from '@harmonium/api/ids';
import { ALL_PERMISSIONS, Permission } from '@harmonium/api/permissions';
import { and, desc, eq, inArray, isNull, lt, not, notExists, or } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { readableChannels, serverAccess } from '../access.ts';
import { auditLog, channels, users } from '../db/schema.ts';
import type { Database } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { userColumns } from '../users/user-of.ts';

/** What was done, newest first; what is about a channel the reader may not see is left out. */
export async function readAuditLog(
  deps: Deps,
  userId: Snowflake,
  serverId: Snowflake,
  { before, limit, actorId, targetId, action }: z.output<typeof AuditQuery>,
): Promise<AuditEntry[]> {
  const access = await serverAccess(deps, userId, serverId, Permission.VIEW_AUDIT_LOG);
  const { db } = deps.database;
  const seesAll = access.permissions === ALL_PERMISSIONS;
  const seen = seesAll ? undefined : new Set(await readableChannels(deps, userId, serverId));
  const targets = alias(users, 'targets');
  const target = { id: targets.id, username: targets.username, avatar: targets.avatar };
  const rows = await db
    .select({ entry: auditLog, actor: userColumns, target })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .leftJoin(targets, eq(targets.id, auditLog.targetId))
    .where(
      and(
        eq(auditLog.serverId, serverId),
        before === undefined ? undefined : lt(auditLog.id, before),
        actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
        targetId === undefined ? undefined : eq(auditLog.targetId, targetId),
        action === undefined ? undefined : eq(auditLog.action, action),
        seen && isAbout(db, seen),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit);
  return rows.map(({ entry, actor, target: whom }) => ({
    id: entry.id,
    serverId,
    actor: actor ?? { id: entry.actorId, username: 'deleted', avatar: null },
    action: entry.action,
    targetId: entry.targetId,
    target: whom,
    channelId: entry.channelId,
    before: fieldsOf(entry, entry.before, seen),
    after: fieldsOf(entry, entry.after, seen),
    reason: entry.reason,
    createdAt: entry.createdAt.toISOString(),
  }));
}

/** About no channel, one that is seen, or one that is gone and that everybody saw. */
function isAbout(db: Database, seen: ReadonlySet<Snowflake>): SQL | undefined {
  const there = db
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.id, auditLog.channelId), eq(channels.serverId, auditLog.serverId)));
  return or(
    isNull(auditLog.channelId),
    inArray(auditLog.channelId, [...seen]),
    and(not(auditLog.hidden), notExists(there)),
  );
}

/** The order of channels names each of them. */
function fieldsOf(
  { action }: { action: string },
  fields: AuditFields | null,
  seen: ReadonlySet<string> | undefined,
): AuditFields | null {
  if (action !== 'channel.reorder' || fields === null || seen === undefined) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([id]) => seen.has(id)));
}
