import type { Core } from '../announce.ts';
import { originOf } from '../http/client.ts';
import type { Handlers } from '../http/endpoint.ts';
import { changePassword } from './change-password.ts';
import { deleteAccount } from './delete-account.ts';
import { editMe } from './edit-me.ts';
import { exportAccount } from './export/export-account.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions.ts';
import { renewRecoveryCodes } from './recovery-codes.ts';
import { forgotPassword, resetPassword } from './reset-password.ts';
import { beginTotp, confirmTotp, endTotp } from './totp.ts';
import { resendVerification, verifyEmail } from './verify-email.ts';

export function accountRoutes(core: Core) {
  return {
    'PATCH /api/users/@me': ({ body, caller, c }) => editMe(core, originOf(core, c), caller, body),
    'DELETE /api/users/@me': async ({ body, caller }) => {
      await deleteAccount(core, caller.userId, body);
      return undefined;
    },
    'GET /api/users/@me/export': ({ caller }) => exportAccount(core, caller.userId),
    'POST /api/auth/verify-email': async ({ body }) => {
      await verifyEmail(core, body.token);
      return undefined;
    },
    'POST /api/auth/resend-verification': async ({ caller, c }) => {
      await resendVerification(core, originOf(core, c), caller.userId);
      return undefined;
    },
    'POST /api/auth/forgot-password': async ({ body, c }) => {
      forgotPassword(core, originOf(core, c), body.email);
      return undefined;
    },
    'POST /api/auth/reset-password': async ({ body, c }) => {
      await resetPassword(core, originOf(core, c), body);
      return undefined;
    },
    'POST /api/users/@me/password': async ({ body, caller, c }) => {
      await changePassword(core, originOf(core, c), caller, body);
      return undefined;
    },
    'GET /api/users/@me/sessions': ({ caller }) => listOwnSessions(core, caller),
    'DELETE /api/users/@me/sessions': async ({ caller }) => {
      await endOtherSessions(core, caller);
      return undefined;
    },
    'DELETE /api/users/@me/sessions/:id': async ({ params, caller }) => {
      await endOwnSession(core, caller, params.id);
      return undefined;
    },
    'POST /api/users/@me/totp': ({ body, caller }) => beginTotp(core, caller.userId, body.password),
    'POST /api/users/@me/totp/confirm': ({ body, caller }) =>
      confirmTotp(core, caller.userId, body.code),
    'DELETE /api/users/@me/totp': async ({ body, caller }) => {
      await endTotp(core, caller.userId, body);
      return undefined;
    },
    'POST /api/users/@me/recovery-codes': ({ body, caller }) =>
      renewRecoveryCodes(core, caller.userId, body.password),
  } satisfies Partial<Handlers>;
}
