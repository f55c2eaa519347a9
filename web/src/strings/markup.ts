import { markup } from './en-markup.ts';
import { words } from './words.ts';

/** What is said about a message's content; loads with what draws it. */
export const m = words(markup);
