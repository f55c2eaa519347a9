/** Hues that keep apart from each other and from the brass accent, as pairs of (background, name). */
const HUES = [12, 45, 95, 150, 185, 220, 262, 290, 320, 350];

/** A hue in degrees (OKLCH) that belongs to an id for ever. */
export function hueOf(id: string): number {
  // FNV-1a, 32 bit: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  return HUES[(hash >>> 0) % HUES.length] ?? 0;
}

/** Background of the drawn avatar; white text on it meets AA for large text in every hue. */
export function personBackground(id: string): string {
  return `oklch(0.53 0.11 ${hueOf(id)})`;
}

/** The first two letters that tell a name: of two words one each. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '');
  const [first = '', second] = words;
  const letters =
    second === undefined
      ? [...first].slice(0, 2)
      : [...first.slice(0, 2)].slice(0, 1).concat([...second].slice(0, 1));
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
