import type { MediaRouter, MediaVoice, VoicePacket } from '../media.ts';
import { RecentPackets } from './recent-packets.ts';
import { SlotStream } from './slot-stream.ts';
import { SpeakerChoice, type Change } from './speaker-choice.ts';

/** How often it looks who has long said nothing. */
const SETTLE_MS = 100;

interface StageOptions {
  slots: number;
  now: () => number;
  /** The slot carries another's voice than `left`'s; called before the first packet of it. */
  onChange: (slot: Slot, left: string | null) => void;
}

/** One of the voices that everybody hears: a producer on each router, of one id, in one numbering. */
export class Slot {
  readonly id = crypto.randomUUID();
  /** Whose voice it carries. */
  peerId: string | null = null;
  readonly #stream = new SlotStream();
  readonly #voices = new Map<MediaRouter, MediaVoice>();

  async open(router: MediaRouter): Promise<void> {
    this.#voices.set(router, await router.createVoice(this.id));
  }

  leave(router: MediaRouter): void {
    this.#voices.delete(router);
  }

  give(peerId: string | null): void {
    this.peerId = peerId;
    this.#stream.end();
  }

  send(packet: VoicePacket, at: number): void {
    const own = this.#stream.next(packet, at);
    if (own === undefined) return;
    for (const voice of this.#voices.values()) voice.send(own);
  }
}

interface Microphone {
  readonly peerId: string;
  readonly recent: RecentPackets;
  slot: Slot | undefined;
  paused: boolean;
}

/**
 * Forwards the few loudest voices of a large call, whatever its size: microphones are read here, and
 * what is said by those who were chosen goes into slots that everybody consumes.
 */
export class Stage {
  readonly slots: readonly Slot[];
  readonly #options: StageOptions;
  readonly #choice: SpeakerChoice;
  readonly #microphones = new Map<string, Microphone>();
  readonly #opened = new Map<MediaRouter, Promise<void>>();
  #isLive = false;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StageOptions) {
    this.#options = options;
    this.slots = Array.from({ length: options.slots }, () => new Slot());
    this.#choice = new SpeakerChoice(options.slots);
  }

  /** People whose voices are carried. */
  get speakers(): number {
    return this.slots.filter(({ peerId }) => peerId !== null).length;
  }

  /** From now on what is said goes out. */
  goLive(): void {
    this.#isLive = true;
    // What they said until now was heard from their microphones.
    for (const { recent, slot } of this.#microphones.values()) if (slot) recent.clear();
  }

  /** What is said is heard on this router, too. Once is enough. */
  openOn(router: MediaRouter): Promise<void> {
    const opening =
      this.#opened.get(router) ??
      Promise.all(this.slots.map((slot) => slot.open(router))).then(() => undefined);
    this.#opened.set(router, opening);
    return opening;
  }

  leave(router: MediaRouter): void {
    this.#opened.delete(router);
    for (const slot of this.slots) slot.leave(router);
  }

  /** The peer's microphone of this id, paused at first. */
  async add(peerId: string, id: string, router: MediaRouter): Promise<void> {
    if (this.#microphones.has(id)) return;
    const microphone = { peerId, recent: new RecentPackets(), slot: undefined, paused: true };
    this.#microphones.set(id, microphone);
    await router.read(id, (packet) => this.#hear(id, microphone, packet));
  }

  /** What is muted leaves at once, though packets from before may still come. */
  setPaused(id: string, paused: boolean): void {
    const microphone = this.#microphones.get(id);
    if (microphone === undefined) return;
    microphone.paused = paused;
    if (paused) this.#silence(id, microphone);
  }

  remove(id: string): void {
    const microphone = this.#microphones.get(id);
    if (microphone === undefined) return;
    this.#microphones.delete(id);
    microphone.paused = true;
    this.#silence(id, microphone);
  }

  close(): void {
    clearTimeout(this.#settling);
    for (const microphone of this.#microphones.values()) microphone.paused = true;
    this.#microphones.clear();
  }

  #hear(id: string, microphone: Microphone, packet: VoicePacket): void {
    if (microphone.paused) return;
    const now = this.#options.now();
    const change = this.#choice.hear(id, packet.dBov, now);
    if (change) this.#apply(change);
    microphone.recent.add(packet, now);
    if (microphone.slot === undefined || !this.#isLive) return;
    // The first sound of who was just chosen is among them.
    for (const each of microphone.recent.take(now)) microphone.slot.send(each.packet, each.at);
  }

  #silence(id: string, microphone: Microphone): void {
    microphone.recent.clear();
    const change = this.#choice.remove(id);
    if (change) this.#apply(change);
  }

  #apply({ place, id }: Change): void {
    const slot = this.slots[place];
    if (slot === undefined) return;
    for (const microphone of this.#microphones.values()) {
      if (microphone.slot === slot) microphone.slot = undefined;
    }
    const microphone = this.#microphones.get(id ?? '');
    if (microphone) microphone.slot = slot;
    const left = slot.peerId;
    slot.give(microphone?.peerId ?? null);
    this.#options.onChange(slot, left);
    this.#settleLater();
  }

  #settleLater(): void {
    if (this.#settling !== undefined || this.#choice.isEmpty) return;
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      for (const change of this.#choice.settle(this.#options.now())) this.#apply(change);
      this.#settleLater();
    }, SETTLE_MS);
  }
}
