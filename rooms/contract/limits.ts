/** Largest frame a room reads, in bytes. */
export const MAX_FRAME_BYTES = 32 * 1024;
/** A client sends `ping` this often while it has nothing else to say, in milliseconds. */
export const PING_INTERVAL_MS = 15_000;
/** A connection without a sign of life for this long is closed, in milliseconds. */
export const DEAD_AFTER_MS = 45_000;
/** A typing mark ends by itself after this long, in milliseconds. */
export const TYPING_TTL_MS = 6_000;
/** People whose typing is told at once; more are a crowd to whoever reads. */
export const MAX_TYPISTS = 10;
/** Presences in a server's `ready`, and users in one `presence.request`. */
export const MAX_READY_PRESENCES = 500;
export const MAX_REQUESTED_PRESENCES = 200;
/** Messages in a `ready`. */
export const HISTORY_LENGTH = 50;
/** Events a room keeps for replay; a client further behind gets a snapshot. */
export const REPLAY_LENGTH = 1_000;
/** Sockets one user may hold in one room. */
export const MAX_CONNECTIONS_PER_USER = 20;
/** Users named in `ready.members`. */
export const MAX_READY_MEMBERS = 100;
