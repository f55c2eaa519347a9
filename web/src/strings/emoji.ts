import { emoji } from './en-emoji.ts';
import { words } from './words.ts';

/** The words around choosing an emoji, which load with it. */
export const t = words({ emoji });
