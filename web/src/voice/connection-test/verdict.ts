import type { Legs, Quality } from './legs.ts';

/** `ok`: nothing to do; `warn`: calls work, and somebody will feel it; `bad`: they do not. */
export type Standing = 'ok' | 'warn' | 'bad';

/** What it comes to, by what hurts most; from `bad` over `warn` to `ok`. */
export const VERDICTS = {
  offline: 'bad',
  often: 'bad',
  noVoice: 'bad',
  noSockets: 'bad',
  socketRefused: 'bad',
  clocksApart: 'bad',
  noWorker: 'bad',
  noWay: 'bad',
  noWayNoTurn: 'bad',
  noWayTurnDown: 'bad',
  noMicrophone: 'bad',
  slow: 'warn',
  lossy: 'warn',
  uneven: 'warn',
  onlyTcp: 'warn',
  onlyRelay: 'warn',
  silent: 'warn',
  clockOff: 'warn',
  turnBroken: 'warn',
  tcpBlocked: 'ok',
  well: 'ok',
} as const satisfies Record<string, Standing>;
export type Verdict = keyof typeof VERDICTS;

/** There and back; above this people begin to talk at once. */
const SLOW_MS = 300;
/** From this share of lost packets on words are missing. */
const LOSSY = 0.03;
/** What arrives so unevenly has to be held back to be made even. */
const UNEVEN_MS = 40;
/** Times of messages look wrong. */
export const CLOCK_OFF_S = 30;

/** One sentence of it all. */
export function verdictOf(legs: Legs): Verdict {
  return beforeTheCall(legs) ?? ofTheWays(legs) ?? ofWhatIsHeard(legs) ?? 'well';
}

function beforeTheCall({ ticket, socket }: Legs): Verdict | undefined {
  if (ticket === 'unreachable') return 'offline';
  if (ticket === 'often') return 'often';
  if (ticket === 'unavailable') return 'noVoice';
  if (socket === 'closed') return 'noSockets';
  if (socket === 'refused') return 'socketRefused';
  if (socket === 'expired') return 'clocksApart';
  return socket === 'failed' ? 'noWorker' : undefined;
}

function ofTheWays({ udp, tcp, relay }: Legs): Verdict | undefined {
  if (udp === 'ok' || tcp === 'ok' || relay === 'ok') return undefined;
  if (relay === 'none') return 'noWayNoTurn';
  return relay === 'blocked' ? 'noWay' : 'noWayTurnDown';
}

function ofWhatIsHeard(legs: Legs): Verdict | undefined {
  const { microphone, udp, tcp, relay, clock = 0 } = legs;
  if (microphone !== undefined && microphone !== 'ok' && microphone !== 'silent') {
    return 'noMicrophone';
  }
  const worst = ofQuality(legs.quality);
  if (worst !== undefined) return worst;
  if (udp !== 'ok') return tcp === 'ok' ? 'onlyTcp' : 'onlyRelay';
  if (microphone === 'silent') return 'silent';
  if (Math.abs(clock) > CLOCK_OFF_S) return 'clockOff';
  if (relay !== undefined && relay !== 'none' && relay !== 'ok') return 'turnBroken';
  return tcp === 'blocked' ? 'tcpBlocked' : undefined;
}

/** What of the figures one will hear. */
export function ofQuality(quality: Quality | undefined): 'slow' | 'lossy' | 'uneven' | undefined {
  if (quality === undefined) return undefined;
  if (quality.loss > LOSSY) return 'lossy';
  if ((quality.roundTripMs ?? 0) > SLOW_MS) return 'slow';
  return quality.jitterMs > UNEVEN_MS ? 'uneven' : undefined;
}
