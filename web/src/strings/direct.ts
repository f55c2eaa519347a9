import { direct } from './en-direct.ts';
import { words } from './words.ts';

/** The words of friends and conversations, which load with them. */
export const t = words({ direct });
