import { instance } from './en-instance.ts';
import { words } from './words.ts';

/** The words of what the owner of the instance sets. */
export const t = words({ instance });
