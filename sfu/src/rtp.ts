import { z } from 'zod';

/*
 * What a client says about its media, checked whole before mediasoup sees it: mediasoup writes
 * requests of all peers into one buffer per worker, and an odd value that makes it throw halfway
 * would spoil that buffer for everybody.
 */

const Uint8 = z.number().int().min(0).max(255);
const Uint32 = z.number().int().min(0).max(0xffff_ffff);
const PayloadType = z.number().int().min(0).max(127);
const Token = z.string().min(1).max(64);

const MimeType = z.string().regex(/^(audio|video)\/[\w.+-]{1,32}$/i);
const CodecParameters = z.record(
  Token,
  z.union([z.string().max(256), z.boolean(), z.number().min(-0x8000_0000).max(0x7fff_ffff)]),
);
const RtcpFeedback = z.object({ type: Token, parameter: z.string().max(64).optional() });

/** The header extensions that mediasoup knows. */
const HEADER_EXTENSIONS = [
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'urn:ietf:params:rtp-hdrext:toffset',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
] as const;
const HeaderExtensionUri = z.enum(HEADER_EXTENSIONS);

export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;

/** What one producer sends. */
export const RtpParameters = z.object({
  mid: z.string().max(32).optional(),
  msid: z.string().max(256).optional(),
  codecs: z
    .array(
      z.object({
        mimeType: MimeType,
        payloadType: PayloadType,
        clockRate: Uint32,
        channels: Uint8.optional(),
        parameters: CodecParameters.optional(),
        rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
      }),
    )
    .min(1)
    .max(8),
  headerExtensions: z
    .array(
      z.object({
        uri: HeaderExtensionUri,
        id: z.number().int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: CodecParameters.optional(),
      }),
    )
    .max(16)
    .optional(),
  encodings: z
    .array(
      z.object({
        ssrc: Uint32.optional(),
        rid: z
          .string()
          .regex(/^[\w-]{1,16}$/)
          .optional(),
        codecPayloadType: PayloadType.optional(),
        rtx: z.object({ ssrc: Uint32 }).optional(),
        dtx: z.boolean().optional(),
        scalabilityMode: z
          .string()
          .regex(/^[LS][1-3]T[1-3](_KEY)?$/)
          .optional(),
        maxBitrate: z.number().int().min(0).max(100_000_000).optional(),
      }),
    )
    .max(4)
    .optional(),
  rtcp: z
    .object({ cname: z.string().max(128).optional(), reducedSize: z.boolean().optional() })
    .optional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;

/** What a client is able to receive. */
export const RtpCapabilities = z.object({
  codecs: z
    .array(
      z.object({
        kind: MediaKind,
        mimeType: MimeType,
        preferredPayloadType: PayloadType,
        clockRate: Uint32,
        channels: Uint8.optional(),
        parameters: CodecParameters.optional(),
        rtcpFeedback: z.array(RtcpFeedback).max(16).optional(),
      }),
    )
    .max(64)
    .optional(),
  headerExtensions: z
    .array(
      z.object({
        kind: MediaKind,
        uri: HeaderExtensionUri,
        preferredId: z.number().int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(64)
    .optional(),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){19,63}$/),
      }),
    )
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

/** True when nothing else than `kind` hides in the parameters. */
export function carriesOnly(kind: MediaKind, parameters: RtpParameters): boolean {
  return parameters.codecs.every((codec) => codec.mimeType.toLowerCase().startsWith(`${kind}/`));
}
