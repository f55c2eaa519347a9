import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Snowflake } from '@harmonium/api/ids';
import { z } from 'zod';

/** What an earlier version answered, and a later one has to. */

const Seen = z.object({
  id: Snowflake,
  author: z.string(),
  content: z.string(),
  editedAt: z.string().nullable(),
  removedAt: z.string().nullable(),
});

export const Remembered = z.object({
  serverId: Snowflake,
  channelId: Snowflake,
  directId: Snowflake,
  userId: Snowflake,
  invite: z.string(),
  avatar: z.string(),
  /** The last event of the channel that somebody had when the api went. */
  seq: z.string(),
  /** A page, the youngest first. */
  drained: z.array(Seen),
  /** Said after, and in the rooms' storage only. */
  undrained: z.array(Seen),
  /** The same, of an older message. */
  editedLate: z.object({ id: Snowflake, content: z.string() }),
});
export type Remembered = z.infer<typeof Remembered>;

export function readRemembered(fixture: string): Remembered {
  return Remembered.parse(JSON.parse(readFileSync(join(fixture, 'remembered.json'), 'utf8')));
}
