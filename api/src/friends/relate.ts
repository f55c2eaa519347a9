import type { Snowflake } from '@harmonium/api/ids';
import { MAX_PENDING, MAX_RELATIONSHIPS } from '@harmonium/api/relationship';
import type { Relationship } from '@harmonium/api/relationship';
import type { UserPublish } from '@harmonium/rooms/publish';
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { relationships, users } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';
import { userColumns } from '../users/user-of.ts';
import { reachOf } from './reach.ts';
import type { Reach } from './reach.ts';

type Kind = Relationship['kind'];

/** Two people while something between them is decided: nobody else decides it meanwhile. */
export interface Pair {
  tx: Transaction;
  reach: Reach;
  /** Sets the caller's side, and the other's; each of the two is told. */
  mine(kind: Kind | null): Promise<void>;
  theirs(kind: Kind | null): Promise<void>;
  /** Throws `limit_reached` unless there is room on the caller's side. */
  requireRoom(kind: Kind): Promise<void>;
  /** Whether there is room for one more request on the other's side. */
  hasRoom(): Promise<boolean>;
}

/** @param act throws `not_found` where the caller is not to know that the other exists */
export async function relate<Answer>(
  core: Core,
  callerId: Snowflake,
  otherId: Snowflake,
  act: (pair: Pair) => Promise<Answer>,
): Promise<Answer> {
  if (callerId === otherId) throw new Problem('bad_request', { message: 'That is yourself.' });
  const told: { to: Snowflake; event: UserPublish }[] = [];
  const answer = await core.database.db.transaction(async (tx) => {
    // In one order for both: who asks each other at once would else wait for each other for ever.
    const known = await tx
      .select(userColumns)
      .from(users)
      .where(inArray(users.id, [callerId, otherId]))
      .orderBy(asc(users.id))
      .for('no key update');
    const [reach] = await reachOf(tx, callerId, [otherId]);
    const caller = known.find(({ id }) => id === callerId);
    if (reach === undefined || caller === undefined) throw new Problem('not_found');
    const since = new Date(core.now());
    const set = async (from: Snowflake, user: Reach['user'], kind: Kind | null) => {
      await store(tx, { userId: from, otherId: user.id, kind, since });
      const event: UserPublish =
        kind === null
          ? { type: 'relationship.removed', userId: user.id }
          : {
              type: 'relationship.changed',
              relationship: { user, kind, since: since.toISOString() },
            };
      told.push({ to: from, event });
    };
    return act({
      tx,
      reach,
      mine: (kind) => set(callerId, reach.user, kind),
      theirs: (kind) => set(otherId, caller, kind),
      requireRoom: async (kind) => {
        if (!(await fits(tx, callerId, kind))) throw new Problem('limit_reached');
      },
      hasRoom: () => fits(tx, otherId, 'incoming'),
    });
  });
  for (const { to, event } of told) void core.announce('user', to, [event]);
  return answer;
}

async function fits(tx: Transaction, userId: Snowflake, kind: Kind): Promise<boolean> {
  const rows = await tx
    .select({ kind: relationships.kind, count: count() })
    .from(relationships)
    .where(eq(relationships.userId, userId))
    .groupBy(relationships.kind);
  const all = rows.reduce((sum, row) => sum + row.count, 0);
  const same = rows.find((row) => row.kind === kind)?.count ?? 0;
  const isPending = kind === 'outgoing' || kind === 'incoming';
  return all < MAX_RELATIONSHIPS && (!isPending || same < MAX_PENDING);
}

async function store(
  tx: Transaction,
  row: { userId: Snowflake; otherId: Snowflake; kind: Kind | null; since: Date },
): Promise<void> {
  const { userId, otherId, kind, since } = row;
  if (kind === null) {
    const own = and(eq(relationships.userId, userId), eq(relationships.otherId, otherId));
    await tx.delete(relationships).where(own);
    return;
  }
  await tx
    .insert(relationships)
    .values({ userId, otherId, kind, since })
    .onConflictDoUpdate({
      target: [relationships.userId, relationships.otherId],
      set: { kind, since },
    });
}
