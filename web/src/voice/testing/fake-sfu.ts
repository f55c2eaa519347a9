import { User } from '@harmonium/api/user';
import type { Notification, Notifications, PeerInfo } from '@harmonium/sfu/notification';
import type { Answers, Method, RequestData } from '@harmonium/sfu/request';
import { NO_FLOW } from '../media.ts';
import type { ShareSource } from '../call-state.ts';
import type { Layers, Media, MediaStart, MediaStats } from '../media.ts';
import { SignalProblem } from '../signalling.ts';
import type { Entrance, Signalling, SignallingHooks } from '../signalling.ts';

/** One signalling socket that answers everything and remembers what was asked. */
export class FakeSignalling implements Signalling {
  asked: { method: Method; data: unknown }[] = [];
  isClosed = false;
  /** As when the socket is lost before an answer came. */
  isSilent = false;
  #loseAnswers: (() => void)[] = [];
  readonly entrance: Entrance;
  readonly hooks: SignallingHooks;
  constructor(entrance: Entrance, hooks: SignallingHooks) {
    this.entrance = entrance;
    this.hooks = hooks;
  }
  lose(code: number): void {
    for (const lose of this.#loseAnswers) lose();
    this.hooks.onClose(code);
  }
  request = <M extends Method>(method: M, data: RequestData<M>): Promise<Answers[M]> => {
    this.asked.push({ method, data });
    if (this.isSilent) {
      return new Promise((_, reject) => {
        this.#loseAnswers.push(() => reject(new SignalProblem('lost', method)));
      });
    }
    return Promise.resolve({} as Answers[M]); // No test reads what the fake answers.
  };
  check(): void {}
  close(): void {
    this.isClosed = true;
  }
  tell(notification: Notification): void {
    this.hooks.onNotification(notification);
  }
  last(method: Method): unknown {
    return this.asked.findLast((request) => request.method === method)?.data;
  }
}

/** Sound that goes nowhere; says what it was told. */
export class FakeMedia implements Media {
  isSending = false;
  isMuted = false;
  /** Muted before anything was sent. */
  wasMutedFirst = false;
  isDeafened = false;
  isClosed = false;
  heard = new Set<string>();
  gains = new Map<string, number>();
  lossByProducer = new Map<string, number>();
  sendFails = false;
  shareFails = false;
  sharing = new Map<ShareSource, MediaStreamTrack>();
  watched = new Set<string>();
  layers = new Map<string, Layers>();
  readonly start: MediaStart;
  constructor(start: MediaStart) {
    this.start = start;
  }
  send(): Promise<void> {
    if (this.sendFails) return Promise.reject(new Error('no packet got through'));
    this.isSending = true;
    this.wasMutedFirst = this.isMuted;
    return Promise.resolve();
  }
  setMuted(muted: boolean): Promise<void> {
    this.isMuted = muted;
    return Promise.resolve();
  }
  receive(producerId: string, gain: number): Promise<void> {
    this.heard.add(producerId);
    this.gains.set(producerId, gain);
    return Promise.resolve();
  }
  setGain(producerId: string, gain: number): void {
    this.gains.set(producerId, gain);
  }
  share(source: ShareSource, track: MediaStreamTrack): Promise<string> {
    if (this.shareFails) return Promise.reject(new Error('the sfu refused it'));
    this.sharing.set(source, track);
    return Promise.resolve(`own-${source}`);
  }
  unshare(source: ShareSource): Promise<void> {
    this.sharing.delete(source);
    return Promise.resolve();
  }
  watch(producerId: string): Promise<MediaStreamTrack> {
    this.watched.add(producerId);
    return Promise.resolve({ id: producerId } as MediaStreamTrack); // Nobody looks at it in Node.
  }
  unwatch(producerId: string): void {
    this.watched.delete(producerId);
  }
  setLayers(producerId: string, layers: Layers): void {
    this.layers.set(producerId, layers);
  }
  forget(producerId: string): void {
    this.watched.delete(producerId);
    this.heard.delete(producerId);
  }
  setDeafened(deafened: boolean): void {
    this.isDeafened = deafened;
  }
  setSpeaker(): void {}
  playBlocked(): void {}
  mended: boolean[] = [];
  mend(isOtherNetwork: boolean): void {
    this.mended.push(isOtherNetwork);
  }
  stats(): Promise<MediaStats> {
    return Promise.resolve({
      roundTripMs: 24,
      loss: 0,
      sent: NO_FLOW,
      received: NO_FLOW,
      lossByProducer: this.lossByProducer,
    });
  }
  close(): void {
    this.isClosed = true;
  }
}

export function peer(id: string, username: string): PeerInfo {
  return {
    id,
    user: User.parse({ id: `9${id}`, username, avatar: null }),
    muted: false,
    deafened: false,
    serverMuted: false,
    serverDeafened: false,
    producers: [{ id: `voice-of-${id}`, kind: 'audio', source: 'mic', paused: false }],
  };
}

/** A place of which most does not matter. */
const PLACE = {
  peerId: 'me',
  resumeToken: 'token',
  stage: [],
  iceServers: [],
  canSpeak: true,
  canStream: true,
  serverMuted: false,
  serverDeafened: false,
};

export function waiting(): Notification {
  return { method: 'waiting', data: { routerRtpCapabilities: {}, iceServers: [] } };
}

export function entered(peers: PeerInfo[]): Notification {
  return { method: 'entered', data: { ...PLACE, peers } };
}

export function resumed(
  peers: PeerInfo[],
  changes: Partial<Notifications['resumed']> = {},
): Notification {
  const own = { transportIds: [], producers: [], consumers: [] };
  return { method: 'resumed', data: { ...PLACE, ...own, peers, ...changes } };
}

export function welcome(
  peers: PeerInfo[] = [],
  canSpeak = true,
  changes: Partial<Notifications['welcome']> = {},
): Notification {
  const data = { ...PLACE, routerRtpCapabilities: {}, peers, canSpeak, ...changes };
  return { method: 'welcome', data };
}
