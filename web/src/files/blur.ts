import { thumbHashToDataURL } from 'thumbhash';

/** What a picture looks like before it is there, as an address. */
export function blurAddress(blur: string | undefined): string | undefined {
  if (blur === undefined) return undefined;
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(blur), (letter) => letter.charCodeAt(0)));
  } catch {
    // Not what it says it is: nothing is shown.
    return undefined;
  }
}
