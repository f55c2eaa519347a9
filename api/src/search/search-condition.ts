import type { SearchTerm, SoughtToken } from '@harmonium/api/search-terms';
import { quoted } from './message-vector.ts';

/** A `tsquery`, in its text form, for messages that hold these facts and fit these terms. */
export function searchCondition(facts: readonly string[], terms: readonly SearchTerm[]): string {
  return [...facts.map(quoted), ...terms.map(termCondition)].join(' & ');
}

function termCondition({ isExcluded, tokens }: SearchTerm): string {
  const phrase = tokens.reduce((before, token, index) => {
    const [previous, own] = [tokens[index - 1], tokenCondition(token)];
    return previous === undefined ? own : `${before} <${token.at - previous.at}> ${own}`;
  }, '');
  return isExcluded ? `!(${phrase})` : `(${phrase})`;
}

const tokenCondition = ({ text, isPrefix }: SoughtToken): string =>
  `${quoted(text)}${isPrefix ? ':*' : ''}`;
