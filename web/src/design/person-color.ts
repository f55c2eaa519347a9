/** Steps around the colour circle: enough that two people seldom meet, few enough to tell apart. */
const HUES = 18;

/** A hue in degrees (OKLCH) that belongs to an id for ever. */
export function hueOf(id: string): number {
  // FNV-1a, 32 bit: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  // The low bits of FNV-1a mix badly for texts that differ at the end: fold the high ones in.
  return (((hash ^ (hash >>> 15)) >>> 0) % HUES) * (360 / HUES);
}

/** Background of the drawn avatar; white text on it meets AA for large text in every hue. */
export function personBackground(id: string): string {
  return `oklch(0.53 0.11 ${hueOf(id)})`;
}

/** Two letters that stand for a name: the first of its first two words, or of its only one. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const first = Array.from(words[0] ?? '');
  const second = Array.from(words[1] ?? '');
  const letters = second.length === 0 ? first.slice(0, 2) : [first[0], second[0]];
  return letters.join('').toLocaleUpperCase();
}

/**
 * A role's colour, moved to a lightness that can be read in the mode at hand; hue is kept, chroma
 * bounded so that it stays inside of sRGB.
 */
export function roleColor(color: number): string {
  const hex = color.toString(16).padStart(6, '0');
  return `oklch(from #${hex} var(--name-lightness) min(c, 0.15) h)`;
}
