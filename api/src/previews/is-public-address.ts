/**
 * True for addresses that anyone on the internet may be asked at, false for whatever is somebody's own:
 * private, loopback, link-local (where clouds tell secrets), shared, reserved, multicast, and every way
 * to write an IPv4 address as an IPv6 one.
 * Sources: https://www.iana.org/assignments/iana-ipv4-special-registry,
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 * @param address as the system gives it: `192.0.2.1`, `2001:db8::1`
 */
export function isPublicAddress(address: string): boolean {
  const four = readIpv4(address);
  if (four !== undefined) return isPublicIpv4(four);
  const groups = readIpv6(address);
  return groups !== undefined && isPublicIpv6(groups);
}

/** First address and length of its prefix. */
const SPECIAL_IPV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Azure answers its machines here, in the midst of public addresses. */
const AZURE = '168.63.129.16';

function isPublicIpv4(address: number): boolean {
  if (address === readIpv4(AZURE)) return false;
  return SPECIAL_IPV4.every(([first, length]) => {
    const size = 2 ** (32 - length);
    return Math.floor(address / size) !== Math.floor((readIpv4(first) ?? 0) / size);
  });
}

function readIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((whole, part) => whole * 256 + Number(part), 0);
}

/** Only 2000::/3 is given out, and of that some is not the internet. */
function isPublicIpv6(groups: readonly number[]): boolean {
  const [first = 0, second = 0] = groups;
  if (first < 0x2000 || first > 0x3fff) return false;
  // Protocol assignments and Teredo, documentation, and 6to4, which carries an IPv4 address.
  if (first === 0x2001 && second < 0x200) return false;
  if (first === 0x2001 && second === 0xdb8) return false;
  if (first === 0x3fff && second < 0x1000) return false;
  return first !== 0x2002;
}

function readIpv6(text: string): number[] | undefined {
  // A zone names an interface of this machine.
  if (text.includes('%')) return undefined;
  const [head = '', tail, ...more] = withoutDots(text).split('::');
  if (more.length > 0) return undefined;
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** `::ffff:192.0.2.1` as `::ffff:c000:201`. */
function withoutDots(text: string): string {
  const at = text.lastIndexOf(':');
  const four = readIpv4(text.slice(at + 1));
  if (at < 0 || four === undefined) return text;
  const [high, low] = [Math.floor(four / 65_536), four % 65_536];
  return `${text.slice(0, at + 1)}${high.toString(16)}:${low.toString(16)}`;
}
