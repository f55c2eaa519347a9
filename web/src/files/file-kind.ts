import type { Attachment } from '@harmonium/api/attachment';

export type FileKind = 'picture' | 'film' | 'sound' | 'text' | 'archive' | 'other';
type Named = Pick<Attachment, 'name' | 'type'>;

const ARCHIVE = /\.(zip|7z|rar|tar|gz|tgz|bz2|xz|zst)$/i;

/** What a file is to a reader. */
export function kindOf({ name, type }: Named): FileKind {
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('video/')) return 'film';
  if (type.startsWith('audio/')) return 'sound';
  if (type.startsWith('text/')) return 'text';
  return ARCHIVE.test(name) ? 'archive' : 'other';
}

const UNITS = ['KB', 'MB', 'GB'];

/** Bytes as a person reads them. */
export function sizeName(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} ${UNITS[unit]}`;
}
