import type { Snowflake } from '@harmonium/api/ids';
import { channelPaths, someId } from './tickets.ts';
import { enter, type Event } from './enter.ts';
import { pause } from './pause.ts';
import type { ServerProcess } from './server-process.ts';
import type { Socket } from './socket.ts';
import { ageOf, seqOf, toBareLoop, toRoom } from './speech.ts';

/** Those among the members who write: the first. */
export const WRITERS = 10;
const CONNECTING_AT_ONCE = 50;
/** One message in so many is timed, at every member. */
const TIMED = 8;
const PATIENCE_MS = 30_000;
/** Bursts of a history in the making. */
const BURST = 500;

export interface Interval {
  messages: number;
  deliveries: number;
  seconds: number;
  serverCpu: number;
  /** Of this process: near `seconds`, the load and not the server is what was measured. */
  loadCpu: number;
}

/** Members of one channel, of whom some write and all hear. Counts what is lost, doubled or out of order. */
export class Load {
  sent = 0;
  deliveries = 0;
  /** Deliveries that were not the next in order, refusals, and sockets that ended. */
  faults = 0;
  readonly #server: ServerProcess;
  readonly #sockets: Socket[] = [];
  readonly #seqs: Float64Array;
  readonly #tickets: string[] = [];
  readonly #channelId: Snowflake;
  /** Members on their way back: what they missed was not late. */
  readonly #away = new Set<number>();
  /** Milliseconds from sending to hearing; undefined: nobody looks. */
  #latencies: number[] | undefined;
  #window = 0;
  #refillAt = Infinity;

  private constructor(server: ServerProcess, size: number, channelId: Snowflake) {
    this.#server = server;
    this.#channelId = channelId;
    this.#seqs = new Float64Array(size).fill(Number.NaN);
  }

  static async connect(
    server: ServerProcess,
    size: number,
    channelId: Snowflake = someId(),
  ): Promise<Load> {
    const load = new Load(server, size, channelId);
    const paths = await channelPaths(channelId, size);
    for (let at = 0; at < size; at += CONNECTING_AT_ONCE) {
      const some = paths.slice(at, at + CONNECTING_AT_ONCE);
      await Promise.all(some.map((path, offset) => load.#enter(at + offset, path)));
    }
    return load;
  }

  get size(): number {
    return this.#sockets.length;
  }

  /** Where each member left off, and the ticket to come back with. */
  get places(): { seq: number; ticket: string }[] {
    return this.#tickets.map((ticket, index) => ({ seq: this.#seqs[index] ?? 0, ticket }));
  }

  /** Writes so many messages, and waits until all have heard them. */
  async write(messages: number): Promise<void> {
    for (let left = messages; left > 0; left -= BURST) {
      this.#say(Math.min(BURST, left));
      await this.#settle();
    }
  }

  /** As much as the server takes: `window` messages are under way all the time. */
  async saturate(seconds: number, window = 256): Promise<Interval> {
    this.#window = window;
    this.#refillAt = this.deliveries;
    this.#refill();
    await pause(500);
    const interval = await this.#measure(seconds);
    this.#refillAt = Infinity;
    await this.#settle();
    return interval;
  }

  /**
   * So many messages a second, whatever the server does.
   * @param after what ends with it, before everybody has to have heard everything
   */
  async pace(
    perSecond: number,
    seconds: number,
    after?: () => Promise<void>,
  ): Promise<Interval & { latencies: number[] }> {
    const started = performance.now();
    let asked = 0;
    const clock = setInterval(() => {
      const due = Math.floor(((performance.now() - started) / 1000) * perSecond);
      if (due > asked) this.#say(due - asked);
      asked = due;
    }, 1);
    await pause(500);
    const latencies: number[] = [];
    this.#latencies = latencies;
    const interval = await this.#measure(seconds);
    this.#latencies = undefined;
    clearInterval(clock);
    await after?.();
    await this.#settle();
    return { ...interval, latencies };
  }

  /** Gone without a word, and back at once where it left off. */
  async reconnect(index: number): Promise<void> {
    const ticket = this.#tickets[index];
    if (ticket === undefined || this.#away.has(index)) return;
    this.#away.add(index);
    this.#sockets[index]?.cut();
    const query = new URLSearchParams({ ticket, since: String(this.#seqs[index]) });
    await this.#enter(index, `/parties/main/${this.#channelId}?${query}`);
    this.#away.delete(index);
  }

  close(): void {
    for (const socket of this.#sockets) socket.cut();
  }

  async #enter(index: number, path: string): Promise<void> {
    this.#sockets[index] = await enter(this.#server, path, {
      onMessage: (bytes, start, end) => this.#hear(index, bytes, start, end),
      onEvent: (event) => this.#hearEvent(index, event),
      onEnd: () => (this.faults += 1),
    });
  }

  #hear(index: number, bytes: Buffer, start: number, end: number): void {
    this.deliveries += 1;
    const seq = seqOf(bytes, end);
    // Writers of the bare loop overtake each other, as nobody puts them in order.
    if (this.#server.name === 'rooms-server' && seq !== (this.#seqs[index] ?? 0) + 1) {
      this.faults += 1;
    }
    this.#seqs[index] = seq;
    if (this.#latencies !== undefined && seq % TIMED === 0 && !this.#away.has(index)) {
      this.#latencies.push(ageOf(bytes, start) / 1000);
    }
    if (this.deliveries >= this.#refillAt) this.#refill();
  }

  #hearEvent(index: number, { type, seq, ticket }: Event): void {
    if (type === 'rejected') this.faults += 1;
    if (type !== 'ready' && type !== 'resumed') return;
    // Whoever resumed has counted what came before.
    if (type === 'ready') this.#seqs[index] = seq;
    this.#tickets[index] = ticket;
  }

  #refill(): void {
    const half = this.#window / 2;
    const underWay = this.sent - this.deliveries / this.size;
    this.#say(Math.ceil(this.#window - underWay));
    this.#refillAt = (this.sent - half) * this.size;
  }

  #say(messages: number): void {
    const text = this.#server.name === 'rooms-server' ? toRoom : toBareLoop;
    const writers = Math.min(WRITERS, this.size, messages);
    for (let writer = 0; writer < writers; writer += 1) {
      const share = Math.ceil((messages - writer) / writers);
      const texts = Array.from({ length: share }, () => text((this.sent += 1)));
      this.#sockets[writer]?.send(texts);
    }
  }

  async #measure(seconds: number): Promise<Interval> {
    const before = await this.#state();
    await pause(seconds * 1000);
    const after = await this.#state();
    const deliveries = after.deliveries - before.deliveries;
    return {
      messages: deliveries / this.size,
      deliveries,
      seconds: after.at - before.at,
      serverCpu: after.serverCpu - before.serverCpu,
      loadCpu: after.loadCpu - before.loadCpu,
    };
  }

  async #state() {
    const { cpuSeconds } = await this.#server.usage();
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now() / 1000,
      deliveries: this.deliveries,
      serverCpu: cpuSeconds,
      loadCpu: (user + system) / 1e6,
    };
  }

  /** Until everybody has heard everything. Throws when somebody has not, or heard it wrong. */
  async #settle(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (this.deliveries < this.sent * this.size && performance.now() < deadline) await pause(1);
    const missing = this.sent * this.size - this.deliveries;
    if (missing !== 0 || this.faults > 0) {
      throw new Error(`${this.#server.name}: ${missing} deliveries missing, ${this.faults} faults`);
    }
  }
}
