import { createSignal, untrack } from 'solid-js';
import type { Layers } from '../media.ts';
import { layersFor } from './layers.ts';
import type { PictureQuality } from './layers.ts';

/** A place in which a picture is shown. */
export interface Place {
  /** In pixels of the device; 0: it is not seen at the moment. */
  height: number;
}

export interface WatchingDeps {
  watch: (producerId: string) => Promise<MediaStreamTrack>;
  unwatch: (producerId: string) => void;
  setLayers: (producerId: string, layers: Layers) => void;
  savesData: () => boolean;
}

/** A tile that moves is gone for a moment: its picture is not asked for anew, in milliseconds. */
const LINGER_MS = 700;

interface Watched {
  source: 'camera' | 'screen';
  places: Map<symbol, Place>;
  quality: PictureQuality;
  /** Asked for, so that it comes. */
  isWatched: boolean;
  /** What was asked of the sfu last, so that it is not asked twice. */
  asked: string;
  picture: () => MediaStream | undefined;
  setPicture: (picture: MediaStream | undefined) => void;
  leaving: ReturnType<typeof setTimeout> | undefined;
}

/** Whose pictures come: those that are seen somewhere, as large as they are seen. */
export function createWatching(deps: WatchingDeps) {
  const all = new Map<string, Watched>();

  function of(producerId: string, source: 'camera' | 'screen'): Watched {
    const known = all.get(producerId);
    if (known !== undefined) return known;
    const [picture, setPicture] = createSignal<MediaStream>();
    const fresh: Watched = {
      source,
      places: new Map(),
      quality: 'auto',
      isWatched: false,
      asked: '',
      picture,
      setPicture,
      leaving: undefined,
    };
    all.set(producerId, fresh);
    return fresh;
  }

  /** The largest place counts: a smaller one shows the same picture. */
  function follow(producerId: string, watched: Watched): void {
    const height = Math.max(0, ...[...watched.places.values()].map((place) => place.height));
    if (height === 0) return leaveSoon(producerId, watched);
    clearTimeout(watched.leaving);
    watched.leaving = undefined;
    if (!watched.isWatched) void begin(producerId, watched);
    else askLayers(producerId, watched, height);
  }

  async function begin(producerId: string, watched: Watched): Promise<void> {
    watched.isWatched = true;
    watched.asked = '';
    try {
      const track = await deps.watch(producerId);
      if (!watched.isWatched || all.get(producerId) !== watched) return;
      watched.setPicture(new MediaStream([track]));
      follow(producerId, watched);
    } catch {
      // It ended meanwhile, or the call begins anew and tells of it again.
      watched.isWatched = false;
    }
  }

  function askLayers(producerId: string, watched: Watched, height: number): void {
    const { source, quality } = watched;
    const layers = layersFor({ source, height, quality, savesData: deps.savesData() });
    const asked = JSON.stringify(layers);
    if (untrack(watched.picture) === undefined || watched.asked === asked) return;
    watched.asked = asked;
    deps.setLayers(producerId, layers);
  }

  function leaveSoon(producerId: string, watched: Watched): void {
    if (!watched.isWatched || watched.leaving !== undefined) return;
    watched.leaving = setTimeout(() => {
      watched.leaving = undefined;
      watched.isWatched = false;
      watched.setPicture(undefined);
      deps.unwatch(producerId);
    }, LINGER_MS);
  }

  function followAll(): void {
    for (const [producerId, watched] of all) follow(producerId, watched);
  }

  return {
    /** Shows a picture in one more place; answers the way to say how large, and the way out. */
    show(producerId: string, source: 'camera' | 'screen') {
      const watched = of(producerId, source);
      const place = Symbol(producerId);
      return {
        picture: () => watched.picture(),
        resize(height: number): void {
          watched.places.set(place, { height });
          follow(producerId, watched);
        },
        leave(): void {
          watched.places.delete(place);
          follow(producerId, watched);
        },
      };
    },
    /** Whether this is the track that brings it. */
    shows: (producerId: string, trackId: string): boolean =>
      all
        .get(producerId)
        ?.picture()
        ?.getTracks()
        .some(({ id }) => id === trackId) === true,
    qualityOf: (producerId: string): PictureQuality => all.get(producerId)?.quality ?? 'auto',
    choose(producerId: string, quality: PictureQuality): void {
      const watched = all.get(producerId);
      if (watched === undefined) return;
      watched.quality = quality;
      follow(producerId, watched);
    },
    followAll,
    /** These are what there is now; of the others nothing comes any more. */
    keep(producerIds: readonly string[]): void {
      for (const [producerId, watched] of all) {
        if (producerIds.includes(producerId)) continue;
        clearTimeout(watched.leaving);
        watched.setPicture(undefined);
        if (watched.isWatched) deps.unwatch(producerId);
        watched.isWatched = false;
        all.delete(producerId);
      }
    },
  };
}
export type Watching = ReturnType<typeof createWatching>;
