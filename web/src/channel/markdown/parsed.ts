import { parseMarkup } from '@harmonium/api/markup';
import type { Block } from '@harmonium/api/markup';

/** Messages around what is on the screen: scrolled back to, they are drawn without being read again. */
const KEPT = 500;

const kept = new Map<string, Block[]>();

/** The parts of a text, read once while it is near. */
export function blocksOf(text: string): Block[] {
  const known = kept.get(text);
  const blocks = known ?? parseMarkup(text);
  // At the end: it was used last.
  kept.delete(text);
  kept.set(text, blocks);
  if (kept.size > KEPT) {
    const [oldest = ''] = kept.keys();
    kept.delete(oldest);
  }
  return blocks;
}
