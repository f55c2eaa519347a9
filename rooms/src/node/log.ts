import { pino, type DestinationStream, type Logger } from 'pino';

/** One JSON line an event, where an error has message, stack and causes. @param to absent: standard output */
export function createLog(level = 'info', to?: DestinationStream): Logger {
  const options = { name: 'rooms', level, serializers: { error: pino.stdSerializers.err } };
  return to === undefined ? pino(options) : pino(options, to);
}
