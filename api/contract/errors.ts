import { z } from 'zod';

/**
 * Every code an answer of the REST surface can carry, with its HTTP status and whether sending the
 * same request again can help. The web turns codes into sentences in one place.
 */
export const ERRORS = {
  bad_request: { status: 400, retry: false },
  bad_id: { status: 400, retry: false },
  invalid_body: { status: 400, retry: false },
  unauthorized: { status: 401, retry: false },
  token_expired: { status: 401, retry: false },
  wrong_credentials: { status: 401, retry: false },
  totp_required: { status: 401, retry: false },
  wrong_totp: { status: 401, retry: false },
  refresh_reused: { status: 401, retry: false },
  forbidden: { status: 403, retry: false },
  registration_closed: { status: 403, retry: false },
  invite_required: { status: 403, retry: false },
  banned: { status: 403, retry: false },
  wrong_password: { status: 403, retry: false },
  cannot_message: { status: 403, retry: false },
  request_refused: { status: 403, retry: false },
  not_found: { status: 404, retry: false },
  invite_not_found: { status: 404, retry: false },
  username_taken: { status: 409, retry: false },
  email_taken: { status: 409, retry: false },
  emoji_taken: { status: 409, retry: false },
  idempotency_mismatch: { status: 409, retry: false },
  thread_exists: { status: 409, retry: false },
  limit_reached: { status: 409, retry: false },
  owner_cannot_leave: { status: 409, retry: false },
  already_verified: { status: 409, retry: false },
  totp_on: { status: 409, retry: false },
  totp_off: { status: 409, retry: false },
  owns_servers: { status: 409, retry: false },
  instance_owner: { status: 409, retry: false },
  upload_missing: { status: 409, retry: true },
  upload_broken: { status: 409, retry: false },
  quota_reached: { status: 409, retry: false },
  storage_full: { status: 409, retry: false },
  link_ended: { status: 410, retry: false },
  bad_image: { status: 415, retry: false },
  image_too_big: { status: 415, retry: false },
  too_large: { status: 413, retry: false },
  rate_limited: { status: 429, retry: true },
  internal: { status: 500, retry: true },
  unavailable: { status: 503, retry: true },
  voice_unavailable: { status: 503, retry: true },
} as const;

export const ErrorCode = z.enum(Object.keys(ERRORS) as [keyof typeof ERRORS]);
export type ErrorCode = keyof typeof ERRORS;

/** The body of every answer that is not a success. */
export const ErrorBody = z.object({
  error: z.object({
    code: ErrorCode,
    message: z.string(),
    /** For `invalid_body`: one entry a wrong field. */
    details: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .max(50)
      .optional(),
    /** Seconds to wait, where the code says that a retry can help and the time is known. */
    retryAfter: z.number().optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
