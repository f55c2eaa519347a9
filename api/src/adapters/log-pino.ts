import { pino, type Logger } from 'pino';
import type { Facts, Log } from '../log.ts';

export type PinoLogger = Logger;

/** One JSON line an event, on standard output. */
export function createPino(name: string, level: 'info' | 'warn'): PinoLogger {
  return pino({ name, level, serializers: { error: pino.stdSerializers.err } });
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
