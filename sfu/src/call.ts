import type { Snowflake } from '@harmonium/api/ids';
import type { VoiceTicketClaims } from '@harmonium/api/ticket';
import type { NotificationMethod, Notifications } from '../contract/notification.ts';
import type { Levels, MediaRouter } from './media.ts';
import { Peer, type PeerEnd, type Produced, type SignalLink } from './peer.ts';
import type { VoiceEvent } from './room-feed.ts';
import { SpeakingMeter } from './speaking.ts';

/** Changes of one voice state that leave as one. */
const COALESCE_MS = 150;
/** Rounds of falling levels after the last one was heard. */
const RELEASE_ROUND_MS = 125;
/** Levels come each 250 ms while somebody speaks; later than this, nobody does. */
const LEVELS_LATE_MS = 400;

export type IceServers = Notifications['welcome']['iceServers'];

interface CallOptions {
  channelId: Snowflake;
  router: MediaRouter;
  iceServers: IceServers;
  now: () => number;
  /** Told to the server's room. */
  publish: (event: VoiceEvent) => void;
  /** After each join and leave, with the number of peers. */
  onSize: (size: number) => void;
}

/** The people in one voice channel, and what they send each other. */
export class Call {
  readonly channelId: Snowflake;
  readonly router: MediaRouter;
  closed = false;
  readonly #options: CallOptions;
  readonly #peers = new Map<string, Peer>();
  readonly #speakers = new Map<string, Peer>();
  /** Who was told to be speaking. */
  readonly #spoke = new WeakSet<Peer>();
  /** Whose voice state is told soon. */
  readonly #changed = new Set<Peer>();
  readonly #meter = new SpeakingMeter((peerId, level) => this.#onLevel(peerId, level));
  /** The call is not over when the one who joins replaces the only one in it. */
  #joining = false;
  #publishTimer: ReturnType<typeof setTimeout> | undefined;
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CallOptions) {
    this.channelId = options.channelId;
    this.router = options.router;
    this.#options = options;
    this.router.onLevels((levels) => this.#hear(levels));
    this.router.onOnset((producerId, dBov) => this.#startToHear(producerId, dBov));
  }

  get peers(): Iterable<Peer> {
    return this.#peers.values();
  }

  get size(): number {
    return this.#peers.size;
  }

  /** A user is in a call once: an older connection of the same user is closed. */
  join(ticket: VoiceTicketClaims, link: SignalLink): Peer {
    this.#joining = true;
    this.#peerOf(ticket.user.id)?.close('replaced');
    this.#joining = false;

    const peer = new Peer({
      ticket,
      link,
      now: this.#options.now(),
      onClose: (closed) => this.#left(closed),
    });
    peer.notify('welcome', {
      peerId: peer.id,
      routerRtpCapabilities: this.router.rtpCapabilities,
      peers: [...this.#peers.values()].map((other) => other.info()),
      iceServers: this.#options.iceServers,
      canSpeak: peer.may('SPEAK'),
    });
    this.#peers.set(peer.id, peer);
    this.tellOthers(peer, 'peerJoined', { peer: peer.info() });
    this.#options.publish({ type: 'voice.joined', state: peer.state(false) });
    this.#options.onSize(this.#peers.size);
    return peer;
  }

  /** What somebody in this call sends, with its sender. */
  findProducer(id: string): { sender: Peer; produced: Produced } | undefined {
    for (const sender of this.#peers.values()) {
      const produced = sender.producers.get(id);
      if (produced) return { sender, produced };
    }
    return undefined;
  }

  tellOthers<M extends NotificationMethod>(from: Peer, method: M, data: Notifications[M]): void {
    this.#tell(method, data, from);
  }

  /** A microphone's levels light its peer's ring. */
  async listenTo(peer: Peer, produced: Produced): Promise<void> {
    this.#speakers.set(produced.media.id, peer);
    await this.router.listenTo(produced.media);
  }

  closeProducer(peer: Peer, produced: Produced): void {
    produced.media.close();
    peer.producers.delete(produced.media.id);
    if (this.#speakers.delete(produced.media.id)) this.#meter.silence(peer.id);
    this.tellOthers(peer, 'producerClosed', { peerId: peer.id, producerId: produced.media.id });
  }

  /** Brings the media in line with what the peer wants of it, and tells the others. */
  async applyPause(peer: Peer, produced: Produced): Promise<void> {
    const paused = peer.isPaused(produced);
    if (paused && this.#speakers.has(produced.media.id)) this.#meter.silence(peer.id);
    await (paused ? produced.media.pause() : produced.media.resume());
    this.tellOthers(peer, 'producerPaused', {
      peerId: peer.id,
      producerId: produced.media.id,
      paused,
    });
  }

  stateChanged(peer: Peer): void {
    this.tellOthers(peer, 'peerState', {
      peerId: peer.id,
      muted: peer.muted,
      deafened: peer.deafened,
    });
    this.#publishSoon(peer);
  }

  snapshot(): VoiceEvent {
    const states = [...this.#peers.values()].map((peer) =>
      peer.state(this.#meter.isSpeaking(peer.id)),
    );
    return { type: 'voice.snapshot', channelId: this.channelId, states };
  }

  /** Ends the call for everyone. */
  close(end: PeerEnd): void {
    if (this.closed) return;
    this.closed = true;
    for (const peer of this.#peers.values()) peer.close(end);
    clearTimeout(this.#publishTimer);
    clearTimeout(this.#releaseTimer);
    this.router.close();
  }

  #tell<M extends NotificationMethod>(method: M, data: Notifications[M], except?: Peer): void {
    const text = JSON.stringify({ method, data });
    for (const peer of this.#peers.values()) if (peer !== except) peer.sendText(text);
  }

  #peerOf(userId: string): Peer | undefined {
    return [...this.#peers.values()].find((peer) => peer.userId === userId);
  }

  #left(peer: Peer): void {
    if (!this.#peers.delete(peer.id)) return;
    for (const id of peer.producers.keys()) this.#speakers.delete(id);
    this.#changed.delete(peer);
    this.#meter.silence(peer.id);
    this.tellOthers(peer, 'peerLeft', { peerId: peer.id });
    const { channelId, user } = peer.ticket;
    this.#options.publish({ type: 'voice.left', channelId, userId: user.id });
    if (!this.#joining) this.#options.onSize(this.#peers.size);
  }

  #hear(byProducer: Levels): void {
    const byPeer = new Map<string, number>();
    for (const [producerId, dBov] of byProducer) {
      const peer = this.#speakers.get(producerId);
      if (peer && !peer.muted) byPeer.set(peer.id, dBov);
    }
    this.#meter.update(byPeer);
    this.#releaseAfter(byPeer.size > 0 ? LEVELS_LATE_MS : RELEASE_ROUND_MS);
  }

  #startToHear(producerId: string, dBov: number): void {
    const peer = this.#speakers.get(producerId);
    if (!peer || peer.muted) return;
    this.#meter.raise(peer.id, dBov);
    this.#releaseAfter(LEVELS_LATE_MS);
  }

  /** mediasoup tells of silence once; levels fall in rounds of our own. */
  #releaseAfter(milliseconds: number): void {
    clearTimeout(this.#releaseTimer);
    if (!this.#meter.active || this.closed) return;
    this.#releaseTimer = setTimeout(() => this.#hear(new Map()), milliseconds);
  }

  #onLevel(peerId: string, level: number): void {
    this.#tell('speaking', { peerId, level });
    const peer = this.#peers.get(peerId);
    if (peer && this.#spoke.has(peer) !== level > 0) {
      if (level > 0) this.#spoke.add(peer);
      else this.#spoke.delete(peer);
      this.#publishSoon(peer);
    }
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
        state: peer.state(this.#meter.isSpeaking(peer.id)),
      });
    }
    this.#changed.clear();
  }
}
