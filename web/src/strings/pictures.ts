import { pictures } from './en-pictures.ts';
import { words } from './words.ts';

/** The words around choosing a picture, which load with it. */
export const t = words({ pictures });
