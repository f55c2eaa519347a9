/**
 * Why a room closed a socket. `retry` says whether connecting again can help, and with what:
 * `resume` with the ticket in hand and `since`, `ticket` with a fresh ticket from api.
 */
export const CLOSE_CODES = {
  /** The process is going down; another will take over. */
  going_away: { code: 1001, retry: 'resume' },
  /** Ticket missing, altered, expired, for another room, or revoked. */
  bad_ticket: { code: 4001, retry: 'ticket' },
  /** The session behind the ticket was ended. */
  session_revoked: { code: 4002, retry: 'never' },
  /** The member was removed, or may not see the room any more. */
  access_lost: { code: 4003, retry: 'never' },
  /** The room itself was deleted. */
  room_removed: { code: 4004, retry: 'never' },
  /** Too many frames in too short a time. */
  flooding: { code: 4008, retry: 'resume' },
  /** A frame over MAX_FRAME_BYTES, a binary frame, or one that is no JSON object. */
  bad_frame: { code: 4009, retry: 'resume' },
  /** The client reads slower than the room speaks; it has to resume. */
  too_slow: { code: 4010, retry: 'resume' },
  /** No sign of life within DEAD_AFTER_MS. */
  timed_out: { code: 4011, retry: 'resume' },
  /** More sockets than one user may hold in one room. */
  too_many_connections: { code: 4012, retry: 'never' },
  /** The room cannot store what it is given. */
  unavailable: { code: 4013, retry: 'resume' },
} as const;

export type CloseReason = keyof typeof CLOSE_CODES;
export type Retry = (typeof CLOSE_CODES)[CloseReason]['retry'];

/** What a client does after a close: an unknown code (a lost network among them) resumes. */
export function retryAfterClose(code: number): Retry {
  for (const entry of Object.values(CLOSE_CODES)) if (entry.code === code) return entry.retry;
  return 'resume';
}
