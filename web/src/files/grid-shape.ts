/** One picture takes at most this much, in pixels. */
export const MAX_WIDTH = 440;
const MAX_HEIGHT = 330;
/** A line of pixels can still be seen, and clicked. */
const MIN_SIDE = 48;
/** Of pictures and films whose measure is not known. */
const UNKNOWN = { width: 400, height: 225 };

export interface Extent {
  width: number;
  height: number;
}

/** As large as one picture on its own is shown: never larger than it is. */
export function singleExtent({ width, height }: Partial<Extent>): Extent {
  if (width === undefined || height === undefined) return UNKNOWN;
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return {
    width: Math.max(MIN_SIDE, Math.round(width * scale)),
    height: Math.max(MIN_SIDE, Math.round(height * scale)),
  };
}

/** Where one of several pictures stands in a grid of 6 columns. */
export interface Cell {
  columns: number;
  rows: number;
  /** Width to height; of one that spans rows, the others decide. */
  ratio: number | undefined;
}

const SQUARE: Cell = { columns: 2, rows: 1, ratio: 1 };
const HALF: Cell = { columns: 3, rows: 1, ratio: 1 };
const HALF_FLAT: Cell = { columns: 3, rows: 1, ratio: 3 / 2 };
const WIDE: Cell = { columns: 6, rows: 1, ratio: 5 / 2 };
const TALL: Cell = { columns: 4, rows: 2, ratio: undefined };

/** The cells of two or more pictures: rows without a gap, the first one with what is over. */
export function gridCells(count: number): Cell[] {
  if (count === 2) return [HALF, HALF];
  if (count === 3) return [TALL, SQUARE, SQUARE];
  if (count === 4) return [HALF_FLAT, HALF_FLAT, HALF_FLAT, HALF_FLAT];
  const over = { 0: [], 1: [WIDE], 2: [HALF_FLAT, HALF_FLAT] }[count % 3] ?? [];
  return [...over, ...Array.from({ length: count - over.length }, () => SQUARE)];
}
