import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, gt } from 'drizzle-orm';
import { createAnnounce } from '../announce.ts';
import type { Core } from '../announce.ts';
import { withoutParameters } from '../db/query-error.ts';
import { channels } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { changeStructure } from '../servers/structure.ts';
import { idleThreads, putAway, tellThreads } from './active-threads.ts';

/** Rooms of what was archived since are told once more: api may have ended before they were. */
const TOLD_AGAIN_MS = 3 * 60 * 60 * 1000;

type Needs = Pick<Deps, 'database' | 'now' | 'rooms' | 'log' | 'meter' | 'background'>;

/** Archives the threads in which nobody has written for a while. Never rejects. */
export async function archiveIdle(deps: Needs): Promise<void> {
  const core = { ...deps, announce: createAnnounce(deps) };
  try {
    await tellAgain(core);
    const idle = await idleThreads(core.database.db, core.now());
    for (const serverId of new Set(idle.map((thread) => thread.serverId))) {
      await archiveIn(core, serverId);
    }
  } catch (problem) {
    deps.log.warn('idle threads were not archived', { error: withoutParameters(problem) });
  }
}

async function archiveIn(core: Needs & Pick<Core, 'announce'>, serverId: Snowflake) {
  await changeStructure(core, serverId, async (tx, rev) => {
    const ids = (await idleThreads(tx, core.now(), serverId)).map(({ id }) => id);
    const [first] = ids;
    if (first === undefined) return { answer: undefined };
    await putAway(tx, ids, core.now());
    return {
      answer: undefined,
      change: { type: 'channel.removed', rev, channelId: first },
      afterwards: (told) => tellThreads(core, ids, true, told),
    };
  });
}

async function tellAgain(core: Needs & Pick<Core, 'announce'>): Promise<void> {
  const since = new Date(core.now() - TOLD_AGAIN_MS);
  const rows = await core.database.db
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.type, 'thread'), gt(channels.archivedAt, since)));
  tellThreads(
    core,
    rows.map(({ id }) => id),
    true,
  );
}
