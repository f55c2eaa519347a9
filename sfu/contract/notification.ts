import type { User } from '@harmonium/api/user';
import type { Source } from './request.ts';

export interface ProducerInfo {
  id: string;
  kind: 'audio' | 'video';
  source: Source;
  paused: boolean;
}

/** A person in a call. `id` names the connection; one user has one peer in a call. */
export interface PeerInfo {
  id: string;
  user: User;
  /** By themselves, or because they may not speak. */
  muted: boolean;
  deafened: boolean;
  producers: ProducerInfo[];
}

/** What the sfu tells without being asked, by method. */
export interface Notifications {
  welcome: {
    /** The receiver's own peer id. */
    peerId: string;
    routerRtpCapabilities: Record<string, unknown>;
    peers: PeerInfo[];
    iceServers: { urls: string[]; username?: string; credential?: string }[];
    /** False: the member may listen only. */
    canSpeak: boolean;
  };
  peerJoined: { peer: PeerInfo };
  peerLeft: { peerId: string };
  peerState: { peerId: string; muted: boolean; deafened: boolean };
  newProducer: { peerId: string; producer: ProducerInfo };
  producerPaused: { peerId: string; producerId: string; paused: boolean };
  producerClosed: { peerId: string; producerId: string };
  /** Level 0 (silent) to 1 (as loud as it gets); sent when it changes. */
  speaking: { peerId: string; level: number };
  /** What the receiver may do from now on; what it may not send is paused until it may. */
  permissions: { canSpeak: boolean; canStream: boolean };
  serverMuted: { muted: boolean };
  moved: { channelId: string };
  nodeClosing: Record<string, never>;
}
export type NotificationMethod = keyof Notifications;
export type Notification = {
  [M in NotificationMethod]: { method: M; data: Notifications[M] };
}[NotificationMethod];
