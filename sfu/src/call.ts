import type { Snowflake } from '@harmonium/api/ids';
import type { VoiceTicketClaims } from '@harmonium/api/ticket';
import type {
  IceServer,
  NotificationMethod,
  Notifications,
  PeerInfo,
} from '../contract/notification.ts';
import type { PermittedPlace } from '../contract/node.ts';
import type { Source } from '../contract/request.ts';
import { Branches, type Branch } from './branches.ts';
import { Peer, type PeerEnd, type Produced, type SignalLink } from './peer.ts';
import type { VoiceEvent } from './room-feed.ts';
import type { Slot } from './stage/stage.ts';
import { Voices, type StageSettings } from './voices.ts';
import type { WorkerPool, WorkerSlot } from './worker-pool.ts';

/** Changes of one voice state that leave as one. */
const COALESCE_MS = 150;

/** Servers that help a user to connect, with credentials of their own. */
export type IceServersFor = (userId: string) => IceServer[];

interface CallOptions {
  channelId: Snowflake;
  workers: WorkerPool;
  stage: StageSettings;
  iceServersFor: IceServersFor;
  now: () => number;
  /** Told to the server's room. */
  publish: (event: VoiceEvent) => void;
  /** The last one left. */
  onEmpty: () => void;
  /** It goes on with the workers it has. */
  onFailure: (error: unknown) => void;
}

/** What a peer may be sent. */
interface Offer {
  /** Null: a slot of the stage. */
  sender: Peer | null;
  source: Source;
  slot?: Slot;
  isPaused: () => boolean;
  /** False: it ended meanwhile. */
  isThere: () => boolean;
}

/** What moderators made of somebody. */
type ServerVoice = Pick<PermittedPlace, 'serverMuted' | 'serverDeafened'>;

/** The people in one voice channel, and what they send each other. */
export class Call {
  readonly channelId: Snowflake;
  readonly branches: Branches;
  readonly voices: Voices;
  closed = false;
  readonly #options: CallOptions;
  readonly #peers = new Map<string, Peer>();
  readonly #waiting = new Set<Peer>();
  /** Who was told to be speaking. */
  readonly #spoke = new WeakSet<Peer>();
  /** Whose voice state is told soon. */
  readonly #changed = new Set<Peer>();
  /** The call is not over when the one who joins replaces the only one in it. */
  #joining = false;
  #publishTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CallOptions) {
    this.channelId = options.channelId;
    this.#options = options;
    this.branches = new Branches({
      workers: options.workers,
      onLevels: (levels) => this.#onLevels(levels),
      onFailure: options.onFailure,
    });
    this.voices = new Voices({
      settings: options.stage,
      now: options.now,
      peers: this.#peers,
      branches: () => this.branches.all,
      tell: (method, data) => this.#tell(method, data),
      // What ends with the call is no failure.
      onFailure: (error) => this.closed || options.onFailure(error),
    });
  }

  get peers(): Iterable<Peer> {
    return this.#peers.values();
  }

  get size(): number {
    return this.#peers.size;
  }

  /** Somebody is about to join, or will not: the call stays open for them. */
  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  isWaiting(peer: Peer): boolean {
    return this.#waiting.has(peer);
  }

  /** The longest waiting first. */
  waitingOf(userId: string): Peer[] {
    return [...this.#waiting].filter((peer) => peer.userId === userId);
  }

  join(ticket: VoiceTicketClaims, link: SignalLink, branch: Branch): Peer {
    const peer = this.#create(ticket, link, branch);
    const { rtpCapabilities } = branch.router;
    this.#admit(peer, () => {
      peer.notify('welcome', { ...this.#placeOf(peer), routerRtpCapabilities: rtpCapabilities });
    });
    return peer;
  }

  /** Somebody makes ready to `enter`; until then nobody knows of them, and they know nobody. */
  await(ticket: VoiceTicketClaims, link: SignalLink, branch: Branch): Peer {
    const peer = this.#create(ticket, link, branch);
    this.#waiting.add(peer);
    peer.notify('waiting', {
      routerRtpCapabilities: branch.router.rtpCapabilities,
      iceServers: this.iceServersFor(peer),
    });
    return peer;
  }

  enter(peer: Peer): void {
    this.#waiting.delete(peer);
    this.#admit(peer, () => peer.notify('entered', this.#placeOf(peer)));
  }

  #create(ticket: VoiceTicketClaims, link: SignalLink, branch: Branch): Peer {
    branch.enter();
    return new Peer({
      ticket,
      link,
      branch,
      now: this.#options.now(),
      onClose: (closed) => this.#left(closed),
    });
  }

  /** A user is in a call once: an older connection of the same user is closed. */
  #admit(peer: Peer, greet: () => void): void {
    this.#joining = true;
    this.findUser(peer.userId)?.close('replaced');
    this.#joining = false;
    greet();
    this.#peers.set(peer.id, peer);
    this.tellOthers(peer, 'peerJoined', { peer: peer.info() });
    this.#options.publish({ type: 'voice.joined', state: peer.state(false) });
    this.voices.grow(this.#peers.size);
  }

  /** A user whose socket was lost is back by another one: nobody else sees anything of it. */
  resume(peer: Peer, link: SignalLink): void {
    peer.attach(link);
    peer.notify('resumed', {
      ...this.#placeOf(peer),
      transportIds: [...peer.transports.values()].map(({ id }) => id),
      producers: peer.described,
      consumers: [...peer.consumers.values()].map(({ media: { id, producerId } }) => ({
        id,
        producerId,
      })),
    });
  }

  find(peerId: string): Peer | undefined {
    return this.#peers.get(peerId);
  }

  findUser(userId: string): Peer | undefined {
    return [...this.#peers.values()].find((peer) => peer.userId === userId);
  }

  iceServersFor({ userId }: Peer): IceServer[] {
    return this.#options.iceServersFor(userId);
  }

  /** What of this id there is for a peer, where it can consume it. */
  async offer(peer: Peer, id: string): Promise<Offer | undefined> {
    const slot = await this.voices.slotFor(peer, id);
    if (slot) {
      return { sender: null, source: 'mic', slot, isPaused: () => false, isThere: () => true };
    }
    const found = this.#findProducer(id);
    if (!found || !this.voices.isForwarded(found.produced)) return undefined;
    const { sender, produced } = found;
    // Only who tries the way hears themselves.
    if (sender === peer && peer.ticket.test !== true) return undefined;
    if (sender.branch !== peer.branch) await sender.branch.router.bring(id, peer.branch.router);
    return {
      sender,
      source: produced.source,
      isPaused: () => sender.isPaused(produced),
      isThere: () => this.voices.isForwarded(produced),
    };
  }

  tellOthers<M extends NotificationMethod>(from: Peer, method: M, data: Notifications[M]): void {
    this.#tell(method, data, from);
  }

  /** Tells the others what the peer begins to send, where that is how they come by it. */
  announce(peer: Peer, produced: Produced): void {
    this.markShared(peer, produced);
    if (!this.voices.isAnnounced(produced)) return;
    this.tellOthers(peer, 'newProducer', { peerId: peer.id, producer: peer.describe(produced) });
  }

  closeProducer(peer: Peer, produced: Produced): void {
    produced.media.close();
    peer.producers.delete(produced.media.id);
    this.voices.remove(peer, produced.media.id);
    this.markShared(peer, produced);
    if (!this.voices.isForwarded(produced)) return;
    this.tellOthers(peer, 'producerClosed', { peerId: peer.id, producerId: produced.media.id });
  }

  /** Who sees the channel list is told that a picture came or went. */
  markShared(peer: Peer, produced: Produced): void {
    if (produced.media.kind === 'video') this.#publishSoon(peer);
  }

  /** Brings the media in line with what the peer wants of it, and tells the others. */
  async applyPause(peer: Peer, produced: Produced): Promise<void> {
    const paused = peer.isPaused(produced);
    if (produced.source === 'mic') this.voices.setPaused(peer, produced, paused);
    this.markShared(peer, produced);
    await (paused ? produced.media.pause() : produced.media.resume());
    if (!this.voices.isForwarded(produced)) return;
    this.tellOthers(peer, 'producerPaused', {
      peerId: peer.id,
      producerId: produced.media.id,
      paused,
    });
  }

  /** What the peer may do from now on, and what moderators made of it. */
  async permit(peer: Peer, permissions: bigint, by: ServerVoice): Promise<void> {
    const [spoke, streamed] = [peer.may('SPEAK'), peer.may('STREAM')];
    const { serverMuted, serverDeafened } = peer;
    await this.change(peer, () => {
      peer.permit(permissions);
      peer.serverMuted = by.serverMuted === true;
      peer.serverDeafened = by.serverDeafened === true;
      const [canSpeak, canStream] = [peer.may('SPEAK'), peer.may('STREAM')];
      if (canSpeak !== spoke || canStream !== streamed) {
        peer.notify('permissions', { canSpeak, canStream });
      }
      if (peer.serverMuted !== serverMuted || peer.serverDeafened !== serverDeafened) {
        peer.notify('serverMuted', { muted: peer.serverMuted, deafened: peer.serverDeafened });
      }
    });
  }

  /** Alters what decides who hears whom: the media follows, and everyone is told. */
  async change(peer: Peer, alter: () => void): Promise<void> {
    const sent = [...peer.producers.values()];
    const wasPaused = new Map(sent.map((produced) => [produced, peer.isPaused(produced)]));
    const wasDeafened = peer.isDeafened;
    alter();
    this.#stateChanged(peer);
    const spoken = sent.filter((produced) => peer.isPaused(produced) !== wasPaused.get(produced));
    const heard = peer.isDeafened === wasDeafened ? [] : [...peer.consumers.values()];
    await Promise.all([
      ...spoken.map((produced) => this.applyPause(peer, produced)),
      ...heard.map((consumed) => peer.applyEars(consumed)),
    ]);
  }

  snapshot(): VoiceEvent {
    const states = [...this.#peers.values()].map((peer) =>
      peer.state(peer.branch.rings.isLit(peer.id)),
    );
    return { type: 'voice.snapshot', channelId: this.channelId, states };
  }

  /** A worker died: those it served come back by another one, the others go on. */
  lose(slot: WorkerSlot): void {
    const lost = this.branches.all.find((branch) => branch.isOn(slot));
    if (lost === undefined) return;
    for (const peer of [...this.#peers.values(), ...this.#waiting]) {
      if (peer.branch === lost) peer.close('call_failed');
    }
    if (this.closed) return;
    this.voices.lose(lost);
    this.branches.lose(lost);
  }

  /** Ends the call for everyone. */
  close(end: PeerEnd): void {
    if (this.closed) return;
    this.closed = true;
    for (const peer of [...this.#peers.values(), ...this.#waiting]) peer.close(end);
    clearTimeout(this.#publishTimer);
    this.voices.close();
    this.branches.close();
  }

  #tell<M extends NotificationMethod>(method: M, data: Notifications[M], except?: Peer): void {
    const text = JSON.stringify({ method, data });
    for (const peer of this.#peers.values()) if (peer !== except) peer.sendText(text);
  }

  #placeOf(peer: Peer) {
    const others = [...this.#peers.values()].filter((other) => other !== peer);
    return {
      peerId: peer.id,
      resumeToken: peer.resumeToken,
      peers: others.map((other) => this.#infoOf(other)),
      stage: this.voices.slots,
      iceServers: this.iceServersFor(peer),
      canSpeak: peer.may('SPEAK'),
      canStream: peer.may('STREAM'),
      serverMuted: peer.serverMuted,
      serverDeafened: peer.serverDeafened,
    };
  }

  #infoOf(peer: Peer): PeerInfo {
    const info = peer.info();
    return { ...info, producers: info.producers.filter((each) => this.voices.isAnnounced(each)) };
  }

  #findProducer(id: string): { sender: Peer; produced: Produced } | undefined {
    for (const sender of this.#peers.values()) {
      const produced = sender.producers.get(id);
      if (produced) return { sender, produced };
    }
    return undefined;
  }

  #stateChanged(peer: Peer): void {
    this.tellOthers(peer, 'peerState', { peerId: peer.id, ...peer.voice });
    this.#publishSoon(peer);
  }

  #left(peer: Peer): void {
    if (this.#waiting.delete(peer)) {
      peer.branch.leave();
      return this.#closeIfEmpty();
    }
    if (!this.#peers.delete(peer.id)) return;
    this.#changed.delete(peer);
    for (const id of peer.producers.keys()) this.voices.remove(peer, id);
    this.tellOthers(peer, 'peerLeft', { peerId: peer.id });
    const { channelId, user } = peer.ticket;
    this.#options.publish({ type: 'voice.left', channelId, userId: user.id });
    peer.branch.leave();
    this.#closeIfEmpty();
  }

  #closeIfEmpty(): void {
    if (this.#peers.size === 0 && !this.#joining && !this.isAwaited) this.#options.onEmpty();
  }

  #onLevels(levels: ReadonlyMap<string, number>): void {
    this.#tell('speaking', { levels: Object.fromEntries(levels) });
    for (const [peerId, level] of levels) {
      const peer = this.#peers.get(peerId);
      if (peer && this.#spoke.has(peer) !== level > 0) this.#spokeUp(peer, level > 0);
    }
  }

  #spokeUp(peer: Peer, isHeard: boolean): void {
    if (isHeard) this.#spoke.add(peer);
    else this.#spoke.delete(peer);
    // The first sound of a pause is told at once: a ring that comes late is wrong about who speaks.
    if (isHeard && this.#publishTimer === undefined) this.#publishNow(peer);
    else this.#publishSoon(peer);
  }

  /** What follows within COALESCE_MS leaves as one. */
  #publishNow(peer: Peer): void {
    this.#changed.add(peer);
    this.#publishChanged();
    this.#publishTimer = setTimeout(() => this.#publishChanged(), COALESCE_MS);
  }

  #publishSoon(peer: Peer): void {
    this.#changed.add(peer);
    this.#publishTimer ??= setTimeout(() => this.#publishChanged(), COALESCE_MS);
  }

  #publishChanged(): void {
    this.#publishTimer = undefined;
    for (const peer of this.#changed) {
      this.#options.publish({
        type: 'voice.updated',
        state: peer.state(peer.branch.rings.isLit(peer.id)),
      });
    }
    this.#changed.clear();
  }
}
