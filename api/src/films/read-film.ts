import { lettersAt, partOf, viewOf } from '../pictures/join-parts.ts';

/** An MP4 without what tells where, when and with what it was made; what is seen and heard is untouched. */
export interface Film {
  /** As it is shown; absent where no track is seen. */
  width?: number;
  height?: number;
  /** As long as before: what was taken out is empty space, as every place in the file is counted. */
  bytes: Uint8Array<ArrayBuffer>;
}

interface Box {
  type: string;
  start: number;
  /** Where its content begins. */
  body: number;
  end: number;
}

/** Phones keep the place where they filmed in here. Source: ISO/IEC 14496-12, 8.10 */
const TELLING = new Set(['udta', 'meta', 'uuid']);
const HOLDING = new Set(['moov', 'trak', 'mdia']);
const DATED = new Set(['mvhd', 'tkhd', 'mdhd']);

/** Undefined for what is damaged, or no film at all. */
export function readFilm(original: Uint8Array<ArrayBuffer>): Film | undefined {
  const bytes = original.slice();
  const film: Film = { bytes };
  try {
    const isFilm = clean(film, 0, bytes.byteLength);
    return isFilm ? film : undefined;
  } catch (error) {
    // Read behind the end, or a box that says it is larger than what it is in.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** True when there was a `moov`, without which nothing plays. */
function clean(film: Film, from: number, to: number): boolean {
  let hasMovie = false;
  for (const box of boxesIn(film.bytes, from, to)) {
    const { type, body, end } = box;
    if (TELLING.has(type)) empty(film.bytes, box);
    if (DATED.has(type)) forgetDates(film.bytes, body);
    if (type === 'tkhd') measure(film, body);
    if (HOLDING.has(type)) clean(film, body, end);
    hasMovie ||= type === 'moov';
  }
  return hasMovie;
}

function* boxesIn(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = viewOf(bytes);
  for (let start = from; start < to;) {
    const type = lettersAt(bytes, start + 4);
    let [size, body] = [view.getUint32(start), start + 8];
    if (size === 1) [size, body] = [Number(view.getBigUint64(start + 8)), start + 16];
    const end = size === 0 ? to : start + size;
    if (end > to || end < body) throw new RangeError('a box is larger than what it is in');
    yield { type, start, body, end };
    start = end;
  }
}

function empty(bytes: Uint8Array, { start, body, end }: Box): void {
  bytes.set(new TextEncoder().encode('free'), start + 4);
  bytes.fill(0, body, end);
}

/** Both moments, of four bytes each, or eight in a later version. */
function forgetDates(bytes: Uint8Array, body: number): void {
  partOf(bytes, body + 4, body + (bytes[body] === 1 ? 20 : 12)).fill(0);
}

/** By the first track that has a size; its matrix says whether it is shown on its side. */
function measure(film: Film, body: number): void {
  if (film.width !== undefined) return;
  const view = viewOf(film.bytes);
  const matrix = body + (view.getUint8(body) === 1 ? 52 : 40);
  const width = Math.round(view.getUint32(matrix + 36) / 65_536);
  const height = Math.round(view.getUint32(matrix + 40) / 65_536);
  if (width === 0 || height === 0) return;
  const isOnSide = view.getInt32(matrix) === 0 && view.getInt32(matrix + 4) !== 0;
  film.width = isOnSide ? height : width;
  film.height = isOnSide ? width : height;
}
