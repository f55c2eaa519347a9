import type { Message } from '@harmonium/api/message';

const LONGEST = 50;
/** Names of people, roles, channels and emoji as messages have them: ids, which say nothing. */
const NAMED = /<(?:[@#][&!]?|a?:\w+:)\d+>/gu;
const MARKS = /[*_~`|>#]+/gu;

/** What a thread is called after its message: the first words, or a file, or who wrote it. */
export function nameFrom({ content, attachments = [], author }: Message): string {
  const words = content.replace(NAMED, ' ').replace(MARKS, '').split(/\s+/u).filter(Boolean);
  const said = words.reduce(
    (name, word) => (name.length + word.length < LONGEST ? `${name} ${word}` : name),
    '',
  );
  const [first = ''] = words;
  return said.trim() || shorten(first) || shorten(attachments[0]?.name ?? '') || author.username;
}

/** No letter is cut in two. */
function shorten(text: string): string {
  return text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/u, '');
}
