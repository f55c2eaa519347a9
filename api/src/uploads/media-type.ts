import { hasText, imageTypeOf } from '../images.ts';

/** Of everything that is not on the list of what may be shown: it is saved, and never opened. */
export const UNKNOWN_TYPE = 'application/octet-stream';
export const TEXT_TYPE = 'text/plain';
export const FILM_TYPE = 'video/mp4';

/** Bytes from the start of a file by which it is known. */
export const SNIFFED_BYTES = 4096;

/**
 * What may be played and shown in a page, by the bytes a file begins with, whatever it says it is;
 * undefined: nothing of the kind. Text is not known by its start, see `isPlainText`.
 */
export function mediaTypeOf(start: Uint8Array): string | undefined {
  const image = imageTypeOf(start);
  if (image !== undefined) return `image/${image}`;
  if (hasText(start, 4, 'ftyp')) return FILM_BRANDS.get(textOf(start, 8, 4));
  if (hasBytes(start, [0x1a, 0x45, 0xdf, 0xa3])) return isWebm(start) ? 'video/webm' : undefined;
  if (hasText(start, 0, 'RIFF') && hasText(start, 8, 'WAVE')) return 'audio/wav';
  if (hasText(start, 0, 'fLaC')) return 'audio/flac';
  if (hasText(start, 0, 'OggS')) return isOggSound(start) ? 'audio/ogg' : undefined;
  if (hasText(start, 0, 'ID3') || isMp3Frame(start)) return 'audio/mpeg';
  return undefined;
}

export function isImageType(type: string | undefined): boolean {
  return type?.startsWith('image/') ?? false;
}

/** Major brands of ISO base media files that browsers play. Source: https://mp4ra.org/registered-types/brands */
const FILM_BRANDS = new Map([
  ...['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'dash', 'M4V ', 'MSNV'].map(
    (brand) => [brand, FILM_TYPE] as const,
  ),
  ...['M4A ', 'M4B '].map((brand) => [brand, 'audio/mp4'] as const),
]);

/** Matroska has the same first bytes; what follows `DocType` tells them apart. */
function isWebm(start: Uint8Array): boolean {
  const header = textOf(start, 0, 64);
  return header.includes('\u0042\u0082\u0084webm');
}

/** The first page holds the header of the first stream. Source: RFC 5334 */
function isOggSound(start: Uint8Array): boolean {
  const page = textOf(start, 0, 64);
  return ['\u0001vorbis', 'OpusHead', '\u007fFLAC', 'Speex   '].some((mark) => page.includes(mark));
}

/** MPEG-1 or 2, Layer III, with a bit rate and a sampling rate. Source: ISO/IEC 11172-3, 2.4.1.3 */
function isMp3Frame(start: Uint8Array): boolean {
  const [sync = 0, version = 0, rates = 0] = start;
  if (sync !== 0xff || (version & 0xe6) !== 0xe2 || (version & 0x18) === 0x08) return false;
  const bitRate = rates >> 4;
  return bitRate > 0 && bitRate < 15 && (rates & 0x0c) !== 0x0c;
}

function hasBytes(start: Uint8Array, expected: readonly number[]): boolean {
  return expected.every((byte, at) => start[at] === byte);
}

function textOf(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
