import type { Party } from '../contract/publish.ts';
import type { Log } from './host.ts';

/** A log whose lines say which room they are about. @param room undefined while its host does not know */
export function roomLog(log: Log, party: Party, room: string | undefined): Log {
  const at = (level: keyof Log) => (fields: object, message: string) =>
    log[level]({ party, room, ...fields }, message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
