import { createHash } from 'node:crypto';
import type { Line } from './line.ts';
import {
  errorOf,
  number32,
  xorAddress,
  type Answer,
  type Attribute,
  type Question,
} from './message.ts';

/** The protocol number of UDP, in the first of four bytes (RFC 8656, section 18.7). */
const BY_UDP = 17 * 2 ** 24;
const UNAUTHORIZED = 401;
const STALE_NONCE = 438;

export interface Credentials {
  username: string;
  credential: string;
}

/** What a TURN server says to who wants to be lent an address. */
export type Relay =
  | { state: 'lends'; permits: Permits; giveBack: () => Promise<void> }
  /** To whoever comes. */
  | { state: 'open' }
  | { state: 'refuses'; code: number; words: string };

/** Undefined: it carries what is sent to that address; else why not. */
type Permits = (address: string) => Promise<{ code: number; words: string } | undefined>;

type Attributes = Question['attributes'];

/**
 * Asks for an address as a browser does: first without credentials, which brings realm and nonce.
 * Throws words for people when nobody answers.
 */
export async function askForRelay(line: Line, credentials: Credentials): Promise<Relay> {
  const wanted: Attributes = [['requestedTransport', number32(BY_UDP)]];
  const first = await line.ask({ method: 'allocate', attributes: wanted });
  if (first.kind === 'success') return { state: 'open' };
  if (errorOf(first)?.code !== UNAUTHORIZED) return refusal(first);
  let session = sessionOf(first, credentials);
  const ask = async (method: Question['method'], attributes: Attributes): Promise<Answer> => {
    const answer = await line.ask({ method, ...signed(session, attributes) });
    if (answer.kind === 'success' || errorOf(answer)?.code !== STALE_NONCE) return answer;
    session = sessionOf(answer, credentials);
    return line.ask({ method, ...signed(session, attributes) });
  };
  const lent = await ask('allocate', wanted);
  if (lent.kind === 'error') return refusal(lent);
  if (!lent.isSealedWith(session.key)) throw new Error('something else answers there');
  return {
    state: 'lends',
    async permits(address) {
      const peer: Attributes = [['peerAddress', xorAddress(address, 0)]];
      const answer = await ask('createPermission', peer);
      return answer.kind === 'success' ? undefined : wordsOf(answer);
    },
    async giveBack() {
      await ask('refresh', [['lifetime', number32(0)]]);
    },
  };
}

interface Session {
  key: Buffer;
  named: readonly (readonly [Attribute, Buffer])[];
}

/** Long-term credentials (RFC 8489, section 9.2). */
function sessionOf(answer: Answer, { username, credential }: Credentials): Session {
  const realm = answer.value('realm') ?? Buffer.alloc(0);
  const nonce = answer.value('nonce') ?? Buffer.alloc(0);
  const key = createHash('md5').update(`${username}:`).update(realm).update(`:${credential}`);
  return {
    key: key.digest(),
    named: [
      ['username', Buffer.from(username)],
      ['realm', realm],
      ['nonce', nonce],
    ],
  };
}

function signed({ key, named }: Session, attributes: Attributes) {
  return { attributes: [...attributes, ...named], key };
}

function wordsOf(answer: Answer): { code: number; words: string } {
  return errorOf(answer) ?? { code: 0, words: 'without a reason' };
}

function refusal(answer: Answer): Relay {
  return { state: 'refuses', ...wordsOf(answer) };
}
