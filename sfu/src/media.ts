import type { DtlsParameters, MediaKind, RtpCapabilities, RtpParameters } from './rtp.ts';

/** Why media said no: the peer's doing, and an answer to it. Anything else that is thrown is a bug. */
export class MediaRefusal extends Error {
  override readonly name = 'MediaRefusal';
  readonly code: 'invalid' | 'not_supported' | 'not_found';
  constructor(code: MediaRefusal['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** A process that forwards media for many calls. */
export interface MediaWorker {
  readonly pid: number;
  createRouter(): Promise<MediaRouter>;
  /** Called once, when the process ends without being asked to. */
  onDied(listener: () => void): void;
  /** Closes every router in it. */
  close(): void;
}

/** How loud who was, in dBov (-127 silent to 0), by producer. Who is absent was not heard. */
export type Levels = ReadonlyMap<string, number>;

/** 20 ms of somebody's voice, in Opus. */
export interface VoicePacket {
  /** 16 bits. */
  sequence: number;
  /** 32 bits, 48 to the millisecond. */
  timestamp: number;
  /** The first one after silence. */
  marker: boolean;
  /** -127 (silent) to 0. */
  dBov: number;
  payload: Uint8Array;
}

/** One call's media on one worker: what is produced on a router can be consumed on it. */
export interface MediaRouter {
  readonly rtpCapabilities: Record<string, unknown>;
  createTransport(): Promise<MediaTransport>;
  /** From now on tells how loud an audio producer is, until it closes. */
  listenTo(producer: MediaProducer): Promise<void>;
  onLevels(listener: (levels: Levels) => void): void;
  /** One who was silent is heard: comes well before the levels, which look at longer stretches. */
  onOnset(listener: (producerId: string, dBov: number) => void): void;
  /** What an audio producer on it sends comes to this process, too, until it closes. */
  read(producerId: string, listener: (packet: VoicePacket) => void): Promise<void>;
  /** A producer of that id, new on this worker, into which this process speaks; consumed like any. */
  createVoice(id: string): Promise<MediaVoice>;
  /**
   * What is produced here can be consumed on that router of another worker, too, until it closes.
   * Asked again, nothing more happens. Refused as `not_found` for an unknown producer.
   */
  bring(producerId: string, other: MediaRouter): Promise<void>;
  /** Closes every transport on it. */
  close(): void;
}

/** What this process says. */
export interface MediaVoice {
  send(packet: VoicePacket): void;
}

/** One peer's way to the worker, in one direction. */
export interface MediaTransport {
  readonly id: string;
  readonly iceParameters: Record<string, unknown>;
  readonly iceCandidates: Record<string, unknown>[];
  readonly dtlsParameters: Record<string, unknown>;
  /** Refused as `invalid` the second time. */
  connect(dtlsParameters: DtlsParameters): Promise<void>;
  /** Answers new ICE parameters; media goes on over the old path until the new one is found. */
  restartIce(): Promise<Record<string, unknown>>;
  /** Refused as `not_supported` when the router knows none of the codecs. */
  produce(options: {
    kind: MediaKind;
    rtpParameters: RtpParameters;
    paused: boolean;
  }): Promise<MediaProducer>;
  /**
   * Starts paused, so that nothing arrives before the receiver is ready.
   * Refused as `not_found` for an unknown producer, `not_supported` when the codecs do not meet.
   */
  consume(options: {
    producerId: string;
    rtpCapabilities: RtpCapabilities;
  }): Promise<MediaConsumer>;
  /** Closes every producer and consumer on it. */
  close(): void;
}

export interface MediaProducer {
  readonly id: string;
  readonly kind: MediaKind;
  /** While paused its consumers get nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Closes every consumer of it. */
  close(): void;
}

export interface MediaConsumer {
  readonly id: string;
  readonly producerId: string;
  readonly kind: MediaKind;
  readonly rtpParameters: Record<string, unknown>;
  /** Nothing more of it is sent until it is resumed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  setPreferredLayers(layers: { spatialLayer: number; temporalLayer?: number }): Promise<void>;
  /** Called once when it ends otherwise than by `close`: its producer or transport closed. */
  onEnded(listener: () => void): void;
  close(): void;
}
