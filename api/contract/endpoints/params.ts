import { z } from 'zod';
import { Snowflake } from '../ids.ts';

export const ById = z.object({ id: Snowflake });
/** A message (`mid`) in a channel (`id`). */
export const MessageById = z.object({ id: Snowflake, mid: Snowflake });
