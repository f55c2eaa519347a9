import type { Preview } from './read-preview.ts';

const KEPT = 100;
const KEPT_MS = 15 * 60 * 1000;

/**
 * What was read a moment ago, so that a link which goes round is not asked for by every message; also
 * that there was nothing.
 */
export function createKnownPreviews(now: () => number) {
  const known = new Map<string, { preview: Promise<Preview | undefined>; until: number }>();
  return {
    /** Asks once, however many want it at once. */
    get(address: string, read: () => Promise<Preview | undefined>): Promise<Preview | undefined> {
      const held = known.get(address);
      if (held !== undefined && held.until > now()) return held.preview;
      known.delete(address);
      const preview = read();
      known.set(address, { preview, until: now() + KEPT_MS });
      const [oldest] = known.keys();
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
      return preview;
    },
  };
}
