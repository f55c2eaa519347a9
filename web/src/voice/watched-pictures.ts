import type { Layers, Media } from './media.ts';

/** Cameras and screens that somebody looks at by one connection, and how large. */
export class WatchedPictures {
  readonly #media: () => Media | undefined;
  readonly #layers = new Map<string, Layers | undefined>();

  constructor(media: () => Media | undefined) {
    this.#media = media;
  }

  has(producerId: string): boolean {
    return this.#layers.has(producerId);
  }

  layersOf(producerId: string): Layers | undefined {
    return this.#layers.get(producerId);
  }

  /** Rejects when it is gone. */
  async watch(producerId: string): Promise<MediaStreamTrack> {
    const media = this.#media();
    if (media === undefined) throw new Error('there is no connection to watch by');
    this.#layers.set(producerId, this.#layers.get(producerId));
    return media.watch(producerId);
  }

  unwatch(producerId: string): void {
    this.#layers.delete(producerId);
    this.#media()?.unwatch(producerId);
  }

  setLayers(producerId: string, layers: Layers): void {
    this.#layers.set(producerId, layers);
    this.#media()?.setLayers(producerId, layers);
  }
}
