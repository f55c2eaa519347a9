/** What of a request decides; Node's IncomingMessage is one. */
export interface MetricsRequest {
  headers: Record<string, string | string[] | undefined>;
  socket: { remoteAddress?: string | undefined };
}

/** What proxies add: with one of these, the peer is not who asks. */
const PASSED_ON = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'via'];

/**
 * Who may read `GET /metrics` of any of the services; everybody else is answered 404.
 *
 * With a token whoever shows it as a bearer, from wherever, and nobody else. Without one whoever is
 * on this machine or in its private network and came by no proxy.
 */
export function mayReadMetrics({ headers, socket }: MetricsRequest, token?: string): boolean {
  if (token !== undefined) return isSame(String(headers['authorization'] ?? ''), `Bearer ${token}`);
  if (PASSED_ON.some((name) => headers[name] !== undefined)) return false;
  return isPrivate(socket.remoteAddress ?? '');
}

/** Loopback, RFC 1918, link-local, and what IPv6 has for them. */
function isPrivate(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  const [, first = '', second = ''] = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(plain) ?? [];
  if (first === '') return plain === '::1' || /^f[cd][\da-f]{2}:|^fe[89ab][\da-f]:/.test(plain);
  if (first === '172') return Number(second) >= 16 && Number(second) <= 31;
  const pair = `${first}.${second}`;
  return first === '127' || first === '10' || pair === '192.168' || pair === '169.254';
}

/** Takes as long wherever the two differ. */
function isSame(one: string, other: string): boolean {
  let differences = one.length ^ other.length;
  for (let at = 0; at < other.length; at += 1) {
    differences |= one.charCodeAt(at) ^ other.charCodeAt(at);
  }
  return differences === 0;
}
