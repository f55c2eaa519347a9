import { pino, type Logger } from 'pino';

/** One JSON line an event, on standard output. An error shows its message, stack and causes. */
export function createLog(level = 'info'): Logger {
  return pino({ name: 'rooms', level, serializers: { error: pino.stdSerializers.err } });
}
