import { MAX_FILE_NAME_LENGTH } from './attachment.ts';

/** In UTF-8: ten of them have to fit into one frame beside the words. */
const MAX_NAME_BYTES = 200;
const MAX_ENDING_LENGTH = 16;
/** Control and formatting characters: among them those that turn `exe.png` round to look like `gnp.exe`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What joins emoji and the letters of some scripts. */
const JOINERS = new Set(['\u200c', '\u200d']);
const NAMELESS = 'file';

/**
 * The name of a file as it may be shown and saved: without folders, without what cannot be seen or
 * turns the direction of writing, composed, and short enough. Never empty.
 */
export function cleanFileName(name: string): string {
  const seen = name
    .toWellFormed()
    .replace(UNSEEN, (letter) => (JOINERS.has(letter) ? letter : ''))
    .normalize('NFC');
  const [last = ''] = seen.split(/[/\\]/).slice(-1);
  // Windows takes none of these, and a leading dot hides.
  const plain = last.replace(/[<>:"|?*]/g, '_').replace(/\s+/g, ' ');
  const trimmed = plain.replace(/^[\s.]+|[\s.]+$/g, '');
  return shortened(trimmed) || NAMELESS;
}

/** Cut before its ending, between characters. */
function shortened(name: string): string {
  if (fits(name)) return name;
  const dot = name.lastIndexOf('.');
  const hasEnding = dot > 0 && name.length - dot <= MAX_ENDING_LENGTH;
  const ending = hasEnding ? name.slice(dot) : '';
  const characters = Array.from(hasEnding ? name.slice(0, dot) : name);
  while (!fits(characters.join('') + ending)) characters.length -= 1;
  return characters.join('').trimEnd() + ending;
}

function fits(name: string): boolean {
  return (
    name.length <= MAX_FILE_NAME_LENGTH && new TextEncoder().encode(name).length <= MAX_NAME_BYTES
  );
}
