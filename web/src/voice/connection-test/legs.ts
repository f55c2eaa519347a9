import type { MicrophoneProblem } from '../microphone.ts';

/** What a call needs, in the order in which it is shown. */
export const LEGS = [
  'microphone',
  'ticket',
  'socket',
  'udp',
  'tcp',
  'relay',
  'quality',
  'clock',
] as const;
export type Leg = (typeof LEGS)[number];

/** How packets may get to the media port and back. */
export type Way = 'udp' | 'tcp' | 'relay';

export interface Quality {
  roundTripMs: number | undefined;
  /** Share of packets, the worse of both directions, 0 to 1. */
  loss: number;
  jitterMs: number;
}

/** What was found of each leg; one that is absent was not come to. */
export interface Legs {
  /** `silent`: it is open, and nothing at all came of it. */
  microphone?: 'ok' | 'silent' | MicrophoneProblem;
  /** `unreachable`: api did not answer; `unavailable`: it has no voice; `often`: too many of them. */
  ticket?: 'ok' | 'unreachable' | 'unavailable' | 'often';
  /** Why there is no voice, in the server's own words. */
  reason?: string;
  /**
   * `closed`: it did not open, as nothing of its kind does here; `refused`: others do; `expired`: its
   * ticket was taken for an old one; `failed`: nothing behind it carries calls.
   */
  socket?: 'ok' | 'closed' | 'refused' | 'expired' | 'failed';
  udp?: 'ok' | 'blocked';
  tcp?: 'ok' | 'blocked';
  /**
   * `none`: there is no TURN server; `unreachable`: it does not answer; `denied`: it does not take what
   * api gave out for it; `blocked`: it does not get to the media port.
   */
  relay?: 'ok' | 'none' | 'unreachable' | 'denied' | 'blocked';
  /** Where the browser was told that the media port is. */
  media?: readonly string[];
  quality?: Quality;
  /** Seconds that this device is ahead of the server. */
  clock?: number;
}
