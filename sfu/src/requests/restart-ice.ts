import type { Handler } from './handler.ts';
import { ownTransport } from './own.ts';

export const restartIce: Handler<'restartIce'> = async ({ peer }, data) => ({
  iceParameters: await ownTransport(peer, data.transportId).restartIce(),
});
