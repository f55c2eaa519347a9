import { createHmac } from 'node:crypto';
import type { IceServersFor } from '../call.ts';

/** A call may last; a name and password that leak should not. */
const CREDENTIAL_TTL_S = 12 * 60 * 60;

export interface TurnServers {
  /** As browsers take them: `turn:host:3478?transport=udp`. */
  urls: string[];
  /** What the servers know us by (coturn: `static-auth-secret`). */
  secret: string;
}

/**
 * Credentials of each user's own that end by themselves: the name is the second (Unix time) of its
 * end and the user's id, the password its HMAC-SHA1.
 * Source: https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00
 */
export function turnCredentials({ urls, secret }: TurnServers, now: () => number): IceServersFor {
  return (userId) => {
    const username = `${Math.floor(now() / 1000) + CREDENTIAL_TTL_S}:${userId}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return [{ urls, username, credential }];
  };
}
