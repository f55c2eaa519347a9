import type { ServerVoice } from '@harmonium/api/voice';
import type { Notifications, PeerInfo, ProducerInfo, StageSlot } from '@harmonium/sfu/notification';
import type { ConnectionState, Shared } from './call-state.ts';
import type { Media, MediaStats } from './media.ts';

/** How loud somebody is to be heard: 0 not at all, 1 as they are. */
export type GainOf = (userId: string, source: 'mic' | 'screenAudio') => number;

/** From this share of lost packets on words are missing. */
const WEAK_FROM_LOSS = 0.08;

type PeopleState = Pick<ConnectionState, 'levels' | 'weak' | 'moderated' | 'shared'>;

interface CallPeopleDeps {
  gainOf: GainOf;
  onChange: (change: Partial<PeopleState>) => void;
}

/** Who else is in a call, what they send, and that it is heard as loud as was chosen. */
export class CallPeople {
  readonly #deps: CallPeopleDeps;
  readonly #peers = new Map<string, PeerInfo>();
  /** Whom each slot of the stage carries, by its producer. */
  readonly #stage = new Map<string, string | null>();
  #media: Media | undefined;
  #levels: Readonly<Record<string, number>> = {};
  #moderated: Readonly<Record<string, ServerVoice>> = {};
  #shared: readonly Shared[] = [];

  constructor(deps: CallPeopleDeps) {
    this.#deps = deps;
  }

  get userIds(): string[] {
    return [...this.#peers.values()].map((peer) => peer.user.id);
  }

  /** Their words come here, should they say any. */
  hears(userId: string): boolean {
    const peer = [...this.#peers.values()].find(({ user }) => user.id === userId);
    if (peer === undefined) return false;
    return this.#stage.size > 0 || peer.producers.some(({ source }) => source === 'mic');
  }

  /** All of them as they are now: who and what is not in it is gone, and what is new is heard. */
  arrange(place: { peers: readonly PeerInfo[]; stage: readonly StageSlot[] }): void {
    const known = new Set(this.#producerIds());
    this.#peers.clear();
    this.#stage.clear();
    for (const peer of place.peers) this.#peers.set(peer.id, peer);
    for (const { producerId, peerId } of place.stage) this.#stage.set(producerId, peerId);
    const present = new Set(this.#producerIds());
    for (const id of known) if (!present.has(id)) this.#media?.forget(id);
    this.#hearAll((id) => !known.has(id));
    this.#levels = {};
    this.#moderated = Object.fromEntries(
      place.peers.filter(isModerated).map((peer) => [peer.user.id, moderationOf(peer)]),
    );
    this.#deps.onChange({ levels: this.#levels, moderated: this.#moderated });
    this.#changeShared();
  }

  /** From now on they are heard by this. */
  hearBy(media: Media): void {
    this.#media = media;
    this.#hearAll(() => true);
  }

  meet(peer: PeerInfo): void {
    this.#peers.set(peer.id, peer);
    this.#changeModerated(peer);
    for (const producer of peer.producers) this.#hear(peer, producer);
    this.#changeShared();
  }

  /** @returns who it was */
  part(peerId: string): string | undefined {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return undefined;
    this.setLevels({ [peerId]: 0 });
    for (const producer of peer.producers) this.#media?.forget(producer.id);
    this.#peers.delete(peerId);
    this.#changeShared();
    return peer.user.id;
  }

  remember({ peerId, ...state }: Notifications['peerState']): void {
    const peer = this.#peers.get(peerId);
    if (peer !== undefined) this.#changeModerated(Object.assign(peer, state));
  }

  produce({ peerId, producer }: Notifications['newProducer']): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.producers.push(producer);
    this.#hear(peer, producer);
    this.#changeShared();
  }

  unproduce({ peerId, producerId }: Notifications['producerClosed']): void {
    this.#media?.forget(producerId);
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    peer.producers = peer.producers.filter((producer) => producer.id !== producerId);
    this.#changeShared();
  }

  openStage(stage: readonly StageSlot[]): void {
    for (const { producerId, peerId } of stage) {
      this.#stage.set(producerId, peerId);
      this.#receive(producerId, this.#gainOfSlot(peerId));
    }
  }

  /** Another speaks by this slot now, who may be silenced here or louder. */
  changeStage({ producerId, peerId }: StageSlot): void {
    if (!this.#stage.has(producerId)) return;
    this.#stage.set(producerId, peerId);
    this.#media?.setGain(producerId, this.#gainOfSlot(peerId));
  }

  /** @param byPeer 0 to 1 */
  setLevels(byPeer: Readonly<Record<string, number>>): void {
    const known = Object.entries(byPeer).flatMap(([peerId, level]) => {
      const userId = this.#peers.get(peerId)?.user.id;
      return userId === undefined ? [] : [[userId, level]];
    });
    if (known.length === 0) return;
    this.#levels = { ...this.#levels, ...Object.fromEntries(known) };
    this.#deps.onChange({ levels: this.#levels });
  }

  /** Hears somebody as loud as was chosen for them. */
  changeGain(userId: string): void {
    for (const peer of this.#peers.values()) {
      if (peer.user.id !== userId) continue;
      for (const producer of peer.producers) {
        if (isHeard(producer)) {
          this.#media?.setGain(producer.id, this.#deps.gainOf(userId, producer.source));
        }
      }
      for (const [producerId, peerId] of this.#stage) {
        if (peerId === peer.id) this.#media?.setGain(producerId, this.#gainOfSlot(peerId));
      }
    }
  }

  changeGains(): void {
    for (const userId of this.userIds) this.changeGain(userId);
  }

  /** Whose words were missing in the last seconds. */
  measure(stats: MediaStats): void {
    const isLossy = (id: string) => (stats.lossByProducer.get(id) ?? 0) > WEAK_FROM_LOSS;
    const lossySlots = [...this.#stage].filter(([id]) => isLossy(id));
    const onLossySlots = new Set(lossySlots.map(([, peerId]) => peerId));
    const weak = [...this.#peers.values()].filter(
      (peer) =>
        onLossySlots.has(peer.id) ||
        peer.producers.some(({ id, source }) => source === 'mic' && isLossy(id)),
    );
    this.#deps.onChange({ weak: weak.map((peer) => peer.user.id) });
  }

  #producerIds(): string[] {
    const producers = [...this.#peers.values()].flatMap((peer) => peer.producers);
    return [...producers.map(({ id }) => id), ...this.#stage.keys()];
  }

  #hearAll(isWanted: (producerId: string) => boolean): void {
    for (const peer of this.#peers.values()) {
      for (const producer of peer.producers) {
        if (isWanted(producer.id)) this.#hear(peer, producer);
      }
    }
    for (const [producerId, peerId] of this.#stage) {
      if (isWanted(producerId)) this.#receive(producerId, this.#gainOfSlot(peerId));
    }
  }

  /** Pictures are fetched by whoever looks at them. */
  #hear(peer: PeerInfo, producer: ProducerInfo): void {
    if (!isHeard(producer)) return;
    this.#receive(producer.id, this.#deps.gainOf(peer.user.id, producer.source));
  }

  #receive(producerId: string, gain: number): void {
    this.#media?.receive(producerId, gain).catch(() => {
      // Closed between the notification and the request; whatever else is wrong ends the transport.
    });
  }

  #gainOfSlot(peerId: string | null): number {
    const peer = peerId === null ? undefined : this.#peers.get(peerId);
    return peer === undefined ? 1 : this.#deps.gainOf(peer.user.id, 'mic');
  }

  #changeModerated(peer: PeerInfo): void {
    const { [peer.user.id]: before, ...others } = this.#moderated;
    const now = moderationOf(peer);
    if (before?.muted === now.muted && before.deafened === now.deafened) return;
    if (before === undefined && !isModerated(peer)) return;
    this.#moderated = { ...others, ...(isModerated(peer) ? { [peer.user.id]: now } : {}) };
    this.#deps.onChange({ moderated: this.#moderated });
  }

  #changeShared(): void {
    const shared = [...this.#peers.values()].flatMap(({ user, producers }) =>
      producers.flatMap(({ id, source }) =>
        source === 'mic' ? [] : [{ userId: user.id, producerId: id, source }],
      ),
    );
    if (shared.length === 0 && this.#shared.length === 0) return;
    this.#shared = shared;
    this.#deps.onChange({ shared });
  }
}

type Heard = ProducerInfo & { source: 'mic' | 'screenAudio' };

const isHeard = (producer: ProducerInfo): producer is Heard =>
  producer.source === 'mic' || producer.source === 'screenAudio';

const isModerated = (peer: PeerInfo): boolean => peer.serverMuted || peer.serverDeafened;

const moderationOf = ({ serverMuted, serverDeafened }: PeerInfo): ServerVoice => ({
  muted: serverMuted,
  deafened: serverDeafened,
});
