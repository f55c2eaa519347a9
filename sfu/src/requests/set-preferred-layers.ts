import type { Handler } from './handler.ts';
import { ownConsumer } from './own.ts';

export const setPreferredLayers: Handler<'setPreferredLayers'> = async ({ peer }, data) => {
  const { spatialLayer, temporalLayer } = data;
  const { media } = ownConsumer(peer, data.consumerId);
  await media.setPreferredLayers({ spatialLayer, temporalLayer });
  return {};
};
