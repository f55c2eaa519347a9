/**
 * What things cost on one core of the machine in docs/performance.md, as `npm run bench -- capacity`,
 * `fanout`, `idle` and `voice` measured them. Loads far from these, another processor, or a noisy
 * neighbour change them: leave room.
 */
export const COSTS = {
  /** Milliseconds of CPU of the rooms a message, whoever hears it: parsing, order, commit, outbox. */
  roomsMessageMs: 2.5,
  /** Of the rooms for each socket that hears it, at a pace at which few share a write. */
  roomsDeliveryMs: 0.0115,
  /** Of the rooms for a socket that says nothing, a second: presence, what is new elsewhere. */
  roomsSocketMs: 0.011,
  /** Of api a second, whatever happens; and for a message that is stored, with its words for the search. */
  apiMs: 4,
  apiMessageMs: 1.9,
  /** Of PostgreSQL for the same. */
  databaseMessageMs: 0.75,
  /** Of api and database for a request, of which somebody online makes so many a minute. */
  apiRequestMs: 4,
  requestsAMinute: 0.5,

  /** Bytes that a message of everyday words and all its indexes take in the database. */
  storedMessageBytes: 1_500,
  /** Bytes of a message of 200 letters as one socket is told it. */
  deliveryBytes: 490,
  /** What TLS, TCP and IP add to a frame. */
  packetBytes: 80,
  /** Bytes by which each member hears that there is something new in a channel; once a second at most. */
  activityBytes: 75,
  /** Bytes of a socket that hears nothing, a second: presence, pings. */
  socketBytes: 20,

  /** Megabytes of a process at rest. */
  apiMb: 200,
  roomsMb: 145,
  databaseMb: 120,
  sfuMb: 110,
  workerMb: 45,
  caddyMb: 60,
  redisMb: 15,
  webMb: 90,
  /** Megabytes by which the rooms' heap is larger for each message a second. */
  roomsMessageMb: 0.45,
  /** Kilobytes of the rooms, and of Caddy, for a socket. */
  roomsSocketKb: 8,
  caddySocketKb: 40,

  /** Sockets that somebody online holds: their own, a server's, a channel's. */
  socketsAPerson: 3,

  /** Milliseconds of CPU of a voice worker a second, for each voice that is sent to one listener. */
  forwardMs: 0.65,
  /** Voices of one call that are heard at once; the rest are silent and send next to nothing. */
  talkersHeard: 3,
  /** Kilobytes of voice for somebody in a call, in the worker and beside it. */
  voicePersonKb: 360,
  /** Bits a second of a voice on the wire: Opus, RTP, SRTP, UDP and IP. */
  voiceBits: 58_000,
} satisfies Record<string, number>;
export type Costs = typeof COSTS;
