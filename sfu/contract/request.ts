import { z } from 'zod';
import type { IceServer } from './notification.ts';

/** Largest signalling frame, in bytes. SDP-derived RTP parameters of a camera fit well. */
export const MAX_SIGNAL_BYTES = 64 * 1024;

const Id = z.string().min(1).max(64);
/** Shapes that mediasoup itself checks; ours is only that they are objects. */
const Opaque = z.record(z.string(), z.unknown());

export const Source = z.enum(['mic', 'camera', 'screen', 'screenAudio']);
export type Source = z.infer<typeof Source>;

/** Data of each method a client may call. */
export const REQUESTS = {
  createTransport: z.object({ direction: z.enum(['send', 'recv']) }),
  connectTransport: z.object({ transportId: Id, dtlsParameters: Opaque }),
  restartIce: z.object({ transportId: Id }),
  produce: z.object({
    transportId: Id,
    kind: z.enum(['audio', 'video']),
    source: Source,
    rtpParameters: Opaque,
  }),
  pauseProducer: z.object({ producerId: Id }),
  resumeProducer: z.object({ producerId: Id }),
  closeProducer: z.object({ producerId: Id }),
  consume: z.object({ producerId: Id, rtpCapabilities: Opaque }),
  /** Nothing more of it comes until it is resumed: a tile that nobody sees. */
  pauseConsumer: z.object({ consumerId: Id }),
  resumeConsumer: z.object({ consumerId: Id }),
  setPreferredLayers: z.object({
    consumerId: Id,
    spatialLayer: z.number().int().min(0).max(3),
    temporalLayer: z.number().int().min(0).max(3).optional(),
  }),
  setState: z.object({ muted: z.boolean(), deafened: z.boolean() }),
  /** Joins the call that a socket waits at (waiting.ts). */
  enter: z.object({}),
  leave: z.object({}),
  ping: z.object({}),
} as const;
export type Method = keyof typeof REQUESTS;
export type RequestData<M extends Method> = z.infer<(typeof REQUESTS)[M]>;

export const SignalRequest = z.object({
  id: z.number().int().nonnegative(),
  method: z.enum(Object.keys(REQUESTS) as [Method]),
  data: z.unknown().optional(),
});

const Candidate = z.looseObject({});

export const TransportOptions = z.object({
  id: Id,
  iceParameters: Opaque,
  iceCandidates: z.array(Candidate),
  dtlsParameters: Opaque,
});
export type TransportOptions = z.infer<typeof TransportOptions>;

export const ConsumerOptions = z.object({
  id: Id,
  producerId: Id,
  /** Null: a slot of the stage, which is nobody's for long. */
  peerId: Id.nullable(),
  kind: z.enum(['audio', 'video']),
  source: Source,
  rtpParameters: Opaque,
  producerPaused: z.boolean(),
});
export type ConsumerOptions = z.infer<typeof ConsumerOptions>;

/** What each method answers. */
export interface Answers {
  createTransport: TransportOptions;
  connectTransport: Record<string, never>;
  restartIce: { iceParameters: Record<string, unknown>; iceServers: IceServer[] };
  produce: { producerId: string };
  pauseProducer: Record<string, never>;
  resumeProducer: Record<string, never>;
  closeProducer: Record<string, never>;
  consume: ConsumerOptions;
  pauseConsumer: Record<string, never>;
  resumeConsumer: Record<string, never>;
  setPreferredLayers: Record<string, never>;
  setState: Record<string, never>;
  enter: Record<string, never>;
  leave: Record<string, never>;
  ping: Record<string, never>;
}

export const SignalErrorCode = z.enum([
  'invalid',
  'unknown_method',
  'not_found',
  'missing_permission',
  'not_supported',
  'limit_reached',
  'internal',
]);
export type SignalErrorCode = z.infer<typeof SignalErrorCode>;

export type SignalAnswer =
  | { id: number; ok: true; data: Answers[Method] }
  | { id: number; ok: false; error: { code: SignalErrorCode; message: string } };
