import type { Handler } from './handler.ts';
import { ownProducer } from './own.ts';

export const resumeProducer: Handler<'resumeProducer'> = async ({ call, peer }, data) => {
  const produced = ownProducer(peer, data.producerId);
  produced.pausedByPeer = false;
  await call.applyPause(peer, produced);
  return {};
};
