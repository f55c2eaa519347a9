import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { Email, Password, Preferences, Username } from './user.ts';

/** What a link sent by mail carries. */
const MailToken = z.string().min(1).max(128);
/** A password typed again to confirm something: never refused for its shape. */
const CurrentPassword = z.string().min(1).max(256);
/** Six digits of an authenticator, or a recovery code; spaces and hyphens do not count. */
export const SecondFactor = z.string().trim().min(6).max(32);

export const VerifyEmail = z.object({ token: MailToken });
export const ForgotPassword = z.object({ email: Email });
export const ResetPassword = z.object({ token: MailToken, password: Password });

export const EditMe = z.object({
  username: Username.optional(),
  email: Email.optional(),
  /** Replaces all of them: a choice that is left out follows the default again. */
  preferences: Preferences.optional(),
  /** The current one; needed with `username` and `email`. */
  password: CurrentPassword.optional(),
});
export type EditMe = z.input<typeof EditMe>;

export const ChangePassword = z.object({ current: CurrentPassword, password: Password });

/** A login of one's own. Where it came from is not kept. */
export const OwnSession = z.object({
  id: Snowflake,
  /** Browser and system in a few words, as `Firefox on Linux`; empty when unknown. */
  device: z.string(),
  createdAt: z.iso.datetime(),
  /** To within the life of an access token. */
  lastUsedAt: z.iso.datetime(),
  /** The one that asks. */
  current: z.boolean(),
});
export type OwnSession = z.infer<typeof OwnSession>;

/** Sessions a user can have; beyond it the one that was used longest ago ends. */
export const MAX_SESSIONS = 100;

export const ConfirmedByPassword = z.object({ password: CurrentPassword });

/** For an authenticator: `uri` as a QR code, `secret` (base32) to type. */
export const TotpSetup = z.object({ secret: z.string(), uri: z.string() });
export type TotpSetup = z.infer<typeof TotpSetup>;

export const ConfirmTotp = z.object({ code: SecondFactor });
export const EndTotp = z.object({ password: CurrentPassword, code: SecondFactor });

export const RECOVERY_CODES = 10;
/** Shown once; each is good once. */
export const RecoveryCodes = z.object({
  recoveryCodes: z.array(z.string()).length(RECOVERY_CODES),
});
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

export const DeleteAccount = z.object({
  password: CurrentPassword,
  /** Needed where a second factor is on. */
  totp: SecondFactor.optional(),
});
