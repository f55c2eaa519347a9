import type { Snowflake } from '@harmonium/api/ids';
import { asc, eq } from 'drizzle-orm';
import { pins } from '../../db/schema.ts';
import type { Deps } from '../../deps.ts';

/** What the user pinned and nobody took down. */
export async function exportedPins({ database: { db } }: Deps, userId: Snowflake) {
  const { channelId, messageId, pinnedAt } = pins;
  return db
    .select({ channelId, messageId, pinnedAt })
    .from(pins)
    .where(eq(pins.pinnedBy, userId))
    .orderBy(asc(channelId), asc(messageId));
}
