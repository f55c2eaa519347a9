import type { Source } from '../../contract/request.ts';
import { MAX_PRODUCERS } from '../limits.ts';
import { NEEDED, type Produced } from '../peer.ts';
import { Refusal } from '../refusal.ts';
import { carriesOnly, RtpParameters, type MediaKind } from '../rtp.ts';
import type { Handler } from './handler.ts';
import { ownTransport } from './own.ts';

const KINDS: Record<Source, MediaKind> = {
  mic: 'audio',
  screenAudio: 'audio',
  camera: 'video',
  screen: 'video',
};

export const produce: Handler<'produce'> = async ({ call, peer }, data) => {
  const kind = KINDS[data.source];
  const needs = NEEDED[data.source];
  if (!peer.may(needs)) throw new Refusal('missing_permission', `This needs ${needs}.`);
  const rtpParameters = RtpParameters.safeParse(data.rtpParameters);
  if (!rtpParameters.success || data.kind !== kind || !carriesOnly(kind, rtpParameters.data)) {
    throw new Refusal('invalid', `These are no RTP parameters of ${data.source}.`);
  }
  const transport = ownTransport(peer, data.transportId);
  if (transport !== peer.transports.get('send')) {
    throw new Refusal('invalid', 'This transport receives.');
  }
  const sent = [...peer.producers.values()];
  if (sent.length >= MAX_PRODUCERS || sent.some(({ source }) => source === data.source)) {
    throw new Refusal('limit_reached', `There is a producer of ${data.source} already.`);
  }

  const paused = peer.isSilenced(data.source);
  const media = await transport.produce({ kind, rtpParameters: rtpParameters.data, paused });
  if (peer.closed) {
    media.close();
    throw new Refusal('not_found', 'The call was left.');
  }
  const produced: Produced = { media, source: data.source, pausedByPeer: false };
  peer.producers.set(media.id, produced);
  if (data.source === 'mic') await call.voices.add(peer, produced);
  // It may have come to be muted while the worker was asked, or the other way round.
  if (peer.isPaused(produced) !== paused) await (paused ? media.resume() : media.pause());
  call.announce(peer, produced);
  return { producerId: media.id };
};
