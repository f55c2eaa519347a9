import { switcher } from './en-switcher.ts';
import { words } from './words.ts';

/** The words of the switcher, which load with it. */
export const t = words({ switcher });
