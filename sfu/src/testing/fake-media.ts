import {
  MediaRefusal,
  type Levels,
  type MediaConsumer,
  type MediaProducer,
  type MediaRouter,
  type MediaTransport,
  type MediaVoice,
  type MediaWorker,
  type VoicePacket,
} from '../media.ts';
import type { RtpCapabilities, RtpParameters } from '../rtp.ts';

const OPUS = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2 };
const VP8 = { mimeType: 'video/VP8', clockRate: 90_000 };
const KNOWN = new Set([OPUS.mimeType.toLowerCase(), VP8.mimeType.toLowerCase()]);

let lastId = 0;
function newId(kind: string): string {
  lastId += 1;
  return `${kind}-${lastId}`;
}

/** Media without media: the rules of `media.ts`, and handles to make it loud or make it die. */
export class FakeWorker implements MediaWorker {
  readonly pid = 1000 + ++lastId;
  readonly routers: FakeRouter[] = [];
  closed = false;
  /** What a router waits for before it is there. */
  busy: Promise<void> | undefined;
  #died: (() => void)[] = [];

  async createRouter(): Promise<FakeRouter> {
    await this.busy;
    if (this.closed) throw new Error('The worker is closed.');
    const router = new FakeRouter();
    this.routers.push(router);
    return router;
  }
  onDied(listener: () => void): void {
    this.#died.push(listener);
  }
  close(): void {
    this.closed = true;
    for (const router of this.routers) router.close();
  }
  die(): void {
    this.close();
    for (const listener of this.#died) listener();
  }
}

export class FakeRouter implements MediaRouter {
  readonly rtpCapabilities = {
    codecs: [
      { kind: 'audio', ...OPUS, preferredPayloadType: 100 },
      { kind: 'video', ...VP8, preferredPayloadType: 101 },
    ],
    headerExtensions: [],
  };
  readonly producers = new Map<string, FakeProducer>();
  readonly transports: FakeTransport[] = [];
  readonly listened: string[] = [];
  readonly consumers: FakeConsumer[] = [];
  /** Producers of other routers that can be consumed here, counted as they come. */
  brought = 0;
  /** What a producer waits for before it is there. */
  busy: Promise<void> | undefined;
  closed = false;
  #listeners: ((levels: Levels) => void)[] = [];
  #onsetListeners: ((producerId: string, dBov: number) => void)[] = [];

  async createTransport(): Promise<FakeTransport> {
    if (this.closed) throw new Error('The router is closed.');
    const transport = new FakeTransport(this);
    this.transports.push(transport);
    return transport;
  }
  async listenTo(producer: MediaProducer): Promise<void> {
    this.listened.push(producer.id);
  }
  onLevels(listener: (levels: Levels) => void): void {
    this.#listeners.push(listener);
  }
  onOnset(listener: (producerId: string, dBov: number) => void): void {
    this.#onsetListeners.push(listener);
  }
  startToHear(producerId: string, dBov: number): void {
    for (const listener of this.#onsetListeners) listener(producerId, dBov);
  }
  hear(levels: Record<string, number>): void {
    for (const listener of this.#listeners) listener(new Map(Object.entries(levels)));
  }
  async read(producerId: string, listener: (packet: VoicePacket) => void): Promise<void> {
    this.producers.get(producerId)?.readers.push(listener);
  }
  async createVoice(id: string): Promise<MediaVoice> {
    await this.busy;
    const producer = new FakeProducer({ id, kind: 'audio', paused: false }, this);
    return { send: (packet) => producer.emit(packet) };
  }
  async bring(producerId: string, other: MediaRouter): Promise<void> {
    const producer = this.producers.get(producerId);
    if (!producer) throw new MediaRefusal('not_found', 'unknown producer');
    if (!(other instanceof FakeRouter)) throw new TypeError('Routers of two kinds.');
    if (other.producers.has(producerId)) return;
    other.brought += 1;
    other.producers.set(producerId, producer);
    producer.onClosed.push(() => other.producers.delete(producerId));
  }
  close(): void {
    this.closed = true;
    for (const transport of this.transports) transport.close();
  }
}

export class FakeTransport implements MediaTransport {
  readonly id = newId('transport');
  readonly iceParameters = { usernameFragment: 'a', password: 'b', iceLite: true };
  readonly iceCandidates = [{ ip: '127.0.0.1', port: 40_000, protocol: 'udp', type: 'host' }];
  readonly dtlsParameters = { role: 'auto', fingerprints: [] };
  readonly producers = new Set<FakeProducer>();
  readonly consumers = new Set<FakeConsumer>();
  closed = false;
  #connected = false;
  #router: FakeRouter;
  constructor(router: FakeRouter) {
    this.#router = router;
  }

  async connect(): Promise<void> {
    if (this.#connected) throw new MediaRefusal('invalid', 'The transport is connected already.');
    this.#connected = true;
  }
  async restartIce(): Promise<Record<string, unknown>> {
    return { usernameFragment: newId('ufrag'), password: 'c', iceLite: true };
  }
  async produce(options: {
    kind: 'audio' | 'video';
    rtpParameters: RtpParameters;
    paused: boolean;
  }): Promise<FakeProducer> {
    if (!options.rtpParameters.codecs.every((codec) => KNOWN.has(codec.mimeType.toLowerCase()))) {
      throw new MediaRefusal('not_supported', 'unsupported codec');
    }
    await this.#router.busy;
    const producer = new FakeProducer(options, this.#router);
    this.producers.add(producer);
    return producer;
  }
  async consume(options: {
    producerId: string;
    rtpCapabilities: RtpCapabilities;
  }): Promise<FakeConsumer> {
    const producer = this.#router.producers.get(options.producerId);
    if (!producer) throw new MediaRefusal('not_found', 'unknown producer');
    const codecs = options.rtpCapabilities.codecs ?? [];
    if (!codecs.some((codec) => codec.kind === producer.kind)) {
      throw new MediaRefusal('not_supported', 'no compatible media codecs');
    }
    const consumer = new FakeConsumer(producer);
    producer.consumers.add(consumer);
    this.consumers.add(consumer);
    this.#router.consumers.push(consumer);
    return consumer;
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const producer of this.producers) producer.close();
    for (const consumer of this.consumers) consumer.end();
  }
}

export class FakeProducer implements MediaProducer {
  readonly id: string;
  readonly kind: 'audio' | 'video';
  readonly consumers = new Set<FakeConsumer>();
  readonly readers: ((packet: VoicePacket) => void)[] = [];
  readonly onClosed: (() => void)[] = [];
  paused: boolean;
  closed = false;
  #router: FakeRouter;
  constructor(
    options: { id?: string; kind: 'audio' | 'video'; paused: boolean },
    router: FakeRouter,
  ) {
    this.id = options.id ?? newId('producer');
    this.kind = options.kind;
    this.paused = options.paused;
    this.#router = router;
    router.producers.set(this.id, this);
  }
  async pause(): Promise<void> {
    this.paused = true;
  }
  async resume(): Promise<void> {
    this.paused = false;
  }
  /** Sends a packet, to who reads it here and to who consumes it. */
  emit(packet: VoicePacket): void {
    if (this.paused || this.closed) return;
    for (const reader of this.readers) reader(packet);
    for (const consumer of this.consumers) if (!consumer.paused) consumer.received.push(packet);
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#router.producers.delete(this.id);
    for (const listener of this.onClosed) listener();
    for (const consumer of this.consumers) consumer.end();
  }
}

export class FakeConsumer implements MediaConsumer {
  readonly id = newId('consumer');
  readonly producerId: string;
  readonly kind: 'audio' | 'video';
  readonly rtpParameters = { codecs: [], encodings: [] };
  readonly received: VoicePacket[] = [];
  paused = true;
  closed = false;
  #ended: (() => void)[] = [];
  constructor(producer: FakeProducer) {
    this.producerId = producer.id;
    this.kind = producer.kind;
  }
  async pause(): Promise<void> {
    this.paused = true;
  }
  async resume(): Promise<void> {
    this.paused = false;
  }
  async setPreferredLayers(): Promise<void> {}
  onEnded(listener: () => void): void {
    this.#ended.push(listener);
  }
  end(): void {
    if (this.closed) return;
    this.closed = true;
    for (const listener of this.#ended) listener();
  }
  close(): void {
    this.closed = true;
  }
}
