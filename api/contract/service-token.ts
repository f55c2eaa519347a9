import { SignJWT, jwtVerify } from 'jose';
import { hmacKey } from './hmac-key.ts';

/** Who speaks, and to whom, on a service-to-service call. */
export type Service = 'api' | 'rooms' | 'sfu';

const SERVICE_TOKEN_TTL_S = 60;

export interface ServiceTokens {
  /** A bearer token from `issuer` to `audience`, valid for a minute. */
  issue(issuer: Service, audience: Service): Promise<string>;
  /** The service that issued the token, or undefined when it is not meant for `audience` or not ours. */
  verify(token: string, audience: Service): Promise<Service | undefined>;
}

/** Service tokens signed with HS256; `secret` is the one that api, rooms and sfu share. */
export function createServiceTokens(secret: string, now: () => number = Date.now): ServiceTokens {
  const key = hmacKey(`service:${secret}`);
  return {
    async issue(issuer, audience) {
      const iat = Math.floor(now() / 1000);
      return new SignJWT({})
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(iat)
        .setExpirationTime(iat + SERVICE_TOKEN_TTL_S)
        .sign(await key);
    },
    async verify(token, audience) {
      try {
        const { payload } = await jwtVerify(token, await key, {
          algorithms: ['HS256'],
          audience,
          issuer: ['api', 'rooms', 'sfu'],
          currentDate: new Date(now()),
          requiredClaims: ['exp'],
        });
        const issuer = payload.iss;
        return issuer === 'api' || issuer === 'rooms' || issuer === 'sfu' ? issuer : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
