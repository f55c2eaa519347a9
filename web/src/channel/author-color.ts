import type { JSX } from 'solid-js';
import { hueOf } from '../design/person-color.ts';

/** Colour of a name: the role's, or the person's own hue, as light as the mode needs it to be read. */
export function nameStyle(userId: string, roleColor: number | undefined): JSX.CSSProperties {
  if (roleColor === undefined) {
    return { color: `oklch(var(--name-lightness) 0.1 ${hueOf(userId)})` };
  }
  const hex = `#${roleColor.toString(16).padStart(6, '0')}`;
  return { color: `oklch(from ${hex} var(--name-lightness) c h)` };
}
