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
const Claims = z.object({ sub: Snowflake, sid: Snowflake });

/** Access tokens signed with HS256, good for ACCESS_TOKEN_TTL_S. */
export function createAccessTokens(secret: string, now: () => number): AccessTokens {
  const key = new TextEncoder().encode(`access:${secret}`);
  return {
    issue({ userId, sessionId }) {
      const iat = Math.floor(now() / 1000);
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(iat)
        .setExpirationTime(iat + ACCESS_TOKEN_TTL_S)
        .sign(key);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          currentDate: new Date(now()),
          requiredClaims: ['exp'],
        });
        const claims = Claims.parse(payload);
        return { userId: claims.sub, sessionId: claims.sid };
      } catch (problem) {
        return problem instanceof errors.JWTExpired ? 'expired' : 'bad';
      }
    },
  };
}
