import type { Snowflake } from '@harmonium/api/ids';
import type { Permissions } from '@harmonium/api/permissions';
import { serverAccess, serverChannelAccess } from '../access.ts';
import type { ServerAccess, ServerChannelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { audit } from '../moderation/audit.ts';
import type { Act } from '../moderation/audit.ts';
import { Problem } from '../problem.ts';
import { changeStructure } from './structure.ts';
import type { Done, Transaction } from './structure.ts';

/** An act under way: changes of one server stand in a line, so what is read here still holds. */
export interface Desk {
  tx: Transaction;
  /** The revision of the structure after this act. */
  rev: number;
  /** Writes the act down as the caller's. */
  log: (act: Omit<Act, 'serverId' | 'actorId'>) => Promise<void>;
}

/**
 * Does something to a server in the name of a member who holds `needed`. Looked at twice: before the
 * server's row is locked, so that nobody without the right holds others up, and after, so that what
 * is decided by is not older than the act before.
 */
export async function administer<Answer>(
  core: Core,
  { userId, serverId, needed }: { userId: Snowflake; serverId: Snowflake; needed: Permissions },
  act: (desk: Desk & { access: ServerAccess }) => Promise<Done<Answer>>,
): Promise<Answer> {
  await serverAccess(core, userId, serverId, needed);
  return changeStructure(core, serverId, async (tx, rev) => {
    const access = await serverAccess(within(core, tx), userId, serverId, needed);
    const log: Desk['log'] = (entry) => audit(core, tx, { serverId, actorId: userId, ...entry });
    return act({ tx, rev, log, access });
  });
}

interface ChannelAsk {
  userId: Snowflake;
  channelId: Snowflake;
  needed: Permissions | ((access: ServerChannelAccess) => boolean);
}

/** The same for one channel, in which the member has to hold `needed`, or satisfy it. */
export async function administerChannel<Answer>(
  core: Core,
  { userId, channelId, needed }: ChannelAsk,
  act: (desk: Desk & { access: ServerChannelAccess }) => Promise<Done<Answer>>,
): Promise<Answer> {
  const { server } = await channelFor(core, { userId, channelId, needed });
  return changeStructure(core, server.id, async (tx, rev) => {
    const access = await channelFor(within(core, tx), { userId, channelId, needed });
    const { channel } = access;
    const log: Desk['log'] = (entry) =>
      audit(core, tx, { serverId: server.id, actorId: userId, channel, ...entry });
    return act({ tx, rev, log, access });
  });
}

async function channelFor(
  gate: Parameters<typeof serverChannelAccess>[0],
  { userId, channelId, needed }: ChannelAsk,
): Promise<ServerChannelAccess> {
  if (typeof needed !== 'function') return serverChannelAccess(gate, userId, channelId, needed);
  const access = await serverChannelAccess(gate, userId, channelId);
  if (!needed(access)) throw new Problem('forbidden');
  return access;
}

/** What a gate needs, read in this transaction. */
function within(core: Core, tx: Transaction) {
  return { now: core.now, database: { db: tx } };
}
