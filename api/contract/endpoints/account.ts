import { z } from 'zod';
import {
  ChangePassword,
  ConfirmTotp,
  ConfirmedByPassword,
  DeleteAccount,
  EditMe,
  EndTotp,
  ForgotPassword,
  OwnSession,
  RecoveryCodes,
  ResetPassword,
  TotpSetup,
  VerifyEmail,
} from '../account.ts';
import { Me } from '../user.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

/** What people do with their own account. */
export const accountEndpoints = {
  'PATCH /api/users/@me': {
    summary: 'Change name, address or preferences',
    caller: 'user',
    secret: true,
    body: EditMe,
    status: 200,
    answer: Me,
  },
  'DELETE /api/users/@me': {
    summary: 'Delete the own account; what it wrote stays under a name that says nothing',
    caller: 'user',
    secret: true,
    body: DeleteAccount,
    status: 204,
  },
  'GET /api/users/@me/export': {
    summary: 'Everything the instance holds of the caller, as a zip',
    caller: 'user',
    status: 200,
    file: 'application/zip',
  },
  'POST /api/auth/verify-email': {
    summary: 'Prove an address with the token that was sent to it',
    caller: 'anyone',
    body: VerifyEmail,
    status: 204,
  },
  'POST /api/auth/resend-verification': {
    summary: 'Send the token again',
    caller: 'user',
    status: 204,
  },
  'POST /api/auth/forgot-password': {
    summary: 'Send a link to set a new password; says nothing about who has an account',
    caller: 'anyone',
    body: ForgotPassword,
    status: 204,
  },
  'POST /api/auth/reset-password': {
    summary: 'Set a new password with the token that was sent; ends every session',
    caller: 'anyone',
    body: ResetPassword,
    status: 204,
  },
  'POST /api/users/@me/password': {
    summary: 'Change the password; ends every other session',
    caller: 'user',
    secret: true,
    body: ChangePassword,
    status: 204,
  },
  'GET /api/users/@me/sessions': {
    summary: 'Own sessions, the one used last first',
    caller: 'user',
    status: 200,
    answer: z.array(OwnSession),
  },
  'DELETE /api/users/@me/sessions': {
    summary: 'End every other session',
    caller: 'user',
    status: 204,
  },
  'DELETE /api/users/@me/sessions/:id': {
    summary: 'End a session',
    caller: 'user',
    params: ById,
    status: 204,
  },
  'POST /api/users/@me/totp': {
    summary: 'Begin a second factor: it counts once a code has been shown',
    caller: 'user',
    secret: true,
    body: ConfirmedByPassword,
    status: 200,
    answer: TotpSetup,
  },
  'POST /api/users/@me/totp/confirm': {
    summary: 'Show the first code; answers the recovery codes',
    caller: 'user',
    secret: true,
    body: ConfirmTotp,
    status: 200,
    answer: RecoveryCodes,
  },
  'DELETE /api/users/@me/totp': {
    summary: 'End the second factor',
    caller: 'user',
    secret: true,
    body: EndTotp,
    status: 204,
  },
  'POST /api/users/@me/recovery-codes': {
    summary: 'New recovery codes; the ones before are void',
    caller: 'user',
    secret: true,
    body: ConfirmedByPassword,
    status: 200,
    answer: RecoveryCodes,
  },
} as const satisfies Record<string, Endpoint>;
