/** More than these are a wall, and stay as small as words. */
const MAX_BIG = 27;

// As text: builders for browsers do not know the flag, which all of them have.
const EMOJI = new RegExp('\\p{RGI_Emoji}|<a?:\\w{2,32}:\\d{1,20}>', 'gv');
const MAX_LENGTH = 2000;

/** Nothing but a few emoji: they are drawn big. */
export function isBig(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  let count = 0;
  const rest = text.replace(EMOJI, () => {
    count += 1;
    return '';
  });
  return count > 0 && count <= MAX_BIG && rest.trim() === '';
}
