import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import type { ChannelStanding } from '@harmonium/api/internal';
import type { Member } from '@harmonium/api/member';
import {
  NO_PERMISSIONS,
  Permission,
  channelPermissions,
  directPermissions,
  hasPermission,
  serverPermissions,
} from '@harmonium/api/permissions';
import type { Override, PermissionContext, Permissions, Subject } from '@harmonium/api/permissions';
import type { Server } from '@harmonium/api/server';
import type { User } from '@harmonium/api/user';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { channelOf, overridesColumn } from './channels/channel-of.ts';
import type { Database } from './db/database.ts';
import { channels, members, participants, servers, users } from './db/schema.ts';
import type { Deps } from './deps.ts';
import { conversationOf, participantsColumn, silencedColumn } from './direct/conversation-of.ts';
import type { Conversation } from './direct/conversation-of.ts';
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

/** A server's channel in the hands of a member who may view it. */
export interface ServerChannelAccess {
  server: Server;
  channel: Channel;
  me: Member;
  /** What the member may do in this channel. */
  permissions: Permissions;
}

/** A direct conversation in the hands of somebody who takes part. */
export interface DirectAccess {
  server: null;
  channel: Conversation;
  me: { user: User; timeoutUntil: null };
  permissions: Permissions;
}

/** Whatever has messages, tickets and calls. */
export type ChannelAccess = ServerChannelAccess | DirectAccess;

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
 * The only way to a channel or a direct conversation: throws `not_found` unless the user is a member
 * who may view it or takes part in it, and `forbidden` unless they have every bit of `needed` in it.
 * One statement, a second one where the first finds nothing.
 */
export async function channelAccess(
  deps: Needs,
  userId: Snowflake,
  channelId: Snowflake,
  needed: Permissions = NO_PERMISSIONS,
): Promise<ChannelAccess> {
  const access =
    (await findServerChannel(deps, userId, channelId)) ??
    (await findConversation(deps, userId, channelId));
  return held(access, needed);
}

/** The same where only a channel of a server will do: a conversation is `not_found`. */
export async function serverChannelAccess(
  deps: Needs,
  userId: Snowflake,
  channelId: Snowflake,
  needed: Permissions = NO_PERMISSIONS,
): Promise<ServerChannelAccess> {
  return held(await findServerChannel(deps, userId, channelId), needed);
}

/** The same where only a direct conversation will do. */
export async function directAccess(
  deps: Needs,
  userId: Snowflake,
  channelId: Snowflake,
): Promise<DirectAccess> {
  return held(await findConversation(deps, userId, channelId), NO_PERMISSIONS);
}

function held<Access extends ChannelAccess>(
  access: Access | undefined,
  needed: Permissions,
): Access {
  if (access === undefined || !hasPermission(access.permissions, Permission.VIEW_CHANNEL)) {
    throw new Problem('not_found');
  }
  if (!hasPermission(access.permissions, needed)) throw new Problem('forbidden');
  return access;
}

async function findServerChannel(
  deps: Needs,
  userId: Snowflake,
  channelId: Snowflake,
): Promise<ServerChannelAccess | undefined> {
  const [row] = await statementsOf(deps.database.db).channel.execute({ userId, channelId });
  if (row === undefined) return undefined;
  const { context, subject, me } = standing(deps, row);
  const channel = channelOf(row.channel, row.overrides);
  const permissions = permissionsIn(channel, context, subject);
  return { server: serverOf(row.server), channel, me, permissions };
}

async function findConversation(
  deps: Needs,
  userId: Snowflake,
  channelId: Snowflake,
): Promise<DirectAccess | undefined> {
  const [row] = await statementsOf(deps.database.db).conversation.execute({ userId, channelId });
  if (row === undefined) return undefined;
  return {
    server: null,
    channel: conversationOf(row.channel, row.participants),
    me: { user: row.user, timeoutUntil: null },
    permissions: directPermissions(row),
  };
}

/**
 * What each of these users may do in a channel of a server, for its room and its call. Throws
 * `not_found` where there is no such channel. One statement, however many users.
 */
export async function channelStandings(
  deps: Needs,
  channelId: Snowflake,
  userIds: readonly Snowflake[],
): Promise<ChannelStanding[]> {
  const [row] = await statementsOf(deps.database.db).standings.execute({
    channelId,
    userIds: JSON.stringify(userIds),
  });
  if (row === undefined) return directStandings(deps, channelId, userIds);
  const channel = channelOf(row.channel, row.overrides);
  const context = contextOf(row.server, row.roles);
  const known = new Map(row.members.map((member) => [member.userId, member]));
  return userIds.map((userId) => {
    const member = known.get(userId);
    const nothing = { userId, permissions: null, slowmode: channel.slowmode, recheckAt: null };
    if (member === undefined) return nothing;
    const timeoutUntil = member.timeoutUntil === null ? null : new Date(member.timeoutUntil);
    const subject = subjectOf(deps, { userId, timeoutUntil }, member.roles);
    const permissions = permissionsIn(channel, context, subject);
    if (!hasPermission(permissions, Permission.VIEW_CHANNEL)) return nothing;
    const recheckAt = subject.timedOut ? (timeoutUntil?.toISOString() ?? null) : null;
    return { ...nothing, permissions: permissions.toString(), recheckAt };
  });
}

async function directStandings(
  deps: Needs,
  channelId: Snowflake,
  userIds: readonly Snowflake[],
): Promise<ChannelStanding[]> {
  const [row] = await statementsOf(deps.database.db).participants.execute({ channelId });
  if (row === undefined) throw new Problem('not_found');
  const { slowmode, participants: taking } = conversationOf(row.channel, row.participants);
  const permissions = directPermissions(row).toString();
  return userIds.map((userId) => ({
    userId,
    permissions: taking.includes(userId) ? permissions : null,
    slowmode,
    recheckAt: null,
  }));
}

/**
 * The channels of a server that a member may view, threads among them: a thread has the permissions of
 * its channel. Throws `not_found` unless the user is a member.
 */
export async function readableChannels(
  deps: Needs,
  userId: Snowflake,
  serverId: Snowflake,
): Promise<Snowflake[]> {
  const { context, subject } = await serverAccess(deps, userId, serverId);
  const rows = await deps.database.db
    .select({ channel: channels, overrides: overridesColumn })
    .from(channels)
    .where(eq(channels.serverId, serverId));
  return rows
    .map(({ channel, overrides }) => channelOf(channel, overrides))
    .filter((channel) =>
      hasPermission(permissionsIn(channel, context, subject), Permission.VIEW_CHANNEL),
    )
    .map(({ id }) => id);
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

/** Every role of a server, with its bits. */
const roleGrants = sql<{ id: Snowflake; permissions: string }[]>`(
  select coalesce(json_agg(json_build_object('id', r.id::text, 'permissions', r.permissions::text)), '[]')
  from roles r where r.server_id = servers.id
)`;

/** Those of the users asked about who are members. */
const membersAsked = sql<{ userId: Snowflake; timeoutUntil: string | null; roles: Snowflake[] }[]>`(
  select coalesce(json_agg(json_build_object(
    'userId', members.user_id::text, 'timeoutUntil', members.timeout_until, 'roles', ${heldRoles}
  )), '[]')
  from members
  where members.server_id = servers.id and members.user_id in (
    select asked::bigint from json_array_elements_text(${sql.placeholder('userIds')}::json) asked
  )
)`;

const DIRECT = ['direct', 'group'] as const;
const conversationColumns = {
  channel: channels,
  participants: participantsColumn,
  silenced: silencedColumn,
};

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
    conversation: db
      .select({ ...conversationColumns, user: userColumns })
      .from(channels)
      .innerJoin(
        participants,
        and(eq(participants.channelId, channels.id), eq(participants.userId, userId)),
      )
      .innerJoin(users, eq(users.id, participants.userId))
      .where(and(eq(channels.id, sql.placeholder('channelId')), isNull(channels.serverId)))
      .prepare('direct_access'),
    participants: db
      .select(conversationColumns)
      .from(channels)
      .where(and(eq(channels.id, sql.placeholder('channelId')), inArray(channels.type, DIRECT)))
      .prepare('direct_standings'),
    standings: db
      .select({
        channel: channels,
        overrides: overridesColumn,
        server: servers,
        roles: roleGrants,
        members: membersAsked,
      })
      .from(channels)
      .innerJoin(servers, eq(servers.id, channels.serverId))
      .where(eq(channels.id, sql.placeholder('channelId')))
      .prepare('channel_standings'),
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
  const context = contextOf(row.server, row.grants);
  const subject = subjectOf(deps, row.member, row.heldRoles);
  return { context, subject, me: memberOf(row.member, row.user, row.heldRoles) };
}

function contextOf(
  server: typeof servers.$inferSelect,
  granted: MemberRow['grants'],
): PermissionContext {
  const roles = granted.map(({ id, permissions }) => ({ id, permissions: BigInt(permissions) }));
  return { serverId: server.id, ownerId: server.ownerId, roles };
}

function subjectOf(
  deps: Pick<Needs, 'now'>,
  { userId, timeoutUntil }: Pick<MemberRow['member'], 'userId' | 'timeoutUntil'>,
  roleIds: readonly Snowflake[],
): Subject {
  const timedOut = timeoutUntil !== null && timeoutUntil.getTime() > deps.now();
  return { userId, roleIds: new Set(roleIds), timedOut };
}
