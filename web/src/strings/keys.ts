import { keys } from './en-keys.ts';
import { words } from './words.ts';

/** The words of the list of keys, which load with it. */
export const t = words({ keys });
