/** A stretch of a text, and whether it is code: what is in code names nobody and stands for nothing. */
export interface Part {
  text: string;
  isCode: boolean;
}

const CODE = /```[\s\S]+?```|(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g;

/** A text cut where code begins and ends. */
export function codeParts(text: string): Part[] {
  if (!text.includes('`')) return [{ text, isCode: false }];
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: code, index } of text.matchAll(CODE)) {
    parts.push({ text: text.slice(from, index), isCode: false }, { text: code, isCode: true });
    from = index + code.length;
  }
  parts.push({ text: text.slice(from), isCode: false });
  return parts.filter((part) => part.text !== '');
}

/** True where what is written at `at` would be in code. */
export function isInCode(text: string, at: number): boolean {
  const before = text.slice(0, at);
  if ((before.match(/```/g)?.length ?? 0) % 2 === 1) return true;
  let start = 0;
  for (const part of codeParts(text)) {
    if (part.isCode && at > start && at < start + part.text.length) return true;
    start += part.text.length;
  }
  return false;
}
