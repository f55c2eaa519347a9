import type { Handler } from './handler.ts';
import { ownProducer } from './own.ts';

export const closeProducer: Handler<'closeProducer'> = async ({ call, peer }, data) => {
  call.closeProducer(peer, ownProducer(peer, data.producerId));
  return {};
};
