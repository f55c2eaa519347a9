import { lookup } from 'node:dns/promises';
import { turnCredentials } from '../../../sfu/src/node/turn-credentials.ts';
import { isLoopback } from '../address-kinds.ts';
import { bad, ok, wordsOf, type Check, type Finding } from '../finding.ts';
import { openLine, type Line, type Way } from '../stun/line.ts';
import { askForRelay, type Credentials, type Relay } from '../stun/relay.ts';

const PORT = 3478;
const TLS_PORT = 5349;
/** Credentials are not good, or of another time (RFC 8489, section 14.8). */
const DENIED = new Set([401, 403, 431, 438]);
const REACH = 'Check TURN_URLS, that coturn runs there, and that its port is open in the firewall.';

/** Each TURN server, asked for an address with what a browser would be given. */
export const turn: Check = async ({ environment }) => {
  if (environment.turn === undefined) {
    return [ok('turn', 'none: who can reach the media ports needs none')];
  }
  const media = await publicMedia(environment.announcedIp);
  const { urls } = environment.turn;
  // As whom is nothing to the server.
  const [server] = turnCredentials(environment.turn, Date.now)('1');
  const credentials = { username: server?.username ?? '', credential: server?.credential ?? '' };
  return Promise.all(urls.map((url) => lookAt(url, credentials, media)));
};

/** Where a relay has to carry voice to; undefined: not said, or an address that means another machine there. */
async function publicMedia(announced: string | undefined): Promise<string | undefined> {
  for (const name of announced?.split(',') ?? []) {
    const found = await lookup(name.trim(), { family: 4 }).catch(() => undefined);
    if (found && !isLoopback(found.address)) return found.address;
  }
  return undefined;
}

async function lookAt(
  url: string,
  credentials: Credentials,
  media: string | undefined,
): Promise<Finding> {
  const read = readUrl(url);
  if (read === undefined) {
    return bad('turn', `${url} is no TURN address.`, 'Write it as turn:host:3478?transport=udp.');
  }
  if (read.way === undefined) return ok('turn', `${url}: not tried (DTLS)`);
  let line: Line | undefined;
  try {
    line = await openLine(read.way);
    if (!read.isStun) return await lookAtRelay(url, line, credentials, media);
    await line.ask({ method: 'binding', attributes: [] });
    return ok('turn', `${url} answers`);
  } catch (error) {
    return unreached(url, error);
  } finally {
    line?.close();
  }
}

/** RFC 7065, with IPv6 in brackets; `way` undefined: by datagrams with TLS, which Node does not speak. */
function readUrl(url: string): { way: Way | undefined; isStun: boolean } | undefined {
  const found =
    /^(turns?|stun):(?:\[([^\]]+)\]|([^[\]:?/]+))(?::(\d+))?(?:\?transport=(udp|tcp))?$/;
  const parts = found.exec(url);
  if (parts === null) return undefined;
  const [, scheme, six, name, port, transport] = parts;
  const host = six ?? name ?? '';
  const isStun = scheme === 'stun';
  if (scheme === 'turns') {
    const way: Way = { protocol: 'tls', host, port: Number(port ?? TLS_PORT) };
    return { way: transport === 'udp' ? undefined : way, isStun };
  }
  const protocol = transport === 'tcp' ? 'tcp' : 'udp';
  return { way: { protocol, host, port: Number(port ?? PORT) }, isStun };
}

async function lookAtRelay(
  url: string,
  line: Line,
  credentials: Credentials,
  media: string | undefined,
): Promise<Finding> {
  const relay = await askForRelay(line, credentials);
  if (relay.state !== 'lends') return refused(url, relay);
  const refusal = media === undefined ? undefined : await relay.permits(media);
  await relay.giveBack();
  if (refusal === undefined) return ok('turn', `${url} lends addresses`);
  return bad(
    'turn',
    `${url} carries nothing to ${media}, where voice is: ${refusal.code} ${refusal.words}`,
    `Let coturn relay to it: --allowed-peer-ip=${media} (docs/voice.md).`,
  );
}

function refused(url: string, relay: Exclude<Relay, { state: 'lends' }>): Finding {
  if (relay.state === 'open') {
    return bad(
      'turn',
      `${url} lends addresses to whoever comes, without a password.`,
      'Start coturn with use-auth-secret and static-auth-secret: an open relay is misused.',
    );
  }
  const { code, words } = relay;
  if (DENIED.has(code)) {
    return bad(
      'turn',
      `${url} refuses the passwords that TURN_SECRET makes: ${code} ${words}`,
      'Give coturn the same secret (use-auth-secret, static-auth-secret), and keep both clocks by NTP.',
    );
  }
  return bad(
    'turn',
    `${url} lends no address: ${code} ${words}`,
    'See its log: quotas, its relay ports (min-port to max-port) and relay-ip decide it.',
  );
}

function unreached(url: string, error: unknown): Finding {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isCertificate = /CERT|TLS|SSL|VERIFY/.test(code);
  const cure = isCertificate
    ? 'Give it a certificate for this name by a known authority: browsers want one too.'
    : REACH;
  return bad('turn', `${url}: ${wordsOf(error)}`, cure);
}
