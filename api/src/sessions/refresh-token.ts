import { Snowflake } from '@harmonium/api/ids';
import { base64url } from 'jose';

/**
 * A refresh token is `session.generation.mac`, the mac over both and the session's own secret. It is
 * never stored: the youngest one can be made again, which is how two tabs that refresh at the same
 * moment are handed the same successor.
 */
export interface RefreshTokens {
  make(session: RefreshSession, generation: number): Promise<string>;
  /** What the text claims to be; undefined when it is no refresh token at all. */
  read(text: string): ReadToken | undefined;
  /** True when we made the token for this session. */
  matches(token: ReadToken, session: RefreshSession): Promise<boolean>;
}

interface RefreshSession {
  id: Snowflake;
  secret: string;
}

export interface ReadToken {
  sessionId: Snowflake;
  generation: number;
  mac: string;
}

const FORM = /^([1-9]\d{0,18})\.(0|[1-9]\d{0,8})\.([\w-]{43})$/;

export function createRefreshTokens(secret: string): RefreshTokens {
  const key = crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(`refresh:${secret}`),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );
  const claim = (session: RefreshSession, generation: number) =>
    new TextEncoder().encode(`${session.id}.${generation}.${session.secret}`);

  return {
    async make(session, generation) {
      const mac = await crypto.subtle.sign('HMAC', await key, claim(session, generation));
      return `${session.id}.${generation}.${base64url.encode(new Uint8Array(mac))}`;
    },
    read(text) {
      const [, id = '', generation = '', mac = ''] = FORM.exec(text) ?? [];
      const sessionId = Snowflake.safeParse(id);
      if (!sessionId.success) return undefined;
      return { sessionId: sessionId.data, generation: Number(generation), mac };
    },
    async matches(token, session) {
      const mac = new Uint8Array(base64url.decode(token.mac));
      return crypto.subtle.verify('HMAC', await key, mac, claim(session, token.generation));
    },
  };
}
