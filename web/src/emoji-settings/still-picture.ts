/** An emoji's larger side, in pixels (see EMOJI_SIZE, which would bring zod). */
const SIZE = 128;
const QUALITY = 0.9;

/** The picture small enough for an emoji, where the server cannot scale; it moves no more. */
export async function stillPicture(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIZE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context !== null) context.imageSmoothingQuality = 'high';
  context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (small) => (small === null ? reject(new Error('no picture')) : resolve(small)),
      'image/webp',
      QUALITY,
    );
  });
}
