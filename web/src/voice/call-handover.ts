import type { VoiceTicket } from '@harmonium/api/voice';
import type { Backoff } from '../room/backoff.ts';
import type { CallConnection } from './call-connection.ts';
import type { GainOf } from './call-people.ts';
import type { Shared } from './call-state.ts';
import type { Layers } from './media.ts';

const LOOK_EVERY_MS = 250;
/**
 * Looks that find everyone there before the old place is let go. Who has come still has to connect, to
 * hear one there; and the slots of a call that has just become large carry nothing for a moment.
 */
const SURE_AFTER_LOOKS = 8;
/** Who has not come by then is told of the move much later. */
const LOOKS_AT_MOST = 20;

interface HandoverDeps {
  from: CallConnection;
  backoff: Backoff;
  gainOf: GainOf;
  ticket: () => Promise<VoiceTicket>;
  /** On the way there; its hooks are the call's. */
  connect: (address: VoiceTicket, gainOf: GainOf) => CallConnection;
  /** There is no other place to go to. */
  onNowhere: () => void;
  onOver: () => void;
}

/**
 * The way from a node that closes to another one: one is heard and hears there before one leaves here.
 * The others do the same at their own pace, so each is heard and seen by the old way until they leave it.
 */
export class CallHandover {
  readonly #deps: HandoverDeps;
  /** Seen in the old place and not yet in the new one: that they come is nothing new. */
  readonly #onTheirWay: Set<string>;
  #to: CallConnection | undefined;
  #stands = false;
  #isOver = false;
  #looking: ReturnType<typeof setInterval> | undefined;

  constructor(deps: HandoverDeps) {
    this.#deps = deps;
    this.#onTheirWay = new Set(deps.from.userIds);
  }

  get from(): CallConnection {
    return this.#deps.from;
  }

  get connections(): CallConnection[] {
    return this.#to === undefined ? [this.from] : [this.from, this.#to];
  }

  /** Asks where to go until there is an answer, or the old place is gone. */
  async begin(): Promise<void> {
    const { backoff, connect, onNowhere, ticket } = this.#deps;
    await backoff.wait();
    if (this.#isOver) return;
    // An api that starts again at this moment answers a little later.
    const address = await ticket().catch(() => undefined);
    if (this.#isOver) return;
    if (address === undefined) void this.begin();
    else if (address.url === this.from.url) onNowhere();
    else this.#to = connect(address, (userId, source) => this.#gainOf(userId, source));
  }

  /** One hears and is heard in the new place. */
  stand(): void {
    this.#stands = true;
    let looks = 0;
    let inARow = 0;
    this.#looking = setInterval(() => {
      inARow = this.#haveAllCome() ? inARow + 1 : 0;
      looks += 1;
      if (inARow === SURE_AFTER_LOOKS || looks === LOOKS_AT_MOST) this.end();
      else this.#look();
    }, LOOK_EVERY_MS);
  }

  /** One of the two that is not shown is lost. */
  lose(lost: CallConnection): void {
    if (this.#isOver) return;
    if (this.#stands) return this.end();
    if (lost !== this.#to) return;
    this.#to = undefined;
    lost.close();
    void this.begin();
  }

  /** Somebody came to one of the two. @returns whether nobody saw them leave */
  meet(by: CallConnection, userId: string): boolean {
    if (by !== this.from) return this.#onTheirWay.delete(userId);
    this.#onTheirWay.add(userId);
    return false;
  }

  /** Somebody left the old place. */
  part(userId: string): void {
    this.#to?.changeGain(userId);
  }

  /** What the others share, by the old way for as long as there is one. @param there by the new one */
  shared(there: readonly Shared[]): readonly Shared[] {
    if (this.#isOver) return there;
    const here = this.#sharedHere();
    return [...here, ...there.filter((one) => !here.some((other) => isSame(one, other)))];
  }

  /** Leaves the one of the two that is not shown. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#looking);
    this.#to?.changeGains();
    (this.#stands ? this.from : this.#to)?.leave();
    this.#deps.onOver();
  }

  #look(): void {
    this.#to?.changeGains();
    this.#warmPictures();
  }

  /** What is looked at comes by the new way, too, before it is shown from there. */
  #warmPictures(): void {
    const { from } = this;
    const to = this.#to;
    for (const { producerId, ...what } of to?.state.shared ?? []) {
      const here = this.#sharedHere().find((other) => isSame(other, what));
      if (to === undefined || here === undefined) continue;
      const isSeen = from.pictures.has(here.producerId);
      if (isSeen === to.pictures.has(producerId)) continue;
      if (!isSeen) to.pictures.unwatch(producerId);
      else this.#warm(to, producerId, from.pictures.layersOf(here.producerId));
    }
  }

  #warm({ pictures }: CallConnection, producerId: string, layers: Layers | undefined): void {
    if (layers !== undefined) pictures.setLayers(producerId, layers);
    pictures.watch(producerId).catch(() => {
      // Ended meanwhile.
    });
  }

  /** Without one's own. */
  #sharedHere(): Shared[] {
    const { state, userIds } = this.from;
    return state.shared.filter(({ userId }) => userIds.includes(userId));
  }

  /** Nobody is heard twice. */
  #gainOf(...[userId, source]: Parameters<GainOf>): number {
    const isHeardThere = !this.#isOver && this.from.hears(userId);
    return isHeardThere ? 0 : this.#deps.gainOf(userId, source);
  }

  #haveAllCome(): boolean {
    const { from } = this;
    const there = this.#to?.state.shared ?? [];
    return (
      from.userIds.every((id) => !from.hears(id) || this.#to?.hears(id) === true) &&
      this.#sharedHere().every((one) => there.some((other) => isSame(one, other)))
    );
  }
}

function isSame(one: Omit<Shared, 'producerId'>, other: Omit<Shared, 'producerId'>): boolean {
  return one.userId === other.userId && one.source === other.source;
}
