import { MAX_CONSUMERS } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { RtpCapabilities } from '../rtp.ts';
import type { Handler } from './handler.ts';

/**
 * Receives what another in the same call sends, or oneself where one tries the way; asked again for
 * the same, the older one ends.
 */
export const consume: Handler<'consume'> = async ({ call, peer }, data) => {
  const found = call.findProducer(data.producerId);
  if (!found || (found.sender === peer && peer.ticket.test !== true)) {
    throw new Refusal('not_found', 'There is no such producer in this call.');
  }
  const rtpCapabilities = RtpCapabilities.safeParse(data.rtpCapabilities);
  if (!rtpCapabilities.success) throw new Refusal('invalid', 'These are no RTP capabilities.');
  const transport = peer.transports.get('recv');
  if (!transport) throw new Refusal('invalid', 'There is no transport to receive on.');
  if (peer.consumers.size >= MAX_CONSUMERS) {
    throw new Refusal('limit_reached', 'There are too many consumers.');
  }

  const { producerId } = data;
  const media = await transport.consume({ producerId, rtpCapabilities: rtpCapabilities.data });
  if (peer.closed) {
    media.close();
    throw new Refusal('not_found', 'The call was left.');
  }
  for (const [id, older] of peer.consumers) {
    if (older.media.producerId !== producerId) continue;
    older.media.close();
    peer.consumers.delete(id);
  }
  peer.consumers.set(media.id, { media, isWanted: false });
  media.onEnded(() => peer.consumers.delete(media.id));
  return {
    id: media.id,
    producerId,
    peerId: found.sender.id,
    kind: media.kind,
    source: found.produced.source,
    rtpParameters: media.rtpParameters,
    producerPaused: found.sender.isPaused(found.produced),
  };
};
