import { arranging } from './en-arranging.ts';
import { words } from './words.ts';

/** The words of putting channels in order, which load for those who may. */
export const t = words({ arranging });
