import { writing } from './en-writing.ts';
import { words } from './words.ts';

/** The words around what is offered while one writes, which load with it. */
export const t = words({ writing });
