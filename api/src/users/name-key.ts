/** Names that look or read alike without regard to case have the same key. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
