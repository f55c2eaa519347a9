import { createEffect } from 'solid-js';

/** The first frame of a moving picture, which stands still. */
export function Still(props: { source: string }) {
  let canvas: HTMLCanvasElement | undefined;
  createEffect(() => void draw(props.source));

  async function draw(source: string): Promise<void> {
    const image = new Image();
    image.src = source;
    try {
      await image.decode();
    } catch {
      // What lies behind it stays.
      return;
    }
    if (canvas === undefined) return;
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0);
  }
  return (
    <canvas ref={(element) => (canvas = element)} class="absolute inset-0 size-full object-cover" />
  );
}
