import { z } from 'zod';
import { Emoji, ListedEmoji, MetEmoji, NameEmoji } from '../emoji.ts';
import { IMAGE_UPLOAD } from '../image.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, EmojiById } from './params.ts';

/** A server's own emoji. */
export const emojisEndpoints = {
  'GET /api/servers/:id/emojis': {
    summary: "A server's own emoji by name, with who added them",
    caller: 'user',
    params: ById,
    status: 200,
    answer: z.array(ListedEmoji),
  },
  'POST /api/servers/:id/emojis': {
    summary: 'Add an emoji; its picture is made to fit 128x128 pixels, and goes on moving',
    caller: 'user',
    params: ById,
    query: NameEmoji,
    upload: IMAGE_UPLOAD,
    status: 201,
    answer: Emoji,
  },
  'PATCH /api/servers/:id/emojis/:eid': {
    summary: 'Rename an emoji',
    caller: 'user',
    params: EmojiById,
    body: NameEmoji,
    status: 200,
    answer: Emoji,
  },
  'DELETE /api/servers/:id/emojis/:eid': {
    summary: 'Delete an emoji',
    caller: 'user',
    params: EmojiById,
    status: 204,
  },
  'GET /api/emojis/:id': {
    summary: 'Name and picture of an emoji, by the id that messages and reactions carry',
    caller: 'user',
    params: ById,
    status: 200,
    answer: MetEmoji,
  },
} as const satisfies Record<string, Endpoint>;
