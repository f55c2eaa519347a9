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
import type { MediaConsumer, MediaProducer, MediaTransport } from './media.ts';

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

export type Direction = 'send' | 'recv';

/** What a peer sends, as the call knows it. */
export interface Produced {
  readonly media: MediaProducer;
  readonly source: Source;
  /** By the peer itself; what it may not send and a muted microphone are paused all the same. */
  pausedByPeer: boolean;
}

interface PeerOptions {
  ticket: VoiceTicketClaims;
  link: SignalLink;
  now: number;
  onClose: (peer: Peer) => void;
}

/**
 * One user's presence in one call. Leave, lost socket, kick and crash are one path: `close`.
 */
export class Peer {
  readonly id = crypto.randomUUID();
  readonly ticket: VoiceTicketClaims;
  readonly transports = new Map<Direction, MediaTransport>();
  readonly producers = new Map<string, Produced>();
  readonly consumers = new Map<string, MediaConsumer>();
  muted = false;
  deafened = false;
  closed = false;
  readonly #since: string;
  #permissions: bigint;
  readonly #link: SignalLink;
  readonly #onClose: (peer: Peer) => void;

  constructor(options: PeerOptions) {
    this.ticket = options.ticket;
    this.#permissions = BigInt(options.ticket.permissions);
    this.#since = new Date(options.now).toISOString();
    this.#link = options.link;
    this.#onClose = options.onClose;
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
    if (!this.closed) this.#link.send(text);
  }

  /** The transport of that id and its direction. */
  transport(id: string): MediaTransport | undefined {
    return [...this.transports.values()].find((transport) => transport.id === id);
  }

  isPaused(produced: Produced): boolean {
    if (produced.pausedByPeer || !this.may(NEEDED[produced.source])) return true;
    return produced.source === 'mic' && this.muted;
  }

  /** As others see it: whoever may not speak is not heard either. */
  get isMuted(): boolean {
    return this.muted || !this.may('SPEAK');
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
      muted: this.isMuted,
      deafened: this.deafened,
      producers: [...this.producers.values()].map((produced) => this.describe(produced)),
    };
  }

  state(speaking: boolean): VoiceState {
    return {
      channelId: this.ticket.channelId,
      user: this.ticket.user,
      muted: this.isMuted,
      deafened: this.deafened,
      speaking,
      since: this.#since,
    };
  }

  close(end: PeerEnd): void {
    if (this.closed) return;
    this.closed = true;
    for (const transport of this.transports.values()) transport.close();
    this.#link.close(end);
    this.#onClose(this);
  }
}
