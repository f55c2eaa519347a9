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
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
]);

/** The `Content-Disposition` of a file. @param saveAs name to save it under, whatever its type */
export function disposition(type: string, saveAs?: string): string {
  if (saveAs !== undefined) {
    // RFC 5987: a plain name for old readers, the real one for the others.
    const plain = saveAs.replace(/[^\w .-]/g, '_');
    const encoded = encodeURIComponent(saveAs).replace(
      /['()*]/g,
      (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
    );
    return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
  }
  return SHOWN.has(type) ? 'inline' : 'attachment';
}
