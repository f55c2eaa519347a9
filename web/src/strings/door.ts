import { door } from './en-door.ts';
import { words } from './words.ts';

/** The words of the pages that links from mails lead to. */
export const t = words({ door });
