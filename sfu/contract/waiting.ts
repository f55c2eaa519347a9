/**
 * How long a socket may wait before it enters the call, in milliseconds. Whoever is about to join
 * opens `/sfu?ticket=<ticket>&wait`, hears `waiting` and makes ready: `createTransport`,
 * `connectTransport`, `ping` and `leave` are all that is done for it. Nobody knows of it. `enter` is
 * the join: the ticket must still be good, and `entered` comes before anything else of the call.
 */
export const WAIT_AT_MOST_MS = 30_000;
