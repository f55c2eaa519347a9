/** Why the sfu closed a signalling socket; `retry` says what the client does next. */
export const VOICE_CLOSE_CODES = {
  /** The node goes down or is drained: ask api for another. */
  going_away: { code: 1001, retry: 'ticket' },
  bad_ticket: { code: 4001, retry: 'ticket' },
  /** Kicked, lost CONNECT, or the session was ended. */
  access_lost: { code: 4003, retry: 'never' },
  /** The same user joined from elsewhere. */
  replaced: { code: 4005, retry: 'never' },
  flooding: { code: 4008, retry: 'ticket' },
  bad_frame: { code: 4009, retry: 'ticket' },
  timed_out: { code: 4011, retry: 'ticket' },
  /** The worker that carried the call died. */
  call_failed: { code: 4014, retry: 'ticket' },
  /** The peer to come back to is gone, or never was. */
  not_resumed: { code: 4015, retry: 'ticket' },
  /** A moderator took the user out of the call; they may come back. */
  disconnected: { code: 4016, retry: 'never' },
  /** A moderator moved the user: `moved` said where to. */
  moved: { code: 4017, retry: 'never' },
} as const;
export type VoiceCloseReason = keyof typeof VOICE_CLOSE_CODES;
