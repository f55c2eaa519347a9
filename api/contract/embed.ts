import { z } from 'zod';

/** Previews of one message. */
export const MAX_EMBEDS = 5;

/** What stands behind a link of a message, fetched by the server. */
export const Embed = z.object({
  /** The address as the message has it. */
  url: z.url({ protocol: /^https?$/ }).max(2048),
  site: z.string().max(100).optional(),
  title: z.string().max(256).optional(),
  description: z.string().max(512).optional(),
  /** A copy that the instance keeps: a reader's address is told to nobody. */
  image: z
    .object({
      address: z.string().regex(/^\/api\/images\/previews\/\d{1,19}\/[0-9a-f]{32}$/),
      width: z.number().int(),
      height: z.number().int(),
    })
    .optional(),
});
export type Embed = z.infer<typeof Embed>;
