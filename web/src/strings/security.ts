import { security } from './en-security.ts';
import { words } from './words.ts';

/** The words of the settings that keep an account safe. */
export const t = words({ security });
