import { ApiProblem } from '@harmonium/api/client';
import type { ErrorCode } from '@harmonium/api/errors';
import { t } from './strings/strings.ts';

const SENTENCES = {
  bad_request: () => t('problems.bad_request'),
  bad_id: () => t('problems.bad_id'),
  invalid_body: () => t('problems.invalid_body'),
  unauthorized: () => t('problems.unauthorized'),
  token_expired: () => t('problems.token_expired'),
  wrong_credentials: () => t('problems.wrong_credentials'),
  totp_required: () => t('problems.totp_required'),
  wrong_totp: () => t('problems.wrong_totp'),
  refresh_reused: () => t('problems.refresh_reused'),
  forbidden: () => t('problems.forbidden'),
  registration_closed: () => t('problems.registration_closed'),
  invite_required: () => t('problems.invite_required'),
  banned: () => t('problems.banned'),
  wrong_password: () => t('problems.wrong_password'),
  cannot_message: () => t('problems.cannot_message'),
  request_refused: () => t('problems.request_refused'),
  not_found: () => t('problems.not_found'),
  invite_not_found: () => t('problems.invite_not_found'),
  username_taken: () => t('problems.username_taken'),
  email_taken: () => t('problems.email_taken'),
  emoji_taken: () => t('problems.emoji_taken'),
  idempotency_mismatch: () => t('problems.idempotency_mismatch'),
  thread_exists: () => t('problems.thread_exists'),
  limit_reached: () => t('problems.limit_reached'),
  owner_cannot_leave: () => t('problems.owner_cannot_leave'),
  already_verified: () => t('problems.already_verified'),
  totp_on: () => t('problems.totp_on'),
  totp_off: () => t('problems.totp_off'),
  owns_servers: () => t('problems.owns_servers'),
  instance_owner: () => t('problems.instance_owner'),
  upload_missing: () => t('problems.upload_missing'),
  upload_broken: () => t('problems.upload_broken'),
  quota_reached: () => t('problems.quota_reached'),
  storage_full: () => t('problems.storage_full'),
  link_ended: () => t('problems.link_ended'),
  bad_image: () => t('problems.bad_image'),
  image_too_big: () => t('problems.image_too_big'),
  too_large: () => t('problems.too_large'),
  rate_limited: () => t('problems.rate_limited'),
  internal: () => t('problems.internal'),
  unavailable: () => t('problems.unavailable'),
  voice_unavailable: () => t('problems.voice_unavailable'),
  offline: () => t('problems.offline'),
} satisfies Record<ErrorCode | 'offline', () => string>;

/** What went wrong, as a sentence to a person. Anything but an answer of the server is our own bug. */
export function problemSentence(problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return t('problems.internal');
  const wait = problem.body?.error.retryAfter;
  if (problem.code === 'rate_limited' && wait !== undefined) {
    return t('problems.wait', Math.ceil(wait));
  }
  // A server newer than this page may know codes that we do not.
  return (SENTENCES[problem.code] ?? SENTENCES.internal)();
}

/** What is wrong with one field of a form, where the server named it. */
export function fieldProblem(
  problem: unknown,
  field: 'username' | 'email' | 'password' | 'name',
): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined;
  if (takenField(problem.code) === field) return problemSentence(problem);
  const wrong = problem.body?.error.details?.some((detail) => detail.path === field);
  return wrong === true ? t(`fields.${field}`) : undefined;
}

/** A sentence for the form as a whole; none when a field's own says it all. */
export function formProblem(problem: unknown): string | undefined {
  if (problem === undefined) return undefined;
  if (problem instanceof ApiProblem && takenField(problem.code) !== undefined) return undefined;
  return problemSentence(problem);
}

function takenField(code: string): 'username' | 'email' | undefined {
  if (code === 'username_taken') return 'username';
  return code === 'email_taken' ? 'email' : undefined;
}
