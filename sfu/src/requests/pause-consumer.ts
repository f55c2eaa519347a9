import type { Handler } from './handler.ts';
import { ownConsumer } from './own.ts';

export const pauseConsumer: Handler<'pauseConsumer'> = async ({ peer }, data) => {
  const consumed = ownConsumer(peer, data.consumerId);
  consumed.isWanted = false;
  await peer.applyEars(consumed);
  return {};
};
