import type { Snowflake } from '@harmonium/api/ids';
import type { ServerChange } from '@harmonium/rooms/server-event';
import type { ServerPublish } from '@harmonium/rooms/publish';
import { and, eq, inArray } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels, invites, members, overrides } from '../db/schema.ts';
import type { Done, Transaction } from '../servers/structure.ts';
import { loadStructure } from '../servers/structure.ts';
import { endCalls } from '../tickets/end-calls.ts';

/**
 * Removes whoever leaves, is kicked or banned, with the invites they made and what single channels
 * allowed them: neither is there again when they come back. Everything they hold in the server
 * closes.
 * @returns what to tell; undefined when they were no member
 */
export async function removeMember(
  core: Core,
  tx: Transaction,
  { serverId, userId, rev }: { serverId: Snowflake; userId: Snowflake; rev: number },
): Promise<Omit<Done<never>, 'answer'> | undefined> {
  const own = and(eq(members.serverId, serverId), eq(members.userId, userId));
  const [gone] = await tx.delete(members).where(own).returning({ userId: members.userId });
  if (gone === undefined) return undefined;
  await tx
    .delete(invites)
    .where(and(eq(invites.serverId, serverId), eq(invites.creatorId, userId)));
  return {
    change: await forgetOverrides(tx, { serverId, userId, rev }),
    members: closing(userId),
    afterwards: (told, structure) => {
      const revoke = { type: 'revoke', userId, reason: 'access_lost' } as const;
      for (const { id } of structure.channels) void core.announce('main', id, [revoke], told);
      void core.announce('user', userId, [{ type: 'server.left', serverId }]);
      endCalls(core, { userId, serverId });
    },
  };
}

function closing(userId: Snowflake): ServerPublish[] {
  return [
    { type: 'revoke', userId, reason: 'access_lost' },
    { type: 'member', change: { type: 'member.left', userId } },
  ];
}

/** @returns the change of the structure, when channels had any */
async function forgetOverrides(
  tx: Transaction,
  { serverId, userId, rev }: { serverId: Snowflake; userId: Snowflake; rev: number },
): Promise<ServerChange | undefined> {
  const own = tx.select({ id: channels.id }).from(channels).where(eq(channels.serverId, serverId));
  const [forgotten] = await tx
    .delete(overrides)
    .where(
      and(
        eq(overrides.kind, 'member'),
        eq(overrides.targetId, userId),
        inArray(overrides.channelId, own),
      ),
    )
    .returning({ channelId: overrides.channelId });
  if (forgotten === undefined) return undefined;
  const { server } = await loadStructure(tx, serverId);
  return { type: 'server.updated', rev, server };
}
