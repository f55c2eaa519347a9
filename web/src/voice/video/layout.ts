/** What one chose to look at: everyone alike, one of them, or nothing yet. */
export type LookChoice = { kind: 'grid' } | { kind: 'spotlight'; key: string } | undefined;

interface Candidate {
  key: string;
  kind: 'person' | 'screen';
  isSelf: boolean;
}

/**
 * The tile that is drawn large. A screen is there to be looked at, so the youngest takes the place
 * while nobody chose otherwise; one's own would show itself in itself.
 */
export function spotlightOf(tiles: readonly Candidate[], choice: LookChoice): string | undefined {
  if (choice?.kind === 'grid') return undefined;
  if (choice?.kind === 'spotlight' && tiles.some(({ key }) => key === choice.key)) {
    return choice.key;
  }
  return tiles.findLast(({ kind, isSelf }) => kind === 'screen' && !isSelf)?.key;
}

export interface Size {
  width: number;
  height: number;
}

/** Of a tile, wide to high. */
export const TILE_RATIO = 16 / 9;
/** Smaller ones are scrolled rather than shrunk, in pixels. */
const MIN_WIDTH = 148;

/** Rather beside than below each other where that costs no more than this. */
const NEARLY = 0.94;

/** How large so many tiles can be drawn in a place, so that all of them are seen at once. */
export function tileSize(count: number, place: Size, gap: number): Size {
  let best = 0;
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const width = (place.width - gap * (columns - 1)) / columns;
    const height = (place.height - gap * (rows - 1)) / rows;
    const fitting = Math.min(width, height * TILE_RATIO);
    if (fitting >= best * NEARLY) best = fitting;
  }
  // Where two fit beside each other, they do.
  const least = Math.min(MIN_WIDTH, (place.width - gap) / 2);
  const width = Math.floor(Math.max(best, least));
  return { width, height: Math.floor(width / TILE_RATIO) };
}

/**
 * Where the others go while one is large: a phone on its side has no height to give away, and one
 * that is held upright has more of it than a picture needs.
 */
export function stripSide(place: Size): 'strip' | 'beside' | 'under' {
  if (place.height < 440 && place.width > place.height * 1.3) return 'beside';
  return place.height > place.width * 1.2 ? 'under' : 'strip';
}
