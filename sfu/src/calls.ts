import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { VoiceTicketClaims } from '@harmonium/api/ticket';
import { VOICE_SNAPSHOT_INTERVAL_MS } from '@harmonium/rooms/voice-state';
import type { CallPlace, MoveRequest, PermittedPlace } from '../contract/node.ts';
import { RESUME_WITHIN_MS } from '../contract/resume.ts';
import { Call, type IceServersFor } from './call.ts';
import { Farewells, type Farewell } from './farewells.ts';
import { MAX_WAITING_PER_USER, MAX_PEERS_PER_CALL, MAX_TEST_MS } from './limits.ts';
import type { Log } from './log.ts';
import type { Peer, PeerEnd, SignalLink } from './peer.ts';
import { isWithinReach, matchesFilter, type PeerFilter, type Reach } from './peer-filter.ts';
import type { RoomFeed, VoiceEvent } from './room-feed.ts';
import { DEFAULT_STAGE, type StageSettings } from './voices.ts';
import type { WorkerPool } from './worker-pool.ts';

interface CallsOptions {
  workers: WorkerPool;
  stage?: StageSettings | undefined;
  feed: RoomFeed;
  iceServersFor: IceServersFor;
  now: () => number;
  log: Log;
}

interface OpenCall {
  call: Call;
  /** Null: the call of a direct conversation. */
  serverId: string | null;
  /** Until the end of the call of one who tries the way; nobody is told of it. */
  testing?: ReturnType<typeof setTimeout>;
}

export interface MediaStats {
  transports: number;
  producers: number;
  consumers: number;
  /** Consumers that are not paused. */
  forwards: number;
  /** People whose voices the stages of large calls carry. */
  speakers: number;
}

/** Every call on this node. A call opens with its first peer and closes with its last. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #calls = new Map<string, OpenCall>();
  readonly #farewells = new Farewells(RESUME_WITHIN_MS);
  readonly #opening = new Map<string, Promise<OpenCall | undefined>>();
  readonly #snapshots: ReturnType<typeof setInterval>;
  #closed = false;

  constructor(options: CallsOptions) {
    this.#options = options;
    options.workers.onDied((slot) => {
      for (const { call } of this.#calls.values()) call.lose(slot);
    });
    this.#snapshots = setInterval(() => this.#publishSnapshots(), VOICE_SNAPSHOT_INTERVAL_MS);
  }

  get peerCount(): number {
    let count = 0;
    for (const { call } of this.#calls.values()) count += call.size;
    return count;
  }

  get callCount(): number {
    return this.#calls.size;
  }

  get all(): Call[] {
    return [...this.#calls.values()].map(({ call }) => call);
  }

  /** What all peers hold on the workers, and what of it flows. */
  get media(): MediaStats {
    const sum = { transports: 0, producers: 0, consumers: 0, forwards: 0, speakers: 0 };
    for (const { call } of this.#calls.values()) {
      sum.speakers += call.voices.speakers;
      for (const peer of call.peers) {
        sum.transports += peer.transports.size;
        sum.producers += peer.producers.size;
        sum.consumers += peer.consumers.size;
        for (const consumed of peer.consumers.values()) {
          if (peer.isSent(consumed)) sum.forwards += 1;
        }
      }
    }
    return sum;
  }

  /**
   * The user's peer in the call of the ticket's channel. Undefined when no worker runs or the call
   * is full; `stillWanted` is asked at the last moment, for a socket that was lost meanwhile.
   */
  async join(
    ticket: VoiceTicketClaims,
    link: SignalLink,
    stillWanted: () => boolean,
  ): Promise<{ call: Call; peer: Peer } | undefined> {
    let open = await this.#open(ticket);
    // It may have emptied and closed while this one waited for it.
    while (open?.call.closed && !this.#closed) open = await this.#open(ticket);
    if (!open) return undefined;
    const { call } = open;
    const branch = await call.branches.forOneMore();
    if (call.closed && !this.#closed) return this.join(ticket, link, stillWanted);
    const isWelcome = stillWanted() && !call.closed && call.size < MAX_PEERS_PER_CALL;
    const peer = branch && isWelcome ? call.join(ticket, link, branch) : undefined;
    this.#closeIfEmpty(call);
    return peer && { call, peer };
  }

  /** As `join`, for one who enters later, or never. */
  async await(
    ticket: VoiceTicketClaims,
    link: SignalLink,
    stillWanted: () => boolean,
  ): Promise<{ call: Call; peer: Peer } | undefined> {
    const open = await this.#open(ticket);
    const branch = await open?.call.branches.forOneMore();
    if (open === undefined) return undefined;
    const { call } = open;
    const isWelcome = stillWanted() && !call.closed;
    if (isWelcome) this.#makeRoomToWait(ticket.user.id);
    const peer = branch && isWelcome ? call.await(ticket, link, branch) : undefined;
    this.#closeIfEmpty(call);
    return peer && { call, peer };
  }

  /** False when the call is full. */
  enter(call: Call, peer: Peer): boolean {
    const isWelcome = call.size < MAX_PEERS_PER_CALL;
    if (isWelcome) call.enter(peer);
    return isWelcome;
  }

  /** The peer whose token this is; `resume` of its call brings it back. */
  findByToken(token: string): { call: Call; peer: Peer } | undefined {
    const [channelId = '', peerId = '', secret = ''] = token.split('.');
    const call = this.#calls.get(channelId)?.call;
    const peer = call?.find(peerId);
    return call && peer?.isResumedBy(secret) ? { call, peer } : undefined;
  }

  /** What a moderator did to the one whose token this was; undefined for anybody else. */
  farewellTo(token: string): Farewell | undefined {
    const [, peerId = '', secret = ''] = token.split('.');
    return this.#farewells.to(peerId, secret);
  }

  disconnect(filter: PeerFilter, end: PeerEnd): void {
    for (const { call } of this.#calls.values()) {
      for (const peer of call.peers) {
        if (!matchesFilter(peer.ticket, filter)) continue;
        if (end === 'disconnected') this.#farewells.keep(peer, { end });
        peer.close(end);
      }
    }
  }

  /** Who of those concerned is in a call. */
  places(reach: Reach): CallPlace[] {
    const places: CallPlace[] = [];
    for (const { call } of this.#calls.values()) {
      for (const { ticket } of call.peers) {
        if (!isWithinReach(ticket, reach)) continue;
        places.push({ userId: ticket.user.id, channelId: ticket.channelId });
      }
    }
    return places;
  }

  /** False when the user is not there. */
  move({ userId, channelId, to }: MoveRequest): boolean {
    const peer = this.#calls.get(channelId)?.call.findUser(userId);
    if (peer === undefined) return false;
    this.#farewells.keep(peer, { end: 'moved', to });
    peer.notify('moved', { channelId: to });
    peer.close('moved');
    return true;
  }

  async permit({ userId, channelId, permissions, ...by }: PermittedPlace): Promise<void> {
    const call = this.#calls.get(channelId)?.call;
    const peer = call?.findUser(userId);
    if (call === undefined || peer === undefined) return;
    const bits = BigInt(permissions ?? '0');
    if (hasPermission(bits, Permission.VIEW_CHANNEL | Permission.CONNECT)) {
      await call.permit(peer, bits, by);
    } else peer.close('access_lost');
  }

  close(end: PeerEnd): void {
    this.#closed = true;
    clearInterval(this.#snapshots);
    for (const { call } of this.#calls.values()) {
      for (const peer of call.peers) peer.notify('nodeClosing', {});
      call.close(end);
    }
  }

  async #open(ticket: VoiceTicketClaims): Promise<OpenCall | undefined> {
    const { channelId } = ticket;
    const open = this.#calls.get(channelId);
    if (open) return open;
    const opening = this.#opening.get(channelId) ?? this.#create(ticket);
    this.#opening.set(channelId, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(channelId);
    }
  }

  async #create(ticket: VoiceTicketClaims): Promise<OpenCall | undefined> {
    if (this.#closed) return undefined;
    const { channelId, serverId } = ticket;
    const call = new Call({
      channelId,
      workers: this.#options.workers,
      stage: this.#options.stage ?? DEFAULT_STAGE,
      iceServersFor: this.#options.iceServersFor,
      now: this.#options.now,
      publish: (event) => this.#publish(open, event),
      onEmpty: () => this.#closeIfEmpty(call),
      onFailure: (error) =>
        this.#options.log.error('A call finds no room on a worker.', { channelId, error }),
    });
    const open: OpenCall = { call, serverId };
    const branch = await call.branches.forOneMore();
    if (branch === undefined || this.#closed) {
      call.close('call_failed');
      return undefined;
    }
    this.#calls.set(channelId, open);
    if (ticket.test === true) {
      open.testing = setTimeout(() => call.close('timed_out'), MAX_TEST_MS);
    }
    return open;
  }

  #closeIfEmpty(call: Call): void {
    const open = this.#calls.get(call.channelId);
    if (call.size > 0 || call.isAwaited || open?.call !== call) return;
    clearTimeout(open.testing);
    this.#calls.delete(call.channelId);
    call.close('left');
  }

  #makeRoomToWait(userId: string): void {
    const waiting = [...this.#calls.values()].flatMap(({ call }) => call.waitingOf(userId));
    for (const peer of waiting.slice(0, 1 - MAX_WAITING_PER_USER)) peer.close('timed_out');
  }

  #publishSnapshots(): void {
    for (const open of this.#calls.values()) this.#publish(open, open.call.snapshot());
  }

  #publish({ call, serverId, testing }: OpenCall, event: VoiceEvent): void {
    const { feed } = this.#options;
    if (testing !== undefined) return;
    if (serverId === null) feed.publish('main', call.channelId, event);
    else feed.publish('server', serverId, event);
  }
}
