import { threads } from './en-threads.ts';
import { words } from './words.ts';

/** The words of threads, which load when one is shown. */
export const t = words({ threads });
