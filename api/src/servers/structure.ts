import type { Category } from '@harmonium/api/channel';
import type { Emoji } from '@harmonium/api/emoji';
import type { Snowflake } from '@harmonium/api/ids';
import type { Role } from '@harmonium/api/role';
import type { Structure } from '@harmonium/api/server';
import type { ServerPublish } from '@harmonium/rooms/publish';
import type { ServerChange } from '@harmonium/rooms/server-event';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channelOf, overridesColumn } from '../channels/channel-of.ts';
import type { Database } from '../db/database.ts';
import { channels, servers } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { serverOf } from './server-of.ts';

export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

const categoriesColumn = sql<Category[]>`(
  select coalesce(json_agg(json_build_object(
    'id', g.id::text, 'serverId', g.server_id::text, 'name', g.name, 'position', g.position
  ) order by g.position, g.id), '[]')
  from categories g where g.server_id = servers.id
)`;

const rolesColumn = sql<Role[]>`(
  select coalesce(json_agg(json_build_object(
    'id', r.id::text, 'serverId', r.server_id::text, 'name', r.name, 'color', r.color,
    'permissions', r.permissions::text, 'position', r.position,
    'hoist', r.hoist, 'mentionable', r.mentionable
  ) order by r.position, r.id), '[]')
  from roles r where r.server_id = servers.id
)`;

/** With the first channel only: there may be as many of these as of those, and each row would carry all. */
const emojisColumn = sql<Emoji[] | null>`case
  when row_number() over (order by channels.position, channels.id) = 1 then (
    select coalesce(json_agg(json_build_object(
      'id', e.id::text, 'serverId', e.server_id::text, 'name', e.name, 'image', e.image,
      'animated', e.animated
    ) order by e.name), '[]')
    from emojis e where e.server_id = servers.id
  )
end`;

/**
 * Everything that decides who may see what in a server, at one revision; archived threads are not in
 * it. One statement.
 */
export async function loadStructure(
  db: Database | Transaction,
  serverId: Snowflake,
): Promise<Structure> {
  const rows = await db
    .select({
      server: servers,
      categories: categoriesColumn,
      roles: rolesColumn,
      emojis: emojisColumn,
      channel: channels,
      overrides: overridesColumn,
    })
    .from(servers)
    .leftJoin(channels, and(eq(channels.serverId, servers.id), isNull(channels.archivedAt)))
    .where(eq(servers.id, serverId))
    .orderBy(asc(channels.position), asc(channels.id));
  const [first] = rows;
  if (first === undefined) throw new Problem('not_found');
  return {
    rev: first.server.rev,
    server: serverOf(first.server),
    channels: rows.flatMap(({ channel, overrides }) =>
      channel === null ? [] : [channelOf(channel, overrides)],
    ),
    categories: first.categories,
    roles: first.roles,
    emojis: first.emojis ?? [],
  };
}

/** What came of an act on a server. */
export interface Done<Answer> {
  answer: Answer;
  /** Absent: the structure is as it was. */
  change?: ServerChange | undefined;
  /** Changes of people. */
  members?: readonly ServerPublish[] | undefined;
  /**
   * Told to others once the server's room has heard: it hands out tickets to channels, and none may
   * be younger than what the channels' rooms are told.
   */
  afterwards?: ((told: Promise<void>, structure: Structure) => void) | undefined;
}

/**
 * Changes a server: its row lock puts changes of one server in a line, the revision of the structure
 * grows in the same transaction, and the room hears of it after the commit.
 */
export async function changeStructure<Answer>(
  core: Pick<Core, 'database' | 'announce'>,
  serverId: Snowflake,
  act: (tx: Transaction, rev: number) => Promise<Done<Answer>>,
): Promise<Answer> {
  const { answer, change, members, afterwards, structure } = await core.database.db.transaction(
    async (tx) => {
      const [server] = await tx
        .select({ rev: servers.rev })
        .from(servers)
        .where(eq(servers.id, serverId))
        .for('no key update');
      if (server === undefined) throw new Problem('not_found');
      const rev = server.rev + 1;
      const done = await act(tx, rev);
      if (done.change !== undefined) {
        await tx.update(servers).set({ rev }).where(eq(servers.id, serverId));
      }
      const isTold = done.change !== undefined || done.afterwards !== undefined;
      return { ...done, structure: isTold ? await loadStructure(tx, serverId) : undefined };
    },
  );
  if (structure === undefined && members === undefined) return answer;
  const events: ServerPublish[] = [...(members ?? [])];
  if (structure !== undefined && change !== undefined) {
    events.unshift({ type: 'changed', structure, change });
  }
  const told = core.announce('server', serverId, events);
  if (structure !== undefined) afterwards?.(told, structure);
  return answer;
}
