import type { ServerVoice } from '@harmonium/api/voice';
import type { Source } from '@harmonium/sfu/request';
import type { MediaStats } from './media.ts';
import type { MicrophoneProblem } from './microphone.ts';

export type CallPhase = 'connecting' | 'connected' | 'reconnecting' | 'failed';
/** Why a call ended by itself. `unavailable`: this instance carries no voice at the moment. */
export type CallFailure =
  | 'replaced'
  | 'access_lost'
  | 'no_media'
  | 'unreachable'
  | 'unavailable'
  | 'disconnected'
  | 'not_supported'
  | 'denied';

/** What is sent beside the voice. */
export type ShareSource = Exclude<Source, 'mic'>;

/** A camera, a screen or its sound that somebody shares. */
export interface Shared {
  userId: string;
  producerId: string;
  source: ShareSource;
}

/** What a connection to the call brings; it ends with the connection. */
export interface ConnectionState {
  /** A moderator muted this member. */
  serverMuted: boolean;
  /** A moderator deafened this member. */
  serverDeafened: boolean;
  /** False: listening only, by permission. */
  canSpeak: boolean;
  /** False: no camera and no screen, by permission. */
  canStream: boolean;
  roundTripMs: number | undefined;
  /** 1 to 4; 0 while nothing is known. */
  quality: number;
  /** How loud each person is, 0 to 1, by user id. */
  levels: Readonly<Record<string, number>>;
  /** The figures of the last seconds. */
  stats: MediaStats | undefined;
  /** Whose voice arrives with gaps, by user id. */
  weak: readonly string[];
  /** What moderators made of the others, by user id; who is not in it is as they chose. */
  moderated: Readonly<Record<string, ServerVoice>>;
  /** What everyone shares, oneself too. */
  shared: readonly Shared[];
}

export interface CallState extends ConnectionState {
  phase: CallPhase;
  /** While it reconnects: sound goes on both ways, only who comes and goes is not told. */
  isStillHeard?: boolean | undefined;
  failure?: CallFailure | undefined;
  /** The server's own sentence on the failure, where it has one. */
  reason?: string | undefined;
  channelId: string;
  muted: boolean;
  deafened: boolean;
  microphone: 'opening' | 'on' | MicrophoneProblem;
  /** The name of the device one speaks through; empty while there is none. */
  microphoneName: string;
  /** The browser waits for a click before it plays. */
  soundBlocked: boolean;
}

export const NOT_CONNECTED: ConnectionState = {
  serverMuted: false,
  serverDeafened: false,
  canSpeak: true,
  canStream: true,
  roundTripMs: undefined,
  quality: 0,
  levels: {},
  stats: undefined,
  weak: [],
  moderated: {},
  shared: [],
};
