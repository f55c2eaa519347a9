import { pino, type Logger } from 'pino';
import type { Facts, Log } from '../log.ts';

export type PinoLogger = Logger;

/** One JSON line an event, on standard output. */
export function createPino(name: string, level: 'info' | 'warn'): PinoLogger {
  return pino({ name, level, serializers: { error: pino.stdSerializers.err } });
}

export function createPinoLog(to: PinoLogger): Log {
  return {
    error: (event, facts: Facts = {}) => to.error(facts, event),
    warn: (event, facts: Facts = {}) => to.warn(facts, event),
    info: (event, facts: Facts = {}) => to.info(facts, event),
    debug: (event, facts: Facts = {}) => to.debug(facts, event),
  };
}
