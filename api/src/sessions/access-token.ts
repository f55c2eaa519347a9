import { hmacKey } from '@harmonium/api/hmac-key';
import { ACCESS_TOKEN_TTL_S } from '@harmonium/api/session';
import { Snowflake } from '@harmonium/api/ids';
import { SignJWT, errors, jwtVerify } from 'jose';
import { z } from 'zod';

/** Who makes a request. */
export interface Caller {
  userId: Snowflake;
  sessionId: Snowflake;
}

export interface AccessTokens {
  issue(caller: Caller): Promise<string>;
  verify(token: string): Promise<Caller | 'expired' | 'bad'>;
}

const ISSUER = 'harmonium';
const AUDIENCE = 'access';
const Claims = z.object({ sub: Snowflake, sid: Snowflake, exp: z.number() });

/** Tokens whose signature need not be checked again. */
const MAX_REMEMBERED = 10_000;

/** Access tokens signed with HS256, good for ACCESS_TOKEN_TTL_S. */
export function createAccessTokens(secret: string, now: () => number): AccessTokens {
  const key = hmacKey(`access:${secret}`);
  const verified = new Map<string, { caller: Caller; exp: number }>();

  function remember(token: string, claims: { caller: Caller; exp: number }): void {
    const [oldest] = verified.keys();
    if (verified.size >= MAX_REMEMBERED && oldest !== undefined) verified.delete(oldest);
    verified.set(token, claims);
  }

  return {
    async issue({ userId, sessionId }) {
      const iat = Math.floor(now() / 1000);
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(iat)
        .setExpirationTime(iat + ACCESS_TOKEN_TTL_S)
        .sign(await key);
    },
    async verify(token) {
      const known = verified.get(token);
      if (known !== undefined) return known.exp * 1000 > now() ? known.caller : 'expired';
      try {
        const { payload } = await jwtVerify(token, await key, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          currentDate: new Date(now()),
          requiredClaims: ['exp'],
        });
        const { sub, sid, exp } = Claims.parse(payload);
        const caller = { userId: sub, sessionId: sid };
        remember(token, { caller, exp });
        return caller;
      } catch (problem) {
        return problem instanceof errors.JWTExpired ? 'expired' : 'bad';
      }
    },
  };
}
