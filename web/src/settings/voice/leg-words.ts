import { t } from '../../strings/connection-test.ts';
import type { Leg, Legs } from '../../voice/connection-test/legs.ts';
import { CLOCK_OFF_S, ofQuality, verdictOf } from '../../voice/connection-test/verdict.ts';
import type { Standing, Verdict } from '../../voice/connection-test/verdict.ts';

/** What was found of one leg; undefined where it was not come to. */
export function findingOf(
  leg: Leg,
  legs: Legs,
): { standing: Standing | 'off'; words: string } | undefined {
  const { microphone, ticket, socket, relay, quality, clock } = legs;
  switch (leg) {
    case 'microphone':
      if (microphone === undefined) return undefined;
      return {
        standing: microphone === 'ok' ? 'ok' : microphone === 'silent' ? 'warn' : 'bad',
        words: t(`connectionTest.microphone.${microphone}`),
      };
    case 'ticket':
      if (ticket === undefined) return undefined;
      return {
        standing: ticket === 'ok' ? 'ok' : 'bad',
        words: legs.reason ?? t(`connectionTest.ticket.${ticket}`),
      };
    case 'socket':
      if (socket === undefined) return undefined;
      return {
        standing: socket === 'ok' ? 'ok' : 'bad',
        words: t(`connectionTest.socket.${socket}`),
      };
    case 'udp':
    case 'tcp':
      return ofWay(leg, legs);
    case 'relay':
      if (relay === undefined) return undefined;
      return {
        standing: relay === 'none' ? 'off' : ofAWay(relay, legs),
        words: t(`connectionTest.relay.${relay}`),
      };
    case 'quality':
      if (quality === undefined) return undefined;
      return {
        standing: ofQuality(quality) === undefined ? 'ok' : 'warn',
        words: t(
          'connectionTest.quality',
          inMs(Math.max(1, quality.roundTripMs ?? 1)),
          t('connectionTest.percent', Math.round(quality.loss * 100)),
          inMs(quality.jitterMs),
        ),
      };
    case 'clock':
      return clock === undefined ? undefined : ofClock(clock);
  }
}

function ofWay(leg: 'udp' | 'tcp', legs: Legs): { standing: Standing; words: string } | undefined {
  const found = legs[leg];
  if (found === undefined) return undefined;
  if (found === 'ok') return { standing: 'ok', words: t('connectionTest.way.ok') };
  const addresses = (legs.media ?? []).join(', ');
  return {
    standing: ofAWay(found, legs),
    words: t('connectionTest.way.blocked', addresses),
  };
}

/** One way is enough. */
function ofAWay(found: string, { udp, tcp, relay }: Legs): Standing {
  if (found === 'ok') return 'ok';
  return udp === 'ok' || tcp === 'ok' || relay === 'ok' ? 'warn' : 'bad';
}

function ofClock(aheadS: number): { standing: Standing; words: string } {
  if (Math.abs(aheadS) <= CLOCK_OFF_S) {
    return { standing: 'ok', words: t('connectionTest.clock.ok') };
  }
  const time = inClockTime(Math.abs(aheadS));
  const words =
    aheadS > 0 ? t('connectionTest.clock.ahead', time) : t('connectionTest.clock.behind', time);
  return { standing: 'warn', words };
}

function inClockTime(seconds: number): string {
  if (seconds < 120) return t('connectionTest.clock.seconds', seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return t('connectionTest.clock.minutes', minutes);
  return t('connectionTest.clock.hours', Math.round(minutes / 60));
}

const inMs = (ms: number) => t('connectionTest.milliseconds', Math.round(ms));

type Cure = (legs: Legs) => string;

/** What the one who tests can do about it. */
const CURES: Partial<Record<Verdict, Cure>> = {
  clockOff: () => t('connectionTest.cures.clockOff'),
  silent: () => t('connectionTest.cures.silent'),
  onlyRelay: () => t('connectionTest.cures.onlyRelay'),
  onlyTcp: () => t('connectionTest.cures.onlyTcp'),
  slow: () => t('connectionTest.cures.slow'),
  lossy: () => t('connectionTest.cures.lossy'),
  uneven: () => t('connectionTest.cures.uneven'),
  noMicrophone({ microphone }) {
    if (microphone === undefined || microphone === 'ok' || microphone === 'silent') return '';
    return t(`connectionTest.cures.noMicrophone.${microphone}`);
  },
  noWay: () => t('connectionTest.cures.noWay'),
  noWayNoTurn: () => t('connectionTest.cures.noWay'),
  noWayTurnDown: () => t('connectionTest.cures.noWay'),
  noWorker: () => t('connectionTest.cures.noVoice'),
  clocksApart: () => t('connectionTest.cures.tell'),
  socketRefused: () => t('connectionTest.cures.tell'),
  noSockets: () => t('connectionTest.cures.noSockets'),
  noVoice: () => t('connectionTest.cures.noVoice'),
  often: () => t('connectionTest.cures.often'),
  offline: () => t('connectionTest.cures.offline'),
};

/** What the operator can. */
const OPERATORS: Partial<Record<Verdict, Cure>> = {
  turnBroken: () => t('connectionTest.operators.turnBroken'),
  onlyRelay: () => t('connectionTest.operators.onlyRelay'),
  onlyTcp: () => t('connectionTest.operators.onlyTcp'),
  noWay: () => t('connectionTest.operators.noWay'),
  noWayNoTurn: () => t('connectionTest.operators.noWayNoTurn'),
  noWayTurnDown: () => t('connectionTest.operators.noWayTurnDown'),
  noWorker: () => t('connectionTest.operators.noWorker'),
  clocksApart: () => t('connectionTest.operators.clocksApart'),
  socketRefused: () => t('connectionTest.operators.socketRefused'),
  noSockets: () => t('connectionTest.operators.noSockets'),
  noVoice: () => t('connectionTest.operators.noVoice'),
  offline: () => t('connectionTest.operators.offline'),
};

/** What it all comes to, and what can be done about it. */
export function conclusionOf(legs: Legs) {
  const verdict = verdictOf(legs);
  return {
    verdict,
    sentence: t(`connectionTest.verdicts.${verdict}`),
    you: CURES[verdict]?.(legs),
    operator: OPERATORS[verdict]?.(legs),
  };
}
