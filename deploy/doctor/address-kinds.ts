import { isIP } from 'node:net';

/** Each machine's own. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || address.startsWith('127.');
}

/** RFC 1918, RFC 6598, and the unique local addresses of RFC 4193. */
export function isPrivate(address: string): boolean {
  if (isIP(address) === 6) return /^f[cd]/i.test(address);
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    address,
  );
}
