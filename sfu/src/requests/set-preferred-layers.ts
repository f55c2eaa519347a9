import type { Handler } from './handler.ts';
import { ownConsumer } from './own.ts';

export const setPreferredLayers: Handler<'setPreferredLayers'> = async ({ peer }, data) => {
  const { spatialLayer, temporalLayer } = data;
  await ownConsumer(peer, data.consumerId).setPreferredLayers({ spatialLayer, temporalLayer });
  return {};
};
