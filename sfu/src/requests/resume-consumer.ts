import type { Handler } from './handler.ts';
import { ownConsumer } from './own.ts';

/** To a deafened peer nothing comes until it hears again. */
export const resumeConsumer: Handler<'resumeConsumer'> = async ({ peer }, data) => {
  const consumed = ownConsumer(peer, data.consumerId);
  consumed.isWanted = true;
  await peer.applyEars(consumed);
  return {};
};
