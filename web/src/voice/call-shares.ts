import type { ShareSource } from './call-state.ts';

/** Why one does not share any more without having said so. */
export type ShareEnd = 'ended' | 'not_permitted' | 'failed';

interface CallSharesDeps {
  onChange: () => void;
  onEnded: (source: ShareSource, end: ShareEnd) => void;
}

/** What one shares oneself: it outlives connections, and ends with its track. */
export class CallShares {
  readonly #deps: CallSharesDeps;
  readonly #tracks = new Map<ShareSource, MediaStreamTrack>();

  constructor(deps: CallSharesDeps) {
    this.#deps = deps;
  }

  get tracks(): ReadonlyMap<ShareSource, MediaStreamTrack> {
    return this.#tracks;
  }

  /** In place of the one before of this source. Whoever opened the track stops it. */
  share(source: ShareSource, track: MediaStreamTrack): void {
    this.#tracks.set(source, track);
    // The browser's own bar, and an unplugged camera.
    track.addEventListener('ended', () => this.#end(source, track, 'ended'), { once: true });
    this.#deps.onChange();
  }

  unshare(source: ShareSource): void {
    if (this.#tracks.delete(source)) this.#deps.onChange();
  }

  /** Of one that could not be sent. */
  fail(source: ShareSource, track: MediaStreamTrack): void {
    this.#end(source, track, 'failed');
  }

  /** STREAM was taken away. */
  forbid(): void {
    for (const [source, track] of this.#tracks) this.#end(source, track, 'not_permitted');
  }

  clear(): void {
    this.#tracks.clear();
  }

  #end(source: ShareSource, track: MediaStreamTrack, end: ShareEnd): void {
    if (this.#tracks.get(source) !== track) return;
    this.#tracks.delete(source);
    this.#deps.onChange();
    this.#deps.onEnded(source, end);
  }
}
