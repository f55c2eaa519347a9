import type { Snowflake } from '@harmonium/api/ids';
import type { ImageKind } from '@harmonium/api/image';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { sha256 } from '../sha-256.ts';

/** Before the key of a file that is shown as a picture. */
export const IMAGES_PATH = '/api/images/';
const HASH_LENGTH = 32;
const TYPE = 'image/webp';

/**
 * Makes a picture of what was sent and keeps it under its content's hash: what is at an address never
 * changes.
 * @returns its address
 */
export async function keepImage(
  deps: Pick<Deps, 'images' | 'files'>,
  kind: 'avatars' | 'icons',
  ownerId: Snowflake,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const image = await deps.images.square(bytes);
  if (typeof image === 'string') throw new Problem(image);
  return keep(deps, `${kind}/${ownerId}`, image);
}

/** The same for an emoji, which keeps its shape and goes on moving. */
export async function keepEmoji(
  deps: Pick<Deps, 'images' | 'files'>,
  emojiId: Snowflake,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ image: string; animated: boolean }> {
  const picture = await deps.images.emoji(bytes);
  if (typeof picture === 'string') throw new Problem(picture);
  const image = await keep(deps, `emojis/${emojiId}`, picture.bytes);
  return { image, animated: picture.isAnimated };
}

async function keep(
  { files }: Pick<Deps, 'files'>,
  folder: string,
  image: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const hash = (await sha256(image)).slice(0, HASH_LENGTH);
  const key = `${folder}/${hash}`;
  await files.put(key, image, { size: image.byteLength, type: TYPE });
  return IMAGES_PATH + key;
}

/** Deletes a picture that nobody shows any more. Never rejects: one left behind harms nobody. */
export async function dropImage(
  deps: Pick<Deps, 'files' | 'log'>,
  address: string | null,
): Promise<void> {
  if (address === null || !address.startsWith(IMAGES_PATH)) return;
  try {
    await deps.files.delete(address.slice(IMAGES_PATH.length));
  } catch (error) {
    deps.log.warn('a replaced picture was not deleted', { address, error });
  }
}

/** Anyone may look, and keep what they saw for good. */
export async function showImage(
  deps: Pick<Deps, 'files'>,
  { kind, id, hash }: { kind: ImageKind; id: Snowflake; hash: string },
): Promise<Response> {
  const file = await deps.files.get(`${kind}/${id}/${hash}`);
  if (file === undefined) throw new Problem('not_found');
  return new Response(file.body, {
    headers: {
      'content-type': TYPE,
      'content-length': String(file.size),
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}
