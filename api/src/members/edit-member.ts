import { canChangeBits, canManageRole } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { MAX_TIMEOUT_MS } from '@harmonium/api/member';
import type { EditMember, Member } from '@harmonium/api/member';
import {
  NO_PERMISSIONS,
  Permission,
  hasPermission,
  serverPermissions,
} from '@harmonium/api/permissions';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { ServerAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { memberRoles, members } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { ranksOf } from '../roles/ranking.ts';
import type { Ranks } from '../roles/ranking.ts';
import { administer } from '../servers/administer.ts';
import type { Desk } from '../servers/administer.ts';
import { tellAccess } from '../servers/tell-access.ts';
import type { Transaction } from '../servers/structure.ts';
import { memberIn, requireBelow } from './member-below.ts';

type Edit = z.output<typeof EditMember>;

/** What one part of an edit is decided by. */
interface Case extends Desk {
  access: ServerAccess;
  ranks: Ranks;
  member: Member;
  isSelf: boolean;
}

/** Nickname, roles and timeout of a member, all of it or nothing. */
export async function editMember(
  core: Core,
  callerId: Snowflake,
  { serverId, userId }: { serverId: Snowflake; userId: Snowflake },
  edit: Edit | ((member: Member) => Edit),
): Promise<Member> {
  const needed = NO_PERMISSIONS;
  return administer(core, { userId: callerId, serverId, needed }, async (desk) => {
    const before = await memberIn(desk.tx, serverId, userId);
    const { nickname, roles, timeoutUntil } = typeof edit === 'function' ? edit(before) : edit;
    const ranks = await ranksOf(desk.tx, desk.access);
    const isSelf = userId === callerId;
    const about: Case = { ...desk, ranks, member: before, isSelf };
    if (nickname !== undefined) await rename(about, nickname);
    if (roles !== undefined) await giveRoles(about, roles);
    if (timeoutUntil !== undefined) await timeOut(core, about, timeoutUntil);

    const member = await memberIn(desk.tx, serverId, userId);
    if (JSON.stringify(member) === JSON.stringify(before)) return { answer: member };
    const isMore =
      member.timeoutUntil !== before.timeoutUntil ||
      JSON.stringify(member.roles) !== JSON.stringify(before.roles);
    return {
      answer: member,
      members: [{ type: 'member', change: { type: 'member.updated', member } }],
      afterwards: isMore ? tellAccess(core, { userIds: [userId] }) : undefined,
    };
  });
}

/** One's own as one likes, but not during a timeout; that of others below with KICK_MEMBERS. */
async function rename(about: Case, nickname: string | null): Promise<void> {
  const { tx, log, access, member, isSelf, ranks } = about;
  if (nickname === member.nickname) return;
  if (isSelf && access.subject.timedOut && !isAdministrator(access)) throw new Problem('forbidden');
  if (!isSelf) {
    requireHeld(access, Permission.KICK_MEMBERS);
    requireBelow(ranks, member);
  }
  await tx.update(members).set({ nickname }).where(rowOf(member));
  const targetId = member.user.id;
  const before = { nickname: member.nickname };
  if (!isSelf) await log({ action: 'member.update', targetId, before, after: { nickname } });
}

/** Every role given or taken has to be below the caller; given ones may hold no bit that they lack. */
async function giveRoles(about: Case, wanted: readonly Snowflake[]): Promise<void> {
  const { tx, log, access, ranks, member, isSelf } = about;
  const held = new Set(member.roles);
  const next = new Set(wanted);
  const given = [...next].filter((id) => !held.has(id));
  const taken = [...held].filter((id) => !next.has(id));
  if (given.length + taken.length === 0) return;
  requireHeld(access, Permission.MANAGE_ROLES);
  if (!isSelf) requireBelow(ranks, member);
  for (const id of [...given, ...taken]) requireGivable(about, id, given.includes(id));

  const { serverId, user } = member;
  await takeRoles(tx, member, taken);
  const rows = given.map((roleId) => ({ serverId, userId: user.id, roleId }));
  if (rows.length > 0) await tx.insert(memberRoles).values(rows).onConflictDoNothing();
  const before = { roles: [...member.roles] };
  const after = { roles: [...next] };
  await log({ action: 'member.roles', targetId: user.id, before, after });
}

function requireGivable({ access, ranks }: Case, roleId: Snowflake, isGiven: boolean): void {
  const role = ranks.roles.find(({ id }) => id === roleId);
  // Everybody holds @everyone: it is neither given nor taken.
  if (role === undefined || roleId === ranks.serverId) throw new Problem('not_found');
  const isBelow = canManageRole(ranks, ranks.caller, role);
  const isHeld = canChangeBits(access.permissions, NO_PERMISSIONS, role.permissions);
  if (!isBelow || (isGiven && !isHeld)) throw new Problem('forbidden');
}

async function takeRoles(tx: Transaction, { serverId, user }: Member, roleIds: Snowflake[]) {
  if (roleIds.length === 0) return;
  await tx
    .delete(memberRoles)
    .where(
      and(
        eq(memberRoles.serverId, serverId),
        eq(memberRoles.userId, user.id),
        inArray(memberRoles.roleId, roleIds),
      ),
    );
}

/** At most 28 days; an administrator would not feel it, and so is not given one. */
async function timeOut(core: Core, about: Case, wanted: string | null): Promise<void> {
  const { tx, log, access, ranks, member } = about;
  const end = wanted === null ? null : Date.parse(wanted);
  if (end !== null && end > core.now() + MAX_TIMEOUT_MS) {
    throw new Problem('invalid_body', { message: 'A timeout lasts 28 days at most.' });
  }
  const timeoutUntil = end === null || end <= core.now() ? null : new Date(end);
  const iso = timeoutUntil?.toISOString() ?? null;
  requireHeld(access, Permission.TIMEOUT_MEMBERS);
  requireBelow(ranks, member);
  if (timeoutUntil !== null && isAdministrator({ permissions: bitsOf(about) })) {
    throw new Problem('forbidden', { message: 'Administrators are not timed out.' });
  }
  if (iso === member.timeoutUntil) return;
  await tx.update(members).set({ timeoutUntil }).where(rowOf(member));
  const before = { timeoutUntil: member.timeoutUntil };
  const after = { timeoutUntil: iso };
  await log({ action: 'member.timeout', targetId: member.user.id, before, after });
}

/** What the member may do in the server, were there no timeout. */
function bitsOf({ ranks, member }: Case) {
  const subject = {
    userId: member.user.id,
    roleIds: new Set<string>(member.roles),
    timedOut: false,
  };
  return serverPermissions(ranks, subject);
}

function isAdministrator({ permissions }: Pick<ServerAccess, 'permissions'>): boolean {
  return hasPermission(permissions, Permission.ADMINISTRATOR);
}

function requireHeld({ permissions }: ServerAccess, needed: bigint): void {
  if (!hasPermission(permissions, needed)) throw new Problem('forbidden');
}

function rowOf({ serverId, user }: Member) {
  return and(eq(members.serverId, serverId), eq(members.userId, user.id));
}
