import { pino, type DestinationStream, type Logger } from 'pino';
import type { Facts, Log } from '../log.ts';

export type PinoLogger = Logger;

/** One JSON line an event. @param to absent: standard output */
export function createPino(
  name: string,
  level: 'info' | 'warn',
  to?: DestinationStream,
): PinoLogger {
  const options = { name, level, serializers: { error: pino.stdSerializers.err } };
  return to === undefined ? pino(options) : pino(options, to);
}

/** @param requestId of the request that a line is about, where that is known */
export function createPinoLog(
  to: PinoLogger,
  requestId: () => string | undefined = () => undefined,
): Log {
  const about = (facts: Facts) => ({ requestId: requestId(), ...facts });
  return {
    error: (event, facts: Facts = {}) => to.error(about(facts), event),
    warn: (event, facts: Facts = {}) => to.warn(about(facts), event),
    info: (event, facts: Facts = {}) => to.info(about(facts), event),
    debug: (event, facts: Facts = {}) => to.debug(about(facts), event),
  };
}
