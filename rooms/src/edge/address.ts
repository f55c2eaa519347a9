import { isSnowflake } from '@harmonium/api/ids';

/** Of what an address may carry: longer is neither a ticket nor a number of ours. */
export const MAX_TICKET_LENGTH = 8192;
export const MAX_SINCE_LENGTH = 32;

/** `/parties/<party>/<id>`: nobody has a ticket to a room by another name, and none shall come to be. */
export function namesRoom({ pathname }: URL): boolean {
  return isSnowflake(pathname.split('/').at(-1) ?? '');
}
