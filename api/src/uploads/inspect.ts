import type { Files } from '../files.ts';
import type { SharedPicture } from '../images.ts';
import { readFilm } from '../films/read-film.ts';
import { turned } from '../pictures/jpeg-orientation.ts';
import { readPicture } from '../pictures/read-picture.ts';
import { Problem } from '../problem.ts';
import type { Deps } from '../deps.ts';
import { fileKey, incomingKey, thumbnailKey } from './keys.ts';
import {
  FILM_TYPE,
  SNIFFED_BYTES,
  TEXT_TYPE,
  UNKNOWN_TYPE,
  isImageType,
  mediaTypeOf,
} from './media-type.ts';
import { isPlainText } from './plain-text.ts';
import type { UploadRow } from './upload-of.ts';

/** A larger picture is shared as a file: it would have to be in memory as a whole. */
const MAX_PICTURE_BYTES = 32 * 1024 * 1024;

/** What the bytes proved to be. */
export interface Facts extends Pick<SharedPicture, 'width' | 'height' | 'blur'> {
  type: string;
  size: number;
  thumbnail: boolean;
}
type Found = Pick<Facts, 'type' | 'size' | 'thumbnail'> & Partial<Facts>;

/**
 * Takes what was sent to where its sender reaches it no more, and only then looks at it. Pictures are
 * replaced by what may be shared of them. Broken off anywhere, it can be done again.
 */
export async function inspect(
  deps: Pick<Deps, 'files' | 'images'>,
  row: UploadRow,
): Promise<Found> {
  const { files } = deps;
  const key = fileKey(row.id);
  // Not there: it may have been taken before, by one that did not come to its end.
  const isNew = await files.move(incomingKey(row.id), key);
  const about = await files.head(key);
  if (about === undefined) throw new Problem('upload_missing');
  if (isNew && about.size !== row.size) {
    await files.delete(key);
    throw new Problem('upload_broken');
  }
  const start = await read(files, key, SNIFFED_BYTES);
  const type = mediaTypeOf(start);
  if (isImageType(type)) return inspectPicture(deps, row, about.size);
  if (type === FILM_TYPE) return inspectFilm(deps, row, about.size);
  const found = { size: about.size, thumbnail: false };
  if (type !== undefined) return { ...found, type };
  return { ...found, type: (await isText(files, row)) ? TEXT_TYPE : UNKNOWN_TYPE };
}

/**
 * What cannot be read as a picture, or is too large to be, is a file like any other: saved, and not
 * shown. Where it was taken is nobody's business even then.
 */
async function inspectPicture(
  { files, images }: Pick<Deps, 'files' | 'images'>,
  { id }: UploadRow,
  size: number,
): Promise<Found> {
  const plain = { type: UNKNOWN_TYPE, size, thumbnail: false };
  if (size > MAX_PICTURE_BYTES) return plain;
  const original = await read(files, fileKey(id));
  const picture = await images.share(original);
  if (typeof picture === 'string') {
    const cleaned = withoutMetadata(original);
    await files.put(fileKey(id), cleaned, { size: cleaned.byteLength, type: UNKNOWN_TYPE });
    return { ...plain, size: cleaned.byteLength };
  }
  const { bytes, thumbnail, ...facts } = picture;
  if (thumbnail !== undefined) {
    const about = { size: thumbnail.byteLength, type: 'image/webp' };
    await files.put(thumbnailKey(id), thumbnail, about);
  }
  await files.put(fileKey(id), bytes, { size: bytes.byteLength, type: facts.type });
  return { ...facts, size: bytes.byteLength, thumbnail: thumbnail !== undefined };
}

/** Larger ones are looked at no closer: they play, and whoever sends them tells what is in them. */
async function inspectFilm(
  { files }: Pick<Deps, 'files'>,
  { id }: UploadRow,
  size: number,
): Promise<Found> {
  const found = { size, thumbnail: false };
  if (size > MAX_PICTURE_BYTES) return { ...found, type: FILM_TYPE };
  const film = readFilm(await read(files, fileKey(id)));
  if (film === undefined) return { ...found, type: UNKNOWN_TYPE };
  const { bytes, ...extent } = film;
  await files.put(fileKey(id), bytes, { size, type: FILM_TYPE });
  return { ...found, ...extent, type: FILM_TYPE };
}

function withoutMetadata(original: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const picture = readPicture(original);
  if (picture === undefined) return original;
  return picture.orientation === 1 ? picture.bytes : turned(picture).bytes;
}

async function isText(files: Files, { id, name }: UploadRow): Promise<boolean> {
  const file = await files.get(fileKey(id));
  return file !== undefined && (await isPlainText(name, file.body));
}

async function read(files: Files, key: string, atMost?: number): Promise<Uint8Array<ArrayBuffer>> {
  const file = await files.get(
    key,
    atMost === undefined ? undefined : { start: 0, end: atMost - 1 },
  );
  if (file === undefined) throw new Problem('upload_missing');
  return new Uint8Array(await new Response(file.body).arrayBuffer());
}
