import type { JSX } from 'solid-js';
import { hueOf, roleColor } from '../design/person-color.ts';

/** Colour of a name: the role's, or the person's own hue, as light as the mode needs it to be read. */
export function nameStyle(userId: string, color: number | undefined): JSX.CSSProperties {
  if (color === undefined) {
    return { color: `oklch(var(--name-lightness) 0.1 ${hueOf(userId)})` };
  }
  return { color: roleColor(color) };
}
