import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, isNull, or } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import {
  idempotencyKeys,
  invites,
  mailTokens,
  members,
  reactions,
  recoveryCodes,
  relationships,
  servers,
  users,
} from '../db/schema.ts';
import { leaveConversations } from '../direct/forget-person.ts';
import { dropImage } from '../images/image-store.ts';
import { leaveServer } from '../members/leave-server.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';
import { closeSessions, markEnded } from '../sessions/end-session.ts';
import { findUser } from '../users/find-user.ts';
import { nameKey } from '../users/name-key.ts';
import { nameOfDeleted } from '../users/name-of-deleted.ts';
import { tellAcquaintances } from '../users/tell-acquaintances.ts';
import { requirePassword } from './confirm.ts';
import { writtenChannels } from './export/exported-messages.ts';
import { requireSecondFactor } from './second-factor.ts';

/**
 * Deletes an account: name, address, password and everything else that says who it was, also what it
 * put on messages. What it wrote stays, under a name that says nothing; name and address are free again.
 */
export async function deleteAccount(
  core: Core,
  userId: Snowflake,
  { password, totp }: { password: string; totp?: string | undefined },
): Promise<void> {
  const user = await findUser(core, userId);
  if (user.instanceOwner) throw new Problem('instance_owner');
  await requirePassword(core, user, password);
  await requireNoServers(core.database.db, userId);
  await requireSecondFactor(core, user, totp);
  await leaveEverywhere(core, userId);
  await leaveConversations(core, userId);
  const ended = await core.database.db.transaction(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
    // Somebody may have handed one over meanwhile.
    await requireNoServers(tx, userId);
    await wipe(tx, userId, new Date(core.now()));
    return markEnded(tx, core.now(), { userId });
  });
  core.background(dropImage(core, user.avatar));
  await closeSessions(core, userId, ended);
  core.background(
    forgetName(core, userId).catch((error: unknown) => {
      core.log.warn('rooms were not told of a deleted account', { userId, error });
    }),
  );
}

/** Rooms keep the youngest messages with their author, also where the user had left long ago. */
async function forgetName(core: Core, userId: Snowflake): Promise<void> {
  const user = { id: userId, username: nameOfDeleted(userId), avatar: null };
  await tellAcquaintances(core, user);
  for await (const { channelId } of writtenChannels(core, userId)) {
    void core.announce('main', channelId, [{ type: 'user.updated', user }]);
  }
}

async function requireNoServers(db: Pick<Transaction, 'select'>, userId: Snowflake): Promise<void> {
  const [owned] = await db
    .select({ id: servers.id })
    .from(servers)
    .where(eq(servers.ownerId, userId))
    .limit(1);
  if (owned !== undefined) throw new Problem('owns_servers');
}

async function leaveEverywhere(core: Core, userId: Snowflake): Promise<void> {
  const joined = await core.database.db
    .select({ id: members.serverId })
    .from(members)
    .where(eq(members.userId, userId));
  for (const { id } of joined) await leaveServer(core, userId, id);
}

async function wipe(tx: Transaction, userId: Snowflake, deletedAt: Date): Promise<void> {
  const name = nameOfDeleted(userId);
  const [wiped] = await tx
    .update(users)
    .set({
      username: name,
      usernameKey: nameKey(name),
      // No address: those hold an @.
      email: name,
      emailVerified: false,
      // No hash: nothing verifies against it, and login looks past who is deleted.
      passwordHash: '',
      avatar: null,
      preferences: {},
      totpSecret: null,
      totpSince: null,
      totpStep: null,
      deletedAt,
    })
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .returning({ id: users.id });
  if (wiped === undefined) throw new Problem('unauthorized');
  await tx.delete(members).where(eq(members.userId, userId));
  await tx.delete(reactions).where(eq(reactions.userId, userId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(mailTokens).where(eq(mailTokens.userId, userId));
  await tx.delete(idempotencyKeys).where(eq(idempotencyKeys.userId, userId));
  await tx.delete(invites).where(eq(invites.creatorId, userId));
  await tx
    .delete(relationships)
    .where(or(eq(relationships.userId, userId), eq(relationships.otherId, userId)));
}
