import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../rtp.ts';

const OPUS = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2 };
const VP8 = { mimeType: 'video/VP8', clockRate: 90_000 };

let ssrc = 1000;

/** What a browser says of its microphone. */
export function micParameters(): RtpParameters {
  ssrc += 1;
  return {
    mid: '0',
    codecs: [{ ...OPUS, payloadType: 111, parameters: { useinbandfec: 1 }, rtcpFeedback: [] }],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 }],
    encodings: [{ ssrc, dtx: true }],
    rtcp: { cname: 'someone', reducedSize: true },
  };
}

export function cameraParameters(): RtpParameters {
  ssrc += 1;
  return { mid: '1', codecs: [{ ...VP8, payloadType: 96 }], encodings: [{ ssrc }] };
}

export const CLIENT_CAPABILITIES: RtpCapabilities = {
  codecs: [
    { kind: 'audio', ...OPUS, preferredPayloadType: 111 },
    { kind: 'video', ...VP8, preferredPayloadType: 96 },
  ],
  headerExtensions: [],
};

export const CLIENT_DTLS: DtlsParameters = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }],
};
