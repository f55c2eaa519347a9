/** A path of this app; anything that could lead away becomes the start page. */
export function innerPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/';
}
