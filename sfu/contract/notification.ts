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
  /** By themselves, by a moderator, or because they may not speak. */
  muted: boolean;
  /** By themselves, or by a moderator. */
  deafened: boolean;
  /** By a moderator, until one lifts it. */
  serverMuted: boolean;
  serverDeafened: boolean;
  producers: ProducerInfo[];
}

/**
 * One of the few voices that a large call forwards. It is consumed like any producer, once, and stays
 * for as long as the call does; whose voice it carries changes. To the one whom it carries it is silent.
 */
export interface StageSlot {
  producerId: string;
  /** Null: nobody's at the moment. */
  peerId: string | null;
}

export interface IceServer {
  urls: string[];
  /** Good for hours: enough to connect with; a new one comes with `resumed` and `restartIce`. */
  username?: string;
  credential?: string;
}

/** Who one is in the call, and who else is in it. */
interface Place {
  /** The receiver's own peer id. */
  peerId: string;
  /** Brings back this peer when its socket is lost (resume.ts). Good once. */
  resumeToken: string;
  /** The others. */
  peers: PeerInfo[];
  /** Empty in a small call, where each microphone is a producer of its peer. */
  stage: StageSlot[];
  iceServers: IceServer[];
  /** False: the member may listen only. */
  canSpeak: boolean;
  canStream: boolean;
  /** A moderator's doing, which holds whatever the member does. */
  serverMuted: boolean;
  serverDeafened: boolean;
}

/** What the sfu tells without being asked, by method. */
export interface Notifications {
  welcome: Place & { routerRtpCapabilities: Record<string, unknown> };
  /**
   * In place of `welcome` when a peer came back (resume.ts). It tells all that may have been missed:
   * whoever and whatever is not in it is gone, and requests whose answer was lost show by what they
   * left behind.
   */
  resumed: Place & {
    /** The receiver's own. */
    transportIds: string[];
    producers: ProducerInfo[];
    consumers: { id: string; producerId: string }[];
  };
  /** In place of `welcome` to a socket that waits (waiting.ts): what it needs to make ready. */
  waiting: { routerRtpCapabilities: Record<string, unknown>; iceServers: IceServer[] };
  /** It entered. */
  entered: Place;
  peerJoined: { peer: PeerInfo };
  peerLeft: { peerId: string };
  peerState: {
    peerId: string;
    muted: boolean;
    deafened: boolean;
    serverMuted: boolean;
    serverDeafened: boolean;
  };
  newProducer: { peerId: string; producer: ProducerInfo };
  producerPaused: { peerId: string; producerId: string; paused: boolean };
  producerClosed: { peerId: string; producerId: string };
  /**
   * The call became large, and stays so: voices come by these slots from now on. The microphones of
   * the others close (`producerClosed`) once there was time to consume the slots, and are told of no more.
   */
  stageOpened: { stage: StageSlot[] };
  /** Whose voice a slot carries from now on; it comes before the first packet does. */
  stageChanged: StageSlot;
  /**
   * How loud those are whose level changed, by peer: 0 (silent) to 1 (as loud as it gets). That
   * somebody begins or ends is told at once; how loud they go on being, about once a second.
   */
  speaking: { levels: Record<string, number> };
  /** What the receiver may do from now on; what it may not send is paused until it may. */
  permissions: { canSpeak: boolean; canStream: boolean };
  /** A moderator muted or deafened the receiver, or lifted it: both as they are now. */
  serverMuted: { muted: boolean; deafened: boolean };
  /** A moderator moved the receiver: ask api for a ticket to that channel. The socket closes. */
  moved: { channelId: string };
  nodeClosing: Record<string, never>;
}
export type NotificationMethod = keyof Notifications;
export type Notification = {
  [M in NotificationMethod]: { method: M; data: Notifications[M] };
}[NotificationMethod];
