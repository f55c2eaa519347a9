import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import {
  NO_PERMISSIONS,
  Permission,
  channelPermissions,
  hasPermission,
  serverPermissions,
} from '@harmonium/api/permissions';
import type { Override, PermissionContext, Permissions, Subject } from '@harmonium/api/permissions';
import type { Server } from '@harmonium/api/server';
import { and, eq, sql } from 'drizzle-orm';
import { channelOf, overridesColumn } from './channels/channel-of.ts';
import type { Database } from './db/database.ts';
import { channels, members, servers, users } from './db/schema.ts';
import type { Deps } from './deps.ts';
import { heldRoles, memberOf } from './members/member-of.ts';
import { Problem } from './problem.ts';
import { serverOf } from './servers/server-of.ts';
import { userColumns } from './users/user-of.ts';

/** A server in the hands of one of its members. */
export interface ServerAccess {
  server: Server;
  me: Member;
  context: PermissionContext;
  subject: Subject;
  /** What the member may do in the server as a whole. */
  permissions: Permissions;
}

/** A channel in the hands of a member who may view it. */
export interface ChannelAccess {
  server: Server;
  channel: Channel;
  me: Member;
  /** What the member may do in this channel. */
  permissions: Permissions;
}

type Needs = { database: { db: Database }; now: Deps['now'] };

/**
 * The only way to a server: throws `not_found` unless the user is a member, and `forbidden` unless
 * the member has every bit of `needed`. One statement.
 */
export async function serverAccess(
  deps: Needs,
  userId: Snowflake,
  serverId: Snowflake,
  needed: Permissions = NO_PERMISSIONS,
): Promise<ServerAccess> {
  const [row] = await statementsOf(deps.database.db).server.execute({ userId, serverId });
  if (row === undefined) throw new Problem('not_found');
  const { context, subject, me } = standing(deps, row);
  const permissions = serverPermissions(context, subject);
  if (!hasPermission(permissions, needed)) throw new Problem('forbidden');
  return { server: serverOf(row.server), me, context, subject, permissions };
}

/**
 * The only way to a channel: throws `not_found` unless the user is a member who may view it, and
 * `forbidden` unless the member has every bit of `needed` in it. One statement.
 */
export async function channelAccess(
  deps: Needs,
  userId: Snowflake,
  channelId: Snowflake,
  needed: Permissions = NO_PERMISSIONS,
): Promise<ChannelAccess> {
  const [row] = await statementsOf(deps.database.db).channel.execute({ userId, channelId });
  if (row === undefined) throw new Problem('not_found');
  const { context, subject, me } = standing(deps, row);
  const channel = channelOf(row.channel, row.overrides);
  const permissions = permissionsIn(channel, context, subject);
  if (!hasPermission(permissions, Permission.VIEW_CHANNEL)) throw new Problem('not_found');
  if (!hasPermission(permissions, needed)) throw new Problem('forbidden');
  return { server: serverOf(row.server), channel, me, permissions };
}

/** What a member may do in a channel of the server. */
export function permissionsIn(
  channel: Channel,
  context: PermissionContext,
  subject: Subject,
): Permissions {
  const overrides: Override[] = channel.overrides.map((override) => ({
    ...override,
    allow: BigInt(override.allow),
    deny: BigInt(override.deny),
  }));
  return channelPermissions(context, subject, overrides);
}

/** The roles that bear on one member (@everyone and those held), with their bits. */
const grants = sql<{ id: Snowflake; permissions: string }[]>`(
  select coalesce(json_agg(json_build_object('id', r.id::text, 'permissions', r.permissions::text)), '[]')
  from roles r
  where r.server_id = members.server_id and (r.id = r.server_id or exists (
    select 1 from member_roles held
    where held.server_id = members.server_id and held.user_id = members.user_id
      and held.role_id = r.id
  ))
)`;

const memberColumns = { member: members, user: userColumns, heldRoles, grants };

/**
 * Nearly every request begins with one of these, and planning them costs the database three times
 * what running them does: each connection prepares them once.
 */
function prepareStatements(db: Database) {
  const userId = sql.placeholder('userId');
  return {
    server: db
      .select({ server: servers, ...memberColumns })
      .from(members)
      .innerJoin(servers, eq(servers.id, members.serverId))
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.serverId, sql.placeholder('serverId')), eq(members.userId, userId)))
      .prepare('server_access'),
    channel: db
      .select({ channel: channels, overrides: overridesColumn, server: servers, ...memberColumns })
      .from(channels)
      .innerJoin(servers, eq(servers.id, channels.serverId))
      .innerJoin(members, and(eq(members.serverId, servers.id), eq(members.userId, userId)))
      .innerJoin(users, eq(users.id, members.userId))
      .where(eq(channels.id, sql.placeholder('channelId')))
      .prepare('channel_access'),
  };
}

const prepared = new WeakMap<Database, ReturnType<typeof prepareStatements>>();

function statementsOf(db: Database): ReturnType<typeof prepareStatements> {
  const known = prepared.get(db) ?? prepareStatements(db);
  prepared.set(db, known);
  return known;
}

interface MemberRow {
  server: typeof servers.$inferSelect;
  member: typeof members.$inferSelect;
  user: Member['user'];
  heldRoles: Snowflake[];
  grants: { id: Snowflake; permissions: string }[];
}

function standing(deps: Pick<Needs, 'now'>, row: MemberRow) {
  const context: PermissionContext = {
    serverId: row.server.id,
    ownerId: row.server.ownerId,
    roles: row.grants.map(({ id, permissions }) => ({ id, permissions: BigInt(permissions) })),
  };
  const { timeoutUntil, userId } = row.member;
  const subject: Subject = {
    userId,
    roleIds: new Set(row.heldRoles),
    timedOut: timeoutUntil !== null && timeoutUntil.getTime() > deps.now(),
  };
  return { context, subject, me: memberOf(row.member, row.user, row.heldRoles) };
}
