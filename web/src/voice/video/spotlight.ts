import { createMemo } from 'solid-js';
import type { Tile } from '../tiles.ts';
import { spotlightOf } from './layout.ts';
import { useVideo } from './use-video.ts';

/** The key of the tile that is drawn large, if one is. */
export function createSpotlight(tiles: () => readonly Tile[]): () => string | undefined {
  const video = useVideo();
  return createMemo(() => {
    const age = video()?.ageOf;
    const wanted = tiles().filter((tile) => tile.isWanted);
    if (age === undefined) return spotlightOf(wanted, undefined);
    const byAge = wanted.toSorted((one, other) => age(one.producerId) - age(other.producerId));
    return spotlightOf(byAge, video()?.choice());
  });
}
