import { call } from './en-call.ts';
import { words } from './words.ts';

/** The words of a call, which load with its view. */
export const t = words({ call });
