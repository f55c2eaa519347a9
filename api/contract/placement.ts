import { z } from 'zod';
import { Snowflake } from './ids.ts';

/** What is wanted where: 0 is the first. */
export const Placement = z.object({ id: Snowflake, position: z.number().int().min(0).max(10_000) });

/** Where things are wanted in their list: all of them, or those that move. */
export function placements<T extends typeof Placement>(placement: T, most: number) {
  return z
    .array(placement)
    .min(1)
    .max(most)
    .refine((list) => new Set(list.map(({ id }) => String(id))).size === list.length, {
      message: 'An id is there twice.',
    });
}
