import type { Snowflake } from '@harmonium/api/ids';
import type { Relationship } from '@harmonium/api/relationship';
import type { Preferences, User } from '@harmonium/api/user';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { users } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';
import { userColumns } from '../users/user-of.ts';

type Kind = Relationship['kind'];

/** How two people stand to each other, as far as it decides what one may ask of the other. */
export interface Reach {
  user: User;
  /** The caller's side, and the other's. */
  mine: Kind | null;
  theirs: Kind | null;
  sharesServer: boolean;
  /** They are in a conversation together. */
  sharesConversation: boolean;
  preferences: Preferences;
}

/** Those of these users who have an account. One statement. */
export async function reachOf(
  db: Database | Transaction,
  callerId: Snowflake,
  userIds: readonly Snowflake[],
): Promise<Reach[]> {
  return db
    .select({
      user: userColumns,
      mine: kindBetween(sql`${callerId}::bigint`, sql`users.id`),
      theirs: kindBetween(sql`users.id`, sql`${callerId}::bigint`),
      sharesServer: sql<boolean>`exists (
        select 1 from members mine join members theirs on theirs.server_id = mine.server_id
        where mine.user_id = ${callerId}::bigint and theirs.user_id = users.id
      )`,
      sharesConversation: sql<boolean>`exists (
        select 1 from participants mine join participants theirs
          on theirs.channel_id = mine.channel_id
        where mine.user_id = ${callerId}::bigint and theirs.user_id = users.id
      )`,
      preferences: users.preferences,
    })
    .from(users)
    .where(and(inArray(users.id, [...userIds]), isNull(users.deletedAt)));
}

/** Whether the caller can know that they exist, other than by name. */
export function hasMet(reach: Reach): boolean {
  return (
    reach.mine !== null ||
    // A block is never seen by the other.
    (reach.theirs !== null && reach.theirs !== 'blocked') ||
    reach.sharesServer ||
    reach.sharesConversation
  );
}

/** Whether the caller may begin a conversation with them. */
export function mayMessage({ mine, theirs, sharesServer, preferences }: Reach): boolean {
  if (mine === 'blocked' || theirs === 'blocked') return false;
  if (mine === 'friend') return true;
  return sharesServer && preferences.directFrom !== 'friends';
}

/** Whether they take requests of the caller, whatever they think of them. */
export function takesRequests({ sharesServer, preferences }: Reach): boolean {
  if (preferences.requestsFrom === 'nobody') return false;
  return preferences.requestsFrom !== 'servers' || sharesServer;
}

function kindBetween(from: ReturnType<typeof sql>, to: ReturnType<typeof sql>) {
  return sql<Kind | null>`(
    select r.kind from relationships r where r.user_id = ${from} and r.other_id = ${to}
  )`;
}

export async function userByName(db: Database, key: string): Promise<Snowflake | undefined> {
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.usernameKey, key), isNull(users.deletedAt)));
  return row?.id;
}
