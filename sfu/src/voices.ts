import type { NotificationMethod, Notifications, StageSlot } from '../contract/notification.ts';
import type { Branch } from './branches.ts';
import type { Peer, Produced } from './peer.ts';
import { Stage, type Slot } from './stage/stage.ts';

/** How a call becomes large. */
export interface StageSettings {
  /** Voices that are forwarded in a large call. */
  slots: number;
  /** People from whom on a call is large. */
  from: number;
}
export const DEFAULT_STAGE: StageSettings = { slots: 3, from: 12 };

/** Time to consume the slots, before the microphones themselves end. */
const CUT_OVER_MS = 1_500;
/** Of those who come in that time, so many times as make a call large: each hears all the others. */
const HEARD_MEANWHILE = 2;

interface VoicesOptions {
  settings: StageSettings;
  now: () => number;
  peers: ReadonlyMap<string, Peer>;
  branches: () => readonly Branch[];
  tell: <M extends NotificationMethod>(method: M, data: Notifications[M]) => void;
  /** The call goes on as it was. */
  onFailure: (error: unknown) => void;
}

/**
 * How people hear each other: by everybody's microphone while a call is small, by the slots of a
 * stage once it was large. Who speaks is shown by a ring in both.
 */
export class Voices {
  readonly #options: VoicesOptions;
  #stage: Stage | undefined;
  /** Slots are told of. */
  #isOpen = false;
  /** Slots are what is heard. */
  #isLive = false;
  #cutOver: ReturnType<typeof setTimeout> | undefined;

  constructor(options: VoicesOptions) {
    this.#options = options;
  }

  /** Whose voices everyone hears; empty in a small call. */
  get slots(): StageSlot[] {
    return this.#isOpen ? (this.#stage?.slots ?? []).map(describe) : [];
  }

  get speakers(): number {
    return this.#isLive ? (this.#stage?.speakers ?? 0) : 0;
  }

  /** Others are told that it is there. */
  isAnnounced({ source }: Pick<Produced, 'source'>): boolean {
    if (source !== 'mic' || !this.#isOpen) return true;
    const { peers, settings } = this.#options;
    return !this.#isLive && peers.size <= settings.from * HEARD_MEANWHILE;
  }

  /** Others may hear or see it, and are told what becomes of it. */
  isForwarded({ source }: Pick<Produced, 'source'>): boolean {
    return source !== 'mic' || !this.#isLive;
  }

  /** Somebody came. */
  grow(size: number): void {
    if (this.#stage !== undefined || size < this.#options.settings.from) return;
    this.#stage = new Stage({
      slots: this.#options.settings.slots,
      now: this.#options.now,
      onChange: (slot, left) => this.#changed(slot, left),
    });
    this.#open(this.#stage).catch((error: unknown) => {
      this.#stage?.close();
      this.#stage = undefined;
      this.#options.onFailure(error);
    });
  }

  async add(peer: Peer, microphone: Produced): Promise<void> {
    await peer.branch.rings.add(peer.id, microphone.media, peer.isPaused(microphone));
    await this.#read(peer, microphone);
  }

  setPaused(peer: Peer, { media }: Produced, paused: boolean): void {
    peer.branch.rings.setPaused(peer.id, media, paused);
    this.#stage?.setPaused(media.id, paused);
  }

  remove(peer: Peer, producerId: string): void {
    peer.branch.rings.remove(peer.id, producerId);
    this.#stage?.remove(producerId);
  }

  /** The slot of this id, there for this peer to consume. */
  async slotFor(peer: Peer, id: string): Promise<Slot | undefined> {
    const slot = this.#isOpen ? this.#stage?.slots.find((each) => each.id === id) : undefined;
    if (slot) await this.#stage?.openOn(peer.branch.router);
    return slot;
  }

  lose({ router }: Branch): void {
    this.#stage?.leave(router);
  }

  close(): void {
    clearTimeout(this.#cutOver);
    this.#stage?.close();
  }

  async #open(stage: Stage): Promise<void> {
    const routers = this.#options.branches().map(({ router }) => router);
    await Promise.all(routers.map((router) => stage.openOn(router)));
    await Promise.all(
      [...this.#options.peers.values()].flatMap((peer) =>
        microphonesOf(peer).map((microphone) => this.#read(peer, microphone)),
      ),
    );
    this.#isOpen = true;
    this.#options.tell('stageOpened', { stage: this.slots });
    this.#cutOver = setTimeout(() => this.#goLive(stage), CUT_OVER_MS);
  }

  /** Nobody hears anybody twice: the microphones end in the moment in which the slots begin. */
  #goLive(stage: Stage): void {
    this.#isLive = true;
    for (const peer of this.#options.peers.values()) {
      peer.stopHearing(({ source, slot }) => source === 'mic' && slot === undefined);
      for (const { media } of microphonesOf(peer)) {
        this.#options.tell('producerClosed', { peerId: peer.id, producerId: media.id });
      }
    }
    stage.goLive();
  }

  async #read(peer: Peer, microphone: Produced): Promise<void> {
    const { media } = microphone;
    await this.#stage?.add(peer.id, media.id, peer.branch.router);
    this.#stage?.setPaused(media.id, peer.isPaused(microphone));
    if (!peer.producers.has(media.id)) this.#stage?.remove(media.id);
  }

  #changed(slot: Slot, left: string | null): void {
    if (this.#isOpen) this.#options.tell('stageChanged', describe(slot));
    for (const peerId of [left, slot.peerId]) {
      this.#options.peers.get(peerId ?? '')?.applySlot(slot);
    }
  }
}

function describe({ id, peerId }: Slot): StageSlot {
  return { producerId: id, peerId };
}

function microphonesOf(peer: Peer): Produced[] {
  return [...peer.producers.values()].filter(({ source }) => source === 'mic');
}
