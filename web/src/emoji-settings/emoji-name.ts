/** See EmojiName of the contract, which would bring zod. */
const NAME = /^[a-z0-9_]{2,32}$/;
const MAX_LENGTH = 32;

/** As the server will have it. */
export function foldedName(name: string): string {
  return name.trim().toLowerCase();
}

export function isEmojiName(name: string): boolean {
  return NAME.test(foldedName(name));
}

/** After a file: `Party Parrot (2).gif` is `party_parrot_2`; a number is put behind what is taken. */
export function nameFromFile(file: string, taken: ReadonlySet<string>): string {
  const words = file
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  const whole = words.length < 2 ? 'emoji' : words.slice(0, MAX_LENGTH).replace(/_+$/, '');
  if (!taken.has(whole)) return whole;
  for (let number = 2; ; number += 1) {
    const end = `_${number}`;
    const name = whole.slice(0, MAX_LENGTH - end.length) + end;
    if (!taken.has(name)) return name;
  }
}
