import { ApiProblem } from '@harmonium/api/client';
import type { ServerVoice, VoiceTicket } from '@harmonium/api/voice';
import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import type { Notification, Notifications, PeerInfo } from '@harmonium/sfu/notification';
import type { Backoff } from '../room/backoff.ts';
import { qualityOf } from './media.ts';
import type { Media, MediaStats, StartMedia } from './media.ts';
import type { Line, Microphone, MicrophoneProblem } from './microphone.ts';
import type { Signalling, SignallingHooks } from './signalling.ts';
import type { Cue } from './sound/cues.ts';

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

export interface CallState {
  phase: CallPhase;
  failure?: CallFailure | undefined;
  /** The server's own sentence on the failure, where it has one. */
  reason?: string | undefined;
  channelId: string;
  muted: boolean;
  deafened: boolean;
  /** A moderator muted this member. */
  serverMuted: boolean;
  /** A moderator deafened this member. */
  serverDeafened: boolean;
  /** False: listening only, by permission. */
  canSpeak: boolean;
  microphone: 'opening' | 'on' | MicrophoneProblem;
  /** The name of the device one speaks through; empty while there is none. */
  microphoneName: string;
  /** The browser waits for a click before it plays. */
  soundBlocked: boolean;
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
}

export interface CallDeps {
  ticket: (channelId: string) => Promise<VoiceTicket>;
  signal: (address: { url: string; ticket: string }, hooks: SignallingHooks) => Signalling;
  startMedia: StartMedia;
  microphone: () => Promise<Microphone>;
  speaker: () => string;
  /** How loud somebody is to be heard: 0 not at all, 1 as they are. */
  gainOf: (userId: string) => number;
  backoff: Backoff;
  onChange: (state: CallState) => void;
  onCue: (cue: Cue) => void;
  /** One speaks through another microphone, since the one before went away. */
  onOtherMicrophone: (name: string) => void;
}

export interface CallStart {
  channelId: string;
  muted: boolean;
  deafened: boolean;
}

/** Attempts before the first connection is given up; a call that once stood is tried for ever. */
const FIRST_ATTEMPTS = 3;
const STATS_EVERY_MS = 2_000;
/** From this share of lost packets on words are missing. */
const WEAK_FROM_LOSS = 0.08;

/** Being in one call: from the click to the leave, through lost sockets and moved nodes. */
export class Call {
  #state: CallState;
  #deps: CallDeps;
  #peers = new Map<string, PeerInfo>();
  #signalling: Signalling | undefined;
  #media: Media | undefined;
  #line: Line | undefined;
  #statsTimer: ReturnType<typeof setInterval> | undefined;
  /** Grows with each attempt: what an earlier one still brings is not wanted any more. */
  #attempt = 0;
  /** Grows each time a microphone is asked for or given up. */
  #opening = 0;
  #failures = 0;
  #stood = false;

  constructor(start: CallStart, deps: CallDeps) {
    this.#deps = deps;
    this.#state = {
      ...start,
      phase: 'connecting',
      serverMuted: false,
      serverDeafened: false,
      canSpeak: true,
      microphone: 'opening',
      microphoneName: '',
      soundBlocked: false,
      roundTripMs: undefined,
      quality: 0,
      levels: {},
      stats: undefined,
      weak: [],
      moderated: {},
    };
  }

  get state(): CallState {
    return this.#state;
  }

  /** Connects; also what a failed call does when it is tried again. */
  async start(): Promise<void> {
    this.#failures = 0;
    this.#change({ phase: 'connecting', failure: undefined, reason: undefined });
    await this.#connect();
  }

  leave(): void {
    if (this.#state.phase === 'connected') this.#deps.onCue('left');
    this.#attempt++;
    this.#signalling?.request('leave', {}).catch(() => {
      // Gone already, which is what was asked for.
    });
    this.#disconnect();
    this.#closeMicrophone();
  }

  setMuted(muted: boolean): void {
    // Speaking while deaf is a trap: unmuting also opens the ears.
    this.#setVoice(muted, muted ? this.#state.deafened : false);
  }

  setDeafened(deafened: boolean): void {
    this.#setVoice(this.#state.muted, deafened);
  }

  async changeMicrophone(): Promise<void> {
    this.#closeMicrophone();
    await this.#openMicrophone();
  }

  /** Hears somebody as loud as was chosen for them. */
  changeGain(userId: string): void {
    const gain = this.#deps.gainOf(userId);
    for (const peer of this.#peers.values()) {
      if (peer.user.id !== userId) continue;
      for (const producer of peer.producers) this.#media?.setGain(producer.id, gain);
    }
  }

  changeSpeaker(): void {
    this.#media?.setSpeaker(this.#deps.speaker());
  }

  playBlocked(): void {
    this.#media?.playBlocked();
    this.#change({ soundBlocked: false });
  }

  /** The network is said to have changed: find out now rather than at the next ping. */
  handleNetworkChange(): void {
    this.#deps.backoff.wake();
    this.#signalling?.check();
  }

  handleNotification(notification: Notification): void {
    switch (notification.method) {
      case 'welcome':
        void this.#enter(notification.data);
        return;
      case 'peerJoined':
        this.#meet(notification.data.peer);
        this.#deps.onCue('joined');
        return;
      case 'peerLeft':
        this.#part(notification.data.peerId);
        this.#deps.onCue('left');
        return;
      case 'newProducer':
        this.#produce(notification.data);
        return;
      case 'producerClosed':
        this.#unproduce(notification.data);
        return;
      case 'speaking':
        this.#setLevel(notification.data.peerId, notification.data.level);
        return;
      case 'permissions':
        this.#permit(notification.data.canSpeak);
        return;
      case 'serverMuted':
        this.#change({
          serverMuted: notification.data.muted,
          serverDeafened: notification.data.deafened,
        });
        this.#applyDeafen();
        void this.#applyMute();
        return;
      case 'moved':
        this.#change({ channelId: notification.data.channelId });
        this.#reconnect();
        return;
      case 'nodeClosing':
        this.#reconnect();
        return;
      // Nothing comes back by a token yet, and no call is large.
      case 'resumed':
      case 'stageOpened':
      case 'stageChanged':
        return;
      case 'peerState':
        this.#remember(notification.data);
        return;
      case 'producerPaused':
        // Who is muted comes by the server room, also to those outside of the call.
        return;
    }
  }

  handleClose(code: number): void {
    if (code === VOICE_CLOSE_CODES.replaced.code) this.#fail('replaced');
    else if (code === VOICE_CLOSE_CODES.access_lost.code) this.#fail('access_lost');
    else if (code === VOICE_CLOSE_CODES.disconnected.code) this.#fail('disconnected');
    else this.#reconnect();
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    const isCurrent = () => attempt === this.#attempt;
    await this.#deps.backoff.wait();
    if (!isCurrent()) return;
    try {
      // The browser may ask its user first: until then one listens.
      if (this.#line === undefined) void this.#openMicrophone();
      const address = await this.#deps.ticket(this.#state.channelId);
      if (!isCurrent()) return;
      this.#signalling = this.#deps.signal(address, {
        onNotification: (notification) => isCurrent() && this.handleNotification(notification),
        onClose: (code) => isCurrent() && this.handleClose(code),
      });
    } catch (problem) {
      if (!isCurrent()) return;
      const failure = failureOf(problem);
      // A server that starts again has no voice for a moment.
      const isPassing = failure === 'unavailable' && this.#stood;
      if (failure === undefined || isPassing) this.#reconnect();
      else this.#fail(failure, failure === 'unavailable' ? reasonOf(problem) : undefined);
    }
  }

  async #enter(welcome: Notifications['welcome']): Promise<void> {
    const attempt = this.#attempt;
    const signalling = this.#signalling;
    if (signalling === undefined) return;
    this.#peers = new Map(welcome.peers.map((peer) => [peer.id, peer]));
    const { canSpeak, serverMuted, serverDeafened } = welcome;
    this.#change({ canSpeak, serverMuted, serverDeafened, levels: {}, moderated: {} });
    for (const peer of this.#peers.values()) this.#changeModerated(peer);
    try {
      const media = await this.#deps.startMedia({
        welcome,
        request: signalling.request,
        speaker: this.#deps.speaker(),
        hooks: {
          onFailed: () => attempt === this.#attempt && this.#reconnect(),
          onSoundBlocked: () => this.#change({ soundBlocked: true }),
        },
      });
      if (attempt !== this.#attempt) {
        media.close();
        return;
      }
      this.#media = media;
      this.#applyDeafen();
      this.#tell();
      for (const peer of this.#peers.values()) {
        for (const producer of peer.producers) this.#hear(peer, producer.id);
      }
      await this.#applyMute();
      await this.#speak();
      if (attempt === this.#attempt) this.#stand();
    } catch {
      if (attempt !== this.#attempt) return;
      if (this.#stood || ++this.#failures < FIRST_ATTEMPTS) this.#reconnect();
      else this.#fail('no_media');
    }
  }

  #stand(): void {
    this.#deps.onCue('joined');
    this.#stood = true;
    this.#failures = 0;
    this.#deps.backoff.reset();
    this.#change({ phase: 'connected' });
    clearInterval(this.#statsTimer);
    this.#statsTimer = setInterval(() => void this.#measure(), STATS_EVERY_MS);
    void this.#measure();
  }

  #reconnect(): void {
    this.#disconnect();
    if (!this.#stood && ++this.#failures >= FIRST_ATTEMPTS) return this.#fail('unreachable');
    if (this.#state.phase === 'connected') this.#deps.onCue('lost');
    this.#change({ phase: this.#stood ? 'reconnecting' : 'connecting' });
    void this.#connect();
  }

  #fail(failure: CallFailure, reason?: string): void {
    if (this.#stood) this.#deps.onCue('lost');
    this.#attempt++;
    this.#disconnect();
    this.#closeMicrophone();
    this.#change({ phase: 'failed', failure, reason });
  }

  #disconnect(): void {
    clearInterval(this.#statsTimer);
    this.#signalling?.close();
    this.#signalling = undefined;
    this.#media?.close();
    this.#media = undefined;
    this.#peers.clear();
    this.#change({ levels: {}, quality: 0, roundTripMs: undefined, stats: undefined, weak: [] });
  }

  async #openMicrophone(isReplacing = false): Promise<void> {
    const opening = ++this.#opening;
    this.#change({ microphone: 'opening' });
    const { line, problem } = await this.#deps.microphone();
    // Left, or another one was asked for, while the browser still asked its user.
    if (opening !== this.#opening) return line?.close();
    if (line === undefined) return this.#change({ microphone: problem, microphoneName: '' });
    this.#line = line;
    line.onEnded(() => void this.#replaceMicrophone(line));
    this.#change({ microphone: 'on', microphoneName: line.label });
    if (isReplacing) this.#deps.onOtherMicrophone(line.label);
    if (this.#state.phase !== 'connected') return;
    await this.#speak().catch(() => this.#reconnect());
  }

  /** Unplugged in mid-call: another one may do. */
  async #replaceMicrophone(lost: Line): Promise<void> {
    if (lost !== this.#line) return;
    this.#closeMicrophone();
    await this.#openMicrophone(true);
  }

  async #speak(): Promise<void> {
    if (this.#line !== undefined && this.#state.canSpeak) await this.#media?.send(this.#line.track);
  }

  /** What was sent before goes on by itself; who could not speak at first begins now. */
  #permit(canSpeak: boolean): void {
    if (canSpeak === this.#state.canSpeak) return;
    this.#change({ canSpeak });
    if (!canSpeak || this.#state.phase !== 'connected') return;
    void this.#speak().catch(() => this.#reconnect());
  }

  #closeMicrophone(): void {
    this.#opening++;
    this.#line?.close();
    this.#line = undefined;
  }

  #setVoice(muted: boolean, deafened: boolean): void {
    this.#change({ muted, deafened });
    this.#applyDeafen();
    void this.#applyMute();
    this.#tell();
  }

  #applyDeafen(): void {
    this.#media?.setDeafened(this.#state.deafened || this.#state.serverDeafened);
  }

  /** Who is deaf does not speak either. */
  async #applyMute(): Promise<void> {
    const { muted, deafened, serverMuted } = this.#state;
    try {
      await this.#media?.setMuted(muted || deafened || serverMuted);
    } catch {
      // The socket is going: the next connection starts with this state.
    }
  }

  #tell(): void {
    const { muted, deafened } = this.#state;
    this.#signalling?.request('setState', { muted: muted || deafened, deafened }).catch(() => {
      // Told again after the reconnect that follows.
    });
  }

  #meet(peer: PeerInfo): void {
    this.#peers.set(peer.id, peer);
    this.#changeModerated(peer);
    for (const producer of peer.producers) this.#hear(peer, producer.id);
  }

  #remember({ peerId, ...state }: Notifications['peerState']): void {
    const peer = this.#peers.get(peerId);
    if (peer !== undefined) this.#changeModerated(Object.assign(peer, state));
  }

  #changeModerated({ user, serverMuted: muted, serverDeafened: deafened }: PeerInfo): void {
    const { [user.id]: before, ...others } = this.#state.moderated;
    if (before?.muted === muted && before.deafened === deafened) return;
    if (before === undefined && !muted && !deafened) return;
    const now = muted || deafened ? { [user.id]: { muted, deafened } } : {};
    this.#change({ moderated: { ...others, ...now } });
  }

  #produce({ peerId, producer }: Notifications['newProducer']): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.producers.push(producer);
    this.#hear(peer, producer.id);
  }

  #unproduce({ peerId, producerId }: Notifications['producerClosed']): void {
    this.#media?.forget(producerId);
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.producers = peer.producers.filter((producer) => producer.id !== producerId);
  }

  #part(peerId: string): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    this.#setLevel(peerId, 0);
    for (const producer of peer.producers) this.#media?.forget(producer.id);
    this.#peers.delete(peerId);
  }

  #hear(peer: PeerInfo, producerId: string): void {
    this.#media?.receive(producerId, this.#deps.gainOf(peer.user.id)).catch(() => {
      // Closed between the notification and the request; whatever else is wrong ends the transport.
    });
  }

  #setLevel(peerId: string, level: number): void {
    const userId = this.#peers.get(peerId)?.user.id;
    if (userId !== undefined) {
      this.#change({ levels: { ...this.#state.levels, [userId]: level } });
    }
  }

  async #measure(): Promise<void> {
    const media = this.#media;
    const stats = await media?.stats();
    if (stats === undefined || media !== this.#media) return;
    const weak = [...this.#peers.values()].filter((peer) =>
      peer.producers.some(({ id }) => (stats.lossByProducer.get(id) ?? 0) > WEAK_FROM_LOSS),
    );
    this.#change({
      roundTripMs: stats.roundTripMs,
      quality: qualityOf(stats),
      stats,
      weak: weak.map((peer) => peer.user.id),
    });
  }

  #change(change: Partial<CallState>): void {
    this.#state = { ...this.#state, ...change };
    this.#deps.onChange(this.#state);
  }
}

/** What trying again cannot mend. */
function failureOf(problem: unknown): CallFailure | undefined {
  if (!(problem instanceof ApiProblem)) return undefined;
  if (problem.code === 'voice_unavailable') return 'unavailable';
  return [401, 403, 404].includes(problem.status) ? 'denied' : undefined;
}

/** Why this instance has no voice is known to it alone: it is being prepared, or what it lacks. */
function reasonOf(problem: unknown): string | undefined {
  const words = problem instanceof ApiProblem ? problem.body?.error.message : undefined;
  return words === '' ? undefined : words;
}
