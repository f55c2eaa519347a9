import type { RejectionCode } from '@harmonium/rooms/server-event';

/** Why a room refused something. */
export interface Rejection {
  code: RejectionCode;
  /** When it is tried again, milliseconds since the Unix epoch; absent: it does not help. */
  retryAt?: number;
}

/** A room that cannot store says so without a time, in milliseconds. */
const RETRY_UNAVAILABLE_MS = 3_000;

export function rejectionOf(
  event: { code: RejectionCode; retryAfter?: number | undefined },
  now: number,
): Rejection {
  if (event.retryAfter !== undefined) {
    return { code: event.code, retryAt: now + event.retryAfter * 1000 };
  }
  if (event.code === 'unavailable') {
    return { code: event.code, retryAt: now + RETRY_UNAVAILABLE_MS };
  }
  return { code: event.code };
}
