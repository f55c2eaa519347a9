import { notify } from './en-notifying.ts';
import { words } from './words.ts';

/** The words of notifications, which load with them. */
export const t = words({ notify });
