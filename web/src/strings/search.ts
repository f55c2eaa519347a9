import { search } from './en-search.ts';
import { words } from './words.ts';

/** The words of the search, which load with it. */
export const t = words({ search });
