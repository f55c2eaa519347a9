import { unread } from './en-unread.ts';
import { words } from './words.ts';

/** The words for what is not read. */
export const t = words({ unread });
