import { isSnowflake } from '@harmonium/api/ids';
import type { Party } from '../../contract/publish.ts';

const PATH = /^\/parties\/(main|server|user)\/(\d{1,19})\/?$/;

/** `/parties/<party>/<room>?ticket=…&since=…`; undefined: no room can be there. */
export function parseRoomUrl(url = '') {
  if (!URL.canParse(url, 'http://rooms')) return undefined;
  const { pathname, searchParams } = new URL(url, 'http://rooms');
  const [, party, roomId] = PATH.exec(pathname) ?? [];
  if (party === undefined || roomId === undefined || !isSnowflake(roomId)) return undefined;
  return {
    party: party as Party, // The expression names no other.
    roomId,
    ticket: searchParams.get('ticket') ?? '',
    since: searchParams.get('since') ?? undefined,
  };
}
