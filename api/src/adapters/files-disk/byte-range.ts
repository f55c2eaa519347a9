import type { ByteRange } from '../../files.ts';

/**
 * Reads a `Range` header (RFC 9110, 14.1.2). Undefined: send it all, as one may for a range that is
 * malformed or has several parts. `unsatisfiable`: there is no such part of a file of this size.
 */
export function readRange(
  header: string | null,
  size: number,
): Required<ByteRange> | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;

  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start > end ? 'unsatisfiable' : { start, end };
}
