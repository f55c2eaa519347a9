import type { ErrorBody, ErrorCode } from '@harmonium/api/errors';

type Details = ErrorBody['error']['details'];

/** A refusal that is an answer: thrown anywhere below a route, turned into an error body at the edge. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode;
  readonly details: Details;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  constructor(
    code: ErrorCode,
    more: { message?: string; details?: Details; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(more.message ?? SENTENCES[code], { cause: more.cause });
    this.code = code;
    this.details = more.details;
    this.retryAfter = more.retryAfter;
  }
}

/** For the reader of a log or a bot's author; the web has its own. */
const SENTENCES = {
  bad_request: 'The request makes no sense.',
  bad_id: 'An id in the address is not an id.',
  invalid_body: 'The request is not of the shape this route takes.',
  unauthorized: 'Log in first.',
  token_expired: 'The access token has ended.',
  wrong_credentials: 'Name or password is wrong.',
  totp_required: 'The second factor is needed.',
  wrong_totp: 'The code is wrong, or was used.',
  refresh_reused: 'A refresh token was used twice; the session has been ended.',
  forbidden: 'You may not do that.',
  registration_closed: 'This instance takes no new accounts.',
  invite_required: 'An invite is needed to register here.',
  banned: 'You are banned from this server.',
  wrong_password: 'The current password is needed, and this is not it.',
  cannot_message: 'This person cannot be messaged.',
  request_refused: 'This person takes no request from you.',
  not_found: 'There is no such thing, or you may not see it.',
  invite_not_found: 'The invite is unknown, used up or has ended.',
  username_taken: 'The name is taken.',
  email_taken: 'The e-mail address is in use.',
  emoji_taken: 'The server has an emoji of this name.',
  idempotency_mismatch: 'The Idempotency-Key was used for another request.',
  thread_exists: 'A thread begins with this message already.',
  limit_reached: 'There are as many of these as there may be.',
  owner_cannot_leave: 'The owner cannot leave; hand the server over or delete it.',
  already_verified: 'The address is verified already.',
  totp_on: 'The second factor is on already.',
  totp_off: 'There is no second factor.',
  owns_servers: 'Hand over or delete your servers first.',
  instance_owner: 'The owner of the instance cannot be deleted.',
  upload_missing: 'The bytes have not arrived; send them first.',
  upload_broken: 'What arrived is not of the size that was promised.',
  quota_reached: 'You have stored as much as one account may here.',
  storage_full: 'This instance stores as much as it may.',
  link_ended: 'The link was used or has ended.',
  bad_image: 'This is no image that can be read here.',
  image_too_big:
    'Nothing is scaled here: send a WebP of at most 256x256 pixels and 256 KB, as an emoji 128x128.',
  too_large: 'The request is too large.',
  rate_limited: 'Too many requests.',
  internal: 'Something broke on our side.',
  unavailable: 'A part of the service cannot be reached.',
  voice_unavailable: 'There is no voice at the moment.',
} satisfies Record<ErrorCode, string>;
