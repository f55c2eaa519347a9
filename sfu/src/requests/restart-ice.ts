import type { Handler } from './handler.ts';
import { ownTransport } from './own.ts';

export const restartIce: Handler<'restartIce'> = async ({ call, peer }, data) => ({
  iceParameters: await ownTransport(peer, data.transportId).restartIce(),
  iceServers: call.iceServersFor(peer),
});
