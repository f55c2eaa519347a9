import type { VoiceTicketClaims } from '@harmonium/api/ticket';
import { hasPermission, Permission, type PermissionName } from '@harmonium/api/permissions';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import type { VoiceCloseReason } from '../contract/close-codes.ts';
import type {
  NotificationMethod,
  Notifications,
  PeerInfo,
  ProducerInfo,
} from '../contract/notification.ts';
import type { Source } from '../contract/request.ts';
import type { Branch } from './branches.ts';
import type { MediaConsumer, MediaProducer, MediaTransport } from './media.ts';
import type { Slot } from './stage/stage.ts';

/** Why a peer's connection ended; `left` is the peer's own wish. */
export type PeerEnd = VoiceCloseReason | 'left';

/** A signalling socket, whatever carries it. */
export interface SignalLink {
  send(text: string): void;
  close(end: PeerEnd): void;
}

/** What sending something needs. */
export const NEEDED = {
  mic: 'SPEAK',
  screenAudio: 'SPEAK',
  camera: 'STREAM',
  screen: 'STREAM',
} as const satisfies Record<Source, PermissionName>;

const AUDIBLE: ReadonlySet<Source> = new Set(['mic', 'screenAudio']);

export type Direction = 'send' | 'recv';

/** What a peer sends, as the call knows it. */
export interface Produced {
  readonly media: MediaProducer;
  readonly source: Source;
  /** By the peer itself; what it may not send and a muted microphone are paused all the same. */
  pausedByPeer: boolean;
}

/** What a peer is sent. */
export interface Consumed {
  readonly media: MediaConsumer;
  readonly source: Source;
  /** When it is one of the stage, which changes its voice. */
  readonly slot?: Slot | undefined;
  /** By the peer; to who is deafened no sound is sent all the same. */
  isWanted: boolean;
}

interface PeerOptions {
  ticket: VoiceTicketClaims;
  link: SignalLink;
  branch: Branch;
  now: number;
  onClose: (peer: Peer) => void;
}

/**
 * One user's presence in one call. Leave, a socket that was lost for good, kick and crash are one
 * path: `close`.
 */
export class Peer {
  readonly id = crypto.randomUUID();
  readonly ticket: VoiceTicketClaims;
  /** Where its media is. */
  readonly branch: Branch;
  readonly transports = new Map<Direction, MediaTransport>();
  readonly producers = new Map<string, Produced>();
  readonly consumers = new Map<string, Consumed>();
  /** By themselves. */
  muted = false;
  deafened = false;
  /** By a moderator. */
  serverMuted: boolean;
  serverDeafened: boolean;
  closed = false;
  /** Settles when what its socket asked for so far was done. */
  idle: () => Promise<void> = () => Promise.resolve();
  readonly #since: string;
  #permissions: bigint;
  /** Undefined while the socket is lost. */
  #link: SignalLink | undefined;
  /** The youngest first. The one before is good, too: whether the youngest arrived nobody knows. */
  #resumeSecrets: string[] = [];
  #graceTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #onClose: (peer: Peer) => void;

  constructor(options: PeerOptions) {
    this.ticket = options.ticket;
    this.branch = options.branch;
    this.#permissions = BigInt(options.ticket.permissions);
    this.#since = new Date(options.now).toISOString();
    this.serverMuted = options.ticket.serverMuted === true;
    this.serverDeafened = options.ticket.serverDeafened === true;
    this.#onClose = options.onClose;
    this.attach(options.link);
  }

  get userId(): string {
    return this.ticket.user.id;
  }

  may(permission: PermissionName): boolean {
    return hasPermission(this.#permissions, Permission[permission]);
  }

  permit(permissions: bigint): void {
    this.#permissions = permissions;
  }

  notify<M extends NotificationMethod>(method: M, data: Notifications[M]): void {
    this.send({ method, data });
  }

  send(message: object): void {
    this.sendText(JSON.stringify(message));
  }

  /** For what many are told: made text once. */
  sendText(text: string): void {
    if (!this.closed) this.#link?.send(text);
  }

  /** From now on this socket is the peer's; one before it is cut. */
  attach(link: SignalLink): void {
    clearTimeout(this.#graceTimer);
    this.#link?.close('replaced');
    this.#link = link;
    this.#resumeSecrets = [crypto.randomUUID(), ...this.#resumeSecrets.slice(0, 1)];
  }

  /** The socket is gone without having said so: its user may come back within `graceMs`. */
  lose(link: SignalLink, graceMs: number): void {
    if (this.closed || this.#link !== link) return;
    this.#link = undefined;
    this.#graceTimer = setTimeout(() => this.close('timed_out'), graceMs);
  }

  /** What the user shows to come back; names call and peer, so that it is found without a list. */
  get resumeToken(): string {
    return [this.ticket.channelId, this.id, this.#resumeSecrets[0]].join('.');
  }

  isResumedBy(secret: string): boolean {
    return !this.closed && this.knows(secret);
  }

  /** Given to this peer's user, also when the peer is gone by now. */
  knows(secret: string): boolean {
    return this.#resumeSecrets.includes(secret);
  }

  /** The transport of that id and its direction. */
  transport(id: string): MediaTransport | undefined {
    return [...this.transports.values()].find((transport) => transport.id === id);
  }

  /** What of this source is sent goes to nobody. */
  isSilenced(source: Source): boolean {
    if (!this.may(NEEDED[source]) || (source === 'mic' && this.muted)) return true;
    return this.serverMuted && AUDIBLE.has(source);
  }

  isPaused(produced: Produced): boolean {
    return produced.pausedByPeer || this.isSilenced(produced.source);
  }

  /** As others see it: whoever may not speak is not heard either. */
  get isMuted(): boolean {
    return this.isSilenced('mic');
  }

  get isDeafened(): boolean {
    return this.deafened || this.serverDeafened;
  }

  /** Brings what the peer is sent in line with what it wants and may hear. */
  async applyEars(consumed: Consumed): Promise<void> {
    await (this.isSent(consumed) ? consumed.media.resume() : consumed.media.pause());
  }

  isSent({ media, isWanted, slot }: Consumed): boolean {
    if (!isWanted || (this.isDeafened && media.kind === 'audio')) return false;
    // Nobody hears themselves.
    return slot?.peerId !== this.id;
  }

  /** The slot began or ceased to carry this peer's own voice. */
  applySlot(slot: Slot): void {
    for (const consumed of this.consumers.values()) {
      // A consumer that ends meanwhile has nothing to bring in line.
      if (consumed.slot === slot) this.applyEars(consumed).catch(() => undefined);
    }
  }

  stopHearing(isMeant: (consumed: Consumed) => boolean): void {
    for (const [id, consumed] of this.consumers) {
      if (!isMeant(consumed)) continue;
      consumed.media.close();
      this.consumers.delete(id);
    }
  }

  describe(produced: Produced): ProducerInfo {
    return {
      id: produced.media.id,
      kind: produced.media.kind,
      source: produced.source,
      paused: this.isPaused(produced),
    };
  }

  info(): PeerInfo {
    return {
      id: this.id,
      user: this.ticket.user,
      ...this.voice,
      producers: this.described,
    };
  }

  /** As others are told of it. */
  get voice(): Pick<PeerInfo, 'muted' | 'deafened' | 'serverMuted' | 'serverDeafened'> {
    const { isMuted, isDeafened, serverMuted, serverDeafened } = this;
    return { muted: isMuted, deafened: isDeafened, serverMuted, serverDeafened };
  }

  get described(): ProducerInfo[] {
    return [...this.producers.values()].map((produced) => this.describe(produced));
  }

  #shows(source: Source): boolean {
    return [...this.producers.values()].some(
      (produced) => produced.source === source && !this.isPaused(produced),
    );
  }

  state(speaking: boolean): VoiceState {
    return {
      channelId: this.ticket.channelId,
      user: this.ticket.user,
      muted: this.isMuted,
      deafened: this.isDeafened,
      ...(this.serverMuted ? { serverMuted: true as const } : {}),
      ...(this.serverDeafened ? { serverDeafened: true as const } : {}),
      speaking,
      ...(this.#shows('camera') ? { video: true as const } : {}),
      ...(this.#shows('screen') ? { screen: true as const } : {}),
      since: this.#since,
    };
  }

  close(end: PeerEnd): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.#graceTimer);
    for (const transport of this.transports.values()) transport.close();
    this.#link?.close(end);
    this.#onClose(this);
  }
}
