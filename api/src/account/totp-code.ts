import { Secret, TOTP } from 'otpauth';

/** Seconds a code is shown. */
const PERIOD_S = 30;
/** Steps a clock may be wrong by, either way. */
const WINDOW = 1;

/** Base32, 160 bits as RFC 4226 recommends. */
export function makeTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that authenticators read from a QR code. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return totp(secret, { issuer, label }).toString();
}

/** The time step that a code of six digits belongs to, or undefined when it is of none near now. */
export function stepOfCode(secret: string, code: string, now: number): number | undefined {
  const delta = totp(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_S) + delta;
}

function totp(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...names, secret: Secret.fromBase32(secret), period: PERIOD_S });
}
