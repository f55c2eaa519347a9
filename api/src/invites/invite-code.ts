const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LENGTH = 10;

/** Ten letters that are not mistaken for each other when read aloud: about 58 bits. */
export function newInviteCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      // Bytes above the last whole round of the alphabet would favour its first letters.
      const letter = byte < 256 - (256 % LETTERS.length) ? LETTERS[byte % LETTERS.length] : '';
      if (code.length < LENGTH) code += letter ?? '';
    }
  }
  return code;
}
