import { z } from 'zod';

/** Turns what follows round, also outside of the name; with them a name could look like another one. */
const TURNING = /[\u202a-\u202e\u2066-\u2069\p{Cc}]/gu;
/** More marks on one letter than any script has; they would reach into other lines. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** What something is called, wherever it may stand: without what breaks the words around it. */
export const nameText = (maxLength: number) =>
  z
    .string()
    .overwrite((name) => name.replace(TURNING, '').normalize('NFC').replace(PILED_MARKS, '$1'))
    .trim()
    .min(1)
    .max(maxLength);
