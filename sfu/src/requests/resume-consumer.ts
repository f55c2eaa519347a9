import type { Handler } from './handler.ts';
import { ownConsumer } from './own.ts';

export const resumeConsumer: Handler<'resumeConsumer'> = async ({ peer }, data) => {
  await ownConsumer(peer, data.consumerId).resume();
  return {};
};
