import { lookup as lookUp } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as askPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as askSecure } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../previews/is-public-address.ts';
import { MAX_REDIRECTS, WEB_TIMEOUT_MS } from '../previews/web.ts';
import type { Web, WebRefusal } from '../previews/web.ts';
import { readAnswer } from './web-node/read-answer.ts';

/** What may be asked at all; a test allows its own server. */
export type MayAsk = (address: string, port: number) => boolean;

type LookUpAll = (
  host: string,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

interface Options {
  userAgent: string;
  mayAsk?: MayAsk;
  lookUpAll?: LookUpAll;
}

const WEB_PORTS = new Set([80, 443]);
const mayAskPublic: MayAsk = (address, port) => isPublicAddress(address) && WEB_PORTS.has(port);
const lookUpWithSystem: LookUpAll = (host, done) => lookUp(host, { all: true }, done);

/**
 * The web by Node's own sockets. The address is checked where the socket is opened, and it is that very
 * address which is connected to: a name that answers otherwise the second time changes nothing.
 */
export function createNodeWeb(options: Options): Web {
  const { mayAsk = mayAskPublic, lookUpAll = lookUpWithSystem } = options;

  /** Resolves a name to what may be asked; one forbidden address is enough to refuse them all. */
  const lookupFor =
    (port: number): LookupFunction =>
    (host, { all }, done) =>
      lookUpAll(host, (error, found) => {
        if (error !== null) return done(error, '');
        const [first] = found;
        if (first === undefined || !found.every(({ address }) => mayAsk(address, port))) {
          return done(new Forbidden(), '');
        }
        if (all === true) done(null, found);
        else done(null, first.address, first.family);
      });

  async function ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const isSecure = url.protocol === 'https:';
    const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // A literal address is never looked up.
    if (isIP(host) !== 0 && !mayAsk(host, port)) throw new Forbidden();
    return new Promise((resolve, reject) => {
      const request = (isSecure ? askSecure : askPlain)({
        host,
        port,
        path: `${url.pathname}${url.search}`,
        lookup: lookupFor(port),
        // A socket of another request's host is nobody's shortcut.
        agent: false,
        signal,
        maxHeaderSize: 32 * 1024,
        headers: {
          host: url.host,
          'user-agent': options.userAgent,
          accept: 'text/html,application/xhtml+xml,image/*;q=0.9',
          'accept-encoding': 'gzip, br',
          'accept-language': 'en,*;q=0.5',
        },
      });
      request.once('response', resolve);
      request.once('error', reject);
      request.end();
    });
  }

  return {
    async read(address) {
      const signal = AbortSignal.timeout(WEB_TIMEOUT_MS);
      try {
        let url = new URL(address);
        for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
          if (!mayFollow(url)) return refused('forbidden');
          const answer = await ask(url, signal);
          const next = redirectOf(answer);
          if (next === undefined) {
            const isFound = answer.statusCode === 200;
            if (!isFound) answer.destroy();
            return isFound ? await readAnswer(answer, url.href) : refused('unusable');
          }
          answer.destroy();
          url = new URL(next, url);
        }
        return refused('unusable');
      } catch (problem) {
        return refused(problem instanceof Forbidden ? 'forbidden' : 'away');
      }
    },
  };
}

class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

const refused = (why: WebRefusal['why']): WebRefusal => ({ kind: 'refused', why });

const mayFollow = ({ protocol, username, password }: URL): boolean =>
  (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';

function redirectOf({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  return [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined;
}
