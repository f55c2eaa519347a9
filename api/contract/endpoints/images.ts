import { z } from 'zod';
import { Snowflake } from '../ids.ts';
import { IMAGE_UPLOAD, ImageKind } from '../image.ts';
import { Me } from '../user.ts';
import type { Endpoint } from './endpoint.ts';

/** Avatars, and where they and icons are read. */
export const imagesEndpoints = {
  'PUT /api/users/@me/avatar': {
    summary: 'Replace the own avatar',
    caller: 'user',
    upload: IMAGE_UPLOAD,
    status: 200,
    answer: Me,
  },
  'DELETE /api/users/@me/avatar': {
    summary: 'Remove the own avatar',
    caller: 'user',
    status: 204,
  },
  'GET /api/images/:kind/:id/:hash': {
    summary:
      'An avatar or icon of 256x256 pixels, an emoji, or the picture of a link; never changes at its address',
    caller: 'anyone',
    params: z.object({ kind: ImageKind, id: Snowflake, hash: z.string().regex(/^[0-9a-f]{32}$/) }),
    status: 200,
    file: 'image/webp',
  },
} as const satisfies Record<string, Endpoint>;
