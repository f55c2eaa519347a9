import type { types } from 'mediasoup-client';
import type { ShareSource } from './call-state.ts';

type Sending = Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>;

/** Three sizes of a face: each viewer gets the one that fits their tile and their line. */
const CAMERA: types.RtpEncodingParameters[] = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_700_000, scalabilityMode: 'L1T3' },
];

/** Text must be readable: a poor line gets fewer pictures of it, or a half as large one, never mud. */
const SCREEN: types.RtpEncodingParameters[] = [
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 600_000, scalabilityMode: 'L1T3' },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 3_500_000, scalabilityMode: 'L1T3' },
];
/** A film or a game: as many pictures as a screen shows. */
const MOTION: types.RtpEncodingParameters[] = [
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 1_200_000, scalabilityMode: 'L1T3' },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 5_000_000, scalabilityMode: 'L1T3' },
];

/** How each thing one shares is sent. A screen goes by its `contentHint`: `motion` or detail. */
export function encodingsOf(source: ShareSource, track: MediaStreamTrack): Sending {
  if (source === 'screenAudio') {
    // Music, unlike speech, is worth both channels and has no silence to leave out.
    return { codecOptions: { opusStereo: true, opusFec: true, opusMaxAverageBitrate: 128_000 } };
  }
  const encodings = source === 'camera' ? CAMERA : screenEncodings(track);
  // mediasoup-client writes into what it is given.
  return {
    encodings: structuredClone(encodings),
    codecOptions: { videoGoogleStartBitrate: 1_000 },
  };
}

function screenEncodings(track: MediaStreamTrack): types.RtpEncodingParameters[] {
  return track.contentHint === 'motion' ? MOTION : SCREEN;
}
