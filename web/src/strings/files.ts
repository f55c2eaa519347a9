import { files } from './en-files.ts';
import { words } from './words.ts';

/** The words around files, which load with them. */
export const t = words({ files });
