/**
 * How long a peer stays when its signalling socket is lost, in milliseconds. Its media goes on; the
 * others see nothing of it. The client comes back at `/sfu?resume=<resumeToken>` and hears `resumed`;
 * later, or when it was taken out meanwhile, the socket is closed as `not_resumed`. Who was moved, or
 * disconnected by a moderator, is told that instead, as it was meant to be heard.
 *
 * Lost is whatever the client did not mean: no close frame, `timed_out`, or a code of the client's own
 * (3000 and up), with which it gives up a socket that it believes dead. A close with 1000, 1001 (the
 * page is left) or without a code leaves the call at once, as `leave` does.
 */
export const RESUME_WITHIN_MS = 20_000;
