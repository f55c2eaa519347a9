import { objectOf, type Bindings } from './durable/bindings.ts';
import { roomObject } from './durable/room-object.ts';
import { namesRoom } from './edge/address.ts';

/** The rooms on Cloudflare, each one a Durable Object. */

export const ChannelObject = roomObject('main');
export const ServerObject = roomObject('server');
export const UserObject = roomObject('user');

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const url = new URL(request.url);
    const [, parties, party = '', id = '', ...rest] = url.pathname.split('/');
    const isRoom = parties === 'parties' && rest.length === 0 && namesRoom(url);
    const object = isRoom ? objectOf(bindings, party, id) : undefined;
    return object?.fetch(request) ?? new Response(null, { status: 404 });
  },
};
