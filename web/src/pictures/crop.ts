export interface Size {
  width: number;
  height: number;
}

/** Which square of a picture is taken. */
export interface Crop {
  /** 1: as much as fits. */
  zoom: number;
  /** Middle of the square, in parts of the picture's width and height. */
  x: number;
  y: number;
}

export const MAX_ZOOM = 4;

export const wholeCrop: Crop = { zoom: 1, x: 0.5, y: 0.5 };

/** The square in pixels of the picture; never beyond its edges. */
export function squareOf({ width, height }: Size, { zoom, x, y }: Crop) {
  const side = Math.min(width, height) / clamp(zoom, 1, MAX_ZOOM);
  return {
    left: clamp(x * width - side / 2, 0, width - side),
    top: clamp(y * height - side / 2, 0, height - side),
    side,
  };
}

/** The crop after the picture under it was dragged. @param shown width of the square on the screen */
export function dragged(size: Size, crop: Crop, by: { x: number; y: number }, shown: number): Crop {
  const { left, top, side } = squareOf(size, crop);
  return kept(size, {
    zoom: crop.zoom,
    x: (left + side / 2 - (by.x * side) / shown) / size.width,
    y: (top + side / 2 - (by.y * side) / shown) / size.height,
  });
}

/** The same square with its middle inside of what can be reached: dragging back has no dead way. */
export function kept(size: Size, crop: Crop): Crop {
  const { left, top, side } = squareOf(size, crop);
  return {
    zoom: clamp(crop.zoom, 1, MAX_ZOOM),
    x: (left + side / 2) / size.width,
    y: (top + side / 2) / size.height,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
