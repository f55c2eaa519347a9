import type { Look } from './uploads.ts';

/** Pictures that browsers draw, and that run nothing. */
const DRAWN = /^image\/(png|jpeg|gif|webp|avif)$/;
/** Larger ones would have to be decoded for a preview as large as a thumb, in bytes. */
const MAX_LOOKED_AT = 50 * 1024 * 1024;

/** A chosen picture, as it is on the sender's disk. */
export function lookAt(file: File): Look | undefined {
  if (!DRAWN.test(file.type) || file.size > MAX_LOOKED_AT) return undefined;
  const preview = URL.createObjectURL(file);
  const image = new Image();
  image.src = preview;
  const extent = image.decode().then(
    () => ({ width: image.naturalWidth, height: image.naturalHeight }),
    () => undefined,
  );
  return { preview, extent, release: () => URL.revokeObjectURL(preview) };
}
