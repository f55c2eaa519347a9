import type { Notifications } from '@harmonium/sfu/notification';
import type { ShareSource } from './call-state.ts';
import type { Request } from './signalling.ts';
import type { PictureStats } from './video/picture-stats.ts';

/** One direction of a call, over the last seconds. */
export interface FlowStats {
  kilobitsPerSecond: number;
  /** Share of packets lost, 0 to 1. */
  loss: number;
  jitterMs: number;
  /** As it is called, like `opus`; undefined while nothing flows. */
  codec: string | undefined;
}

export interface MediaStats {
  /** Milliseconds there and back; undefined while nothing flows. */
  roundTripMs: number | undefined;
  /** Share of packets lost lately, the worse of both directions, 0 to 1. */
  loss: number;
  sent: FlowStats;
  received: FlowStats;
  /** Share of packets lost of each voice, by producer. */
  lossByProducer: ReadonlyMap<string, number>;
  /** Pictures that move, sent and received. */
  pictures?: readonly PictureStats[];
}

export const NO_FLOW: FlowStats = {
  kilobitsPerSecond: 0,
  loss: 0,
  jitterMs: 0,
  codec: undefined,
};

export interface MediaHooks {
  /** Packets stopped getting through and did not come back by themselves. */
  onFailed: () => void;
  /** The browser plays sound only after a click. */
  onSoundBlocked: () => void;
}

/** Which of the sizes and frame rates of a picture is wanted, 0 the smallest. */
export interface Layers {
  spatialLayer: number;
  temporalLayer?: number;
}

/** What carries sound and pictures: mediasoup in the browser, a fake in tests of the call. */
export interface Media {
  /**
   * Sends a microphone, in place of the one before. Resolves when packets can get through, rejects
   * when they cannot. While muted nothing of it leaves.
   */
  send(track: MediaStreamTrack): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** Plays what somebody says, so loud: 0 is nothing, 1 as it came, up to 2. */
  receive(producerId: string, gain: number): Promise<void>;
  setGain(producerId: string, gain: number): void;
  /** Sends a camera, a screen or its sound, in place of the one before of this source; its producer. */
  share(source: ShareSource, track: MediaStreamTrack): Promise<string>;
  unshare(source: ShareSource): Promise<void>;
  /** A picture of somebody. Comes until `unwatch`, and may be asked for again then. */
  watch(producerId: string): Promise<MediaStreamTrack>;
  /** Nothing more of it is sent here. */
  unwatch(producerId: string): void;
  /** Kept for a picture that is watched later, too. */
  setLayers(producerId: string, layers: Layers): void;
  /** Of a voice or a picture whose producer is gone. */
  forget(producerId: string): void;
  setDeafened(deafened: boolean): void;
  /** Plays to this device from now on; empty is the system's own choice. */
  setSpeaker(deviceId: string): void;
  /** Called from a click: plays what the browser held back. */
  playBlocked(): void;
  stats(): Promise<MediaStats>;
  /** Looks for a way for the packets, where there is none or the network is another than before. */
  mend(isOtherNetwork: boolean): void;
  close(): void;
}

export interface MediaStart {
  welcome: Notifications['waiting'];
  /** Waits while the socket is away; fails when the call is over. */
  request: Request;
  speaker: string;
  hooks: MediaHooks;
}

export type StartMedia = (start: MediaStart) => Promise<Media>;

/** Connection quality from 1 (poor) to 4 (good), as the reeds show it. */
export function qualityOf(stats: Pick<MediaStats, 'roundTripMs' | 'loss'>): number {
  const roundTrip = stats.roundTripMs ?? 0;
  if (roundTrip < 120 && stats.loss < 0.01) return 4;
  if (roundTrip < 250 && stats.loss < 0.04) return 3;
  if (roundTrip < 500 && stats.loss < 0.1) return 2;
  return 1;
}
