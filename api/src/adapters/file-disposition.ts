import type { DownloadAs } from '../files.ts';

/**
 * Media types that a browser may show in place. Everything else is saved: what could run script on
 * our origin (HTML, SVG, XML, PDF) never opens on it.
 */
const SHOWN = new Set([
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'audio/flac',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'text/plain',
  'video/mp4',
  'video/webm',
]);

/** The `Content-Disposition` of a file: saved where asked for, and wherever its type is not shown. */
export function disposition(type: string, as: Pick<DownloadAs, 'name' | 'save'> = {}): string {
  const kind = as.save !== true && isShown(type) ? 'inline' : 'attachment';
  if (as.name === undefined) return kind;
  // RFC 5987: a plain name for old readers, the real one for the others.
  const plain = as.name.replace(/[^\w .-]/g, '_');
  const encoded = encodeURIComponent(as.name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** By the type itself, without its parameters. */
function isShown(type: string): boolean {
  return SHOWN.has(type.split(';')[0]?.trim().toLowerCase() ?? '');
}
