import { MAX_CONSUMERS } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { RtpCapabilities } from '../rtp.ts';
import type { Handler } from './handler.ts';

/**
 * Receives what another in the same call sends, or oneself where one tries the way; asked again for
 * the same, the older one ends.
 */
export const consume: Handler<'consume'> = async ({ call, peer }, data) => {
  const offer = await call.offer(peer, data.producerId);
  if (!offer) throw new Refusal('not_found', 'There is no such producer in this call.');
  const rtpCapabilities = RtpCapabilities.safeParse(data.rtpCapabilities);
  if (!rtpCapabilities.success) throw new Refusal('invalid', 'These are no RTP capabilities.');
  const transport = peer.transports.get('recv');
  if (!transport) throw new Refusal('invalid', 'There is no transport to receive on.');
  if (peer.consumers.size >= MAX_CONSUMERS) {
    throw new Refusal('limit_reached', 'There are too many consumers.');
  }

  const { producerId } = data;
  const media = await transport.consume({ producerId, rtpCapabilities: rtpCapabilities.data });
  if (peer.closed || !offer.isThere()) {
    media.close();
    throw new Refusal('not_found', 'It is over.');
  }
  peer.stopHearing((older) => older.media.producerId === producerId);
  const { sender, source, slot } = offer;
  peer.consumers.set(media.id, { media, source, slot, isWanted: false });
  media.onEnded(() => peer.consumers.delete(media.id));
  return {
    id: media.id,
    producerId,
    peerId: sender?.id ?? null,
    kind: media.kind,
    source,
    rtpParameters: media.rtpParameters,
    producerPaused: offer.isPaused(),
  };
};
