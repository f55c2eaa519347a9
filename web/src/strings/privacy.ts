import { privacy } from './en-privacy.ts';
import { words } from './words.ts';

/** The words of what others may do about oneself. */
export const t = words({ privacy });
