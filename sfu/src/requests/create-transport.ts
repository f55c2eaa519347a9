import { Refusal } from '../refusal.ts';
import type { Handler } from './handler.ts';

/** One transport for each direction; a second one replaces the first, with all that went over it. */
export const createTransport: Handler<'createTransport'> = async ({ call, peer }, data) => {
  const transport = await peer.branch.router.createTransport();
  if (peer.closed) {
    transport.close();
    throw new Refusal('not_found', 'The call was left.');
  }
  const replaced = peer.transports.get(data.direction);
  peer.transports.set(data.direction, transport);
  if (replaced && data.direction === 'send') {
    for (const produced of peer.producers.values()) call.closeProducer(peer, produced);
  }
  replaced?.close();
  return {
    id: transport.id,
    iceParameters: transport.iceParameters,
    iceCandidates: transport.iceCandidates,
    dtlsParameters: transport.dtlsParameters,
  };
};
