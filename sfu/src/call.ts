import type { Snowflake } from '@harmonium/api/ids';
import type { VoiceTicketClaims } from '@harmonium/api/ticket';
import type { NotificationMethod, Notifications } from '../contract/notification.ts';
import type { MediaRouter } from './media.ts';
import { Peer, type PeerEnd, type Produced, type SignalLink } from './peer.ts';
import { Rings } from './rings.ts';
import type { VoiceEvent } from './room-feed.ts';

/** Changes of one voice state that leave as one. */
const COALESCE_MS = 150;

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
  /** Who was told to be speaking. */
  readonly #spoke = new WeakSet<Peer>();
  /** Whose voice state is told soon. */
  readonly #changed = new Set<Peer>();
  readonly #rings: Rings;
  /** The call is not over when the one who joins replaces the only one in it. */
  #joining = false;
  #publishTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: CallOptions) {
    this.channelId = options.channelId;
    this.router = options.router;
    this.#options = options;
    this.#rings = new Rings(this.router, (peerId, level) => this.#onLevel(peerId, level));
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
    await this.#rings.add(peer.id, produced.media, peer.isPaused(produced));
  }

  closeProducer(peer: Peer, produced: Produced): void {
    produced.media.close();
    peer.producers.delete(produced.media.id);
    this.#rings.remove(peer.id, produced.media.id);
    this.tellOthers(peer, 'producerClosed', { peerId: peer.id, producerId: produced.media.id });
  }

  /** Brings the media in line with what the peer wants of it, and tells the others. */
  async applyPause(peer: Peer, produced: Produced): Promise<void> {
    const paused = peer.isPaused(produced);
    if (produced.source === 'mic') this.#rings.setPaused(peer.id, produced.media, paused);
    await (paused ? produced.media.pause() : produced.media.resume());
    this.tellOthers(peer, 'producerPaused', {
      peerId: peer.id,
      producerId: produced.media.id,
      paused,
    });
  }

  /** What the peer may do from now on. */
  async permit(peer: Peer, permissions: bigint): Promise<void> {
    const sent = [...peer.producers.values()];
    const wasPaused = new Map(sent.map((produced) => [produced, peer.isPaused(produced)]));
    peer.permit(permissions);
    const [canSpeak, canStream] = [peer.may('SPEAK'), peer.may('STREAM')];
    peer.notify('permissions', { canSpeak, canStream });
    this.stateChanged(peer);
    for (const [produced, paused] of wasPaused) {
      if (peer.isPaused(produced) !== paused) await this.applyPause(peer, produced);
    }
  }

  stateChanged(peer: Peer): void {
    this.tellOthers(peer, 'peerState', {
      peerId: peer.id,
      muted: peer.isMuted,
      deafened: peer.deafened,
    });
    this.#publishSoon(peer);
  }

  snapshot(): VoiceEvent {
    const states = [...this.#peers.values()].map((peer) => peer.state(this.#rings.isLit(peer.id)));
    return { type: 'voice.snapshot', channelId: this.channelId, states };
  }

  /** Ends the call for everyone. */
  close(end: PeerEnd): void {
    if (this.closed) return;
    this.closed = true;
    for (const peer of this.#peers.values()) peer.close(end);
    clearTimeout(this.#publishTimer);
    this.#rings.close();
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
    this.#changed.delete(peer);
    for (const id of peer.producers.keys()) this.#rings.remove(peer.id, id);
    this.tellOthers(peer, 'peerLeft', { peerId: peer.id });
    const { channelId, user } = peer.ticket;
    this.#options.publish({ type: 'voice.left', channelId, userId: user.id });
    if (!this.#joining) this.#options.onSize(this.#peers.size);
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
        state: peer.state(this.#rings.isLit(peer.id)),
      });
    }
    this.#changed.clear();
  }
}
