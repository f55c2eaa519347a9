import { z } from 'zod';
import { SecondFactor } from './account.ts';
import { Email, Me, Password, Username } from './user.ts';

export const Register = z.object({
  username: Username,
  email: Email,
  password: Password,
  /** Needed where registration is by invite. */
  invite: z.string().max(32).optional(),
  /** The one-time code of the owner link printed at first start. */
  ownerCode: z.string().max(64).optional(),
});
export type Register = z.input<typeof Register>;

export const Login = z.object({
  /** User name or e-mail address. */
  login: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(256),
  /** Where a second factor is on; asked for with `totp_required`. */
  totp: SecondFactor.optional(),
});
export type Login = z.input<typeof Login>;

/** The answer to register, login and refresh; the refresh token travels in an httpOnly cookie. */
export const Session = z.object({
  user: Me,
  accessToken: z.string(),
  /** Seconds until the access token ends. */
  expiresIn: z.number(),
});
export type Session = z.infer<typeof Session>;

export const ACCESS_TOKEN_TTL_S = 15 * 60;
export const REFRESH_TOKEN_TTL_S = 30 * 24 * 60 * 60;
export const REFRESH_COOKIE = 'harmonium_refresh';
