import { createHmac } from 'node:crypto';

const LENGTH = 22;

/** What the one-time owner link carries; made from the secret, so that every process knows the same. */
export function ownerCodeOf(secret: string): string {
  return createHmac('sha256', secret).update('owner link').digest('base64url').slice(0, LENGTH);
}
