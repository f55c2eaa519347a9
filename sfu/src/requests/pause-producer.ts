import type { Handler } from './handler.ts';
import { ownProducer } from './own.ts';

export const pauseProducer: Handler<'pauseProducer'> = async ({ call, peer }, data) => {
  const produced = ownProducer(peer, data.producerId);
  produced.pausedByPeer = true;
  await call.applyPause(peer, produced);
  return {};
};
