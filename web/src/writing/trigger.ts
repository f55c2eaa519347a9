import { isInCode } from './code-parts.ts';

/** What is being typed that something could be offered for. */
export interface Trigger {
  sign: '@' | '#' | ':';
  query: string;
  /** Where the sign stands. */
  from: number;
  /** The caret. */
  to: number;
}

/** Letters behind the sign at most, a space or two among them. */
const NAME = /(?<![\p{L}\p{N}_@#/\\<])([@#])([^\s@#:]{0,32}(?: [^\s@#:]{1,32}){0,2})$/u;
const SHORTCODE = /(?<![\p{L}\p{N}_:/\\<])(:)([\w+-]{2,32})$/u;
const LOOK_BACK = 80;

export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - LOOK_BACK), caret);
  const [, sign, query] = NAME.exec(before) ?? SHORTCODE.exec(before) ?? [];
  if (query === undefined || (sign !== '@' && sign !== '#' && sign !== ':')) return undefined;
  if (isInCode(text, caret)) return undefined;
  return { sign, query, from: caret - query.length - 1, to: caret };
}

const CLOSED = /(?<![\p{L}\p{N}_:/\\<]):([\w+-]{1,32}):$/u;

/** A shortcode that has just been typed to its end. */
export function closedShortcode(
  text: string,
  caret: number,
): { code: string; from: number; to: number } | undefined {
  const [whole, code] = CLOSED.exec(text.slice(Math.max(0, caret - LOOK_BACK), caret)) ?? [];
  if (whole === undefined || code === undefined || isInCode(text, caret)) return undefined;
  return { code, from: caret - whole.length, to: caret };
}
