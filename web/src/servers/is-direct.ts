/** Whether an address is of friends and conversations, and not of a server. */
export function isDirect(pathname: string): boolean {
  return /^\/direct(\/|$)/.test(pathname);
}
