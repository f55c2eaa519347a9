import type { types } from 'mediasoup';
import type {
  Levels,
  MediaProducer,
  MediaRouter,
  MediaTransport,
  MediaVoice,
  VoicePacket,
} from '../media.ts';
import { AUDIO_LEVEL, OnsetWatch } from './onset-watch.ts';
import { PacketAllowance } from './packet-allowance.ts';
import { refusing, wrapTransport } from './transport.ts';
import { readVoicePacket, writeVoicePacket } from './voice-packet.ts';

/** mediasoup's shortest; it also wants ten packets of a speaker in an interval, 200 ms of Opus. */
const LEVEL_INTERVAL_MS = 250;
/** Quieter than this (dBov) nobody is heard. */
const LEVEL_THRESHOLD = -65;
/** Producers in one report of levels, the loudest first. */
const LEVEL_ENTRIES = 100;

export class MediasoupRouter implements MediaRouter {
  readonly #router: types.Router;
  readonly #webRtcServer: types.WebRtcServer;
  readonly #observer: types.AudioLevelObserver;
  readonly #onsets: OnsetWatch;
  /** By which this process hears and speaks. */
  readonly #direct: types.DirectTransport;
  /** What was brought to which router. */
  readonly #brought = new Map<string, Promise<types.PipeToRouterResult>>();

  static async open(
    router: types.Router,
    webRtcServer: types.WebRtcServer,
  ): Promise<MediasoupRouter> {
    const observer = await router.createAudioLevelObserver({
      interval: LEVEL_INTERVAL_MS,
      threshold: LEVEL_THRESHOLD,
      maxEntries: LEVEL_ENTRIES,
    });
    const direct = await router.createDirectTransport();
    return new MediasoupRouter(router, webRtcServer, observer, direct);
  }

  private constructor(
    router: types.Router,
    webRtcServer: types.WebRtcServer,
    observer: types.AudioLevelObserver,
    direct: types.DirectTransport,
  ) {
    this.#router = router;
    this.#webRtcServer = webRtcServer;
    this.#observer = observer;
    this.#direct = direct;
    this.#onsets = new OnsetWatch(direct, router.rtpCapabilities);
  }

  get rtpCapabilities(): Record<string, unknown> {
    return { ...this.#router.rtpCapabilities };
  }

  async createTransport(): Promise<MediaTransport> {
    const transport = await this.#router.createWebRtcTransport({
      webRtcServer: this.#webRtcServer,
      enableUdp: true,
      enableTcp: true,
      preferUdp: true,
    });
    return wrapTransport(transport);
  }

  async listenTo(producer: MediaProducer): Promise<void> {
    await this.#observer.addProducer({ producerId: producer.id });
    await this.#onsets.watch(producer.id);
  }

  onLevels(listener: (levels: Levels) => void): void {
    this.#observer.on('volumes', (volumes) => {
      const levels: Levels = new Map(volumes.map(({ producer, volume }) => [producer.id, volume]));
      this.#onsets.settle(levels);
      listener(levels);
    });
    this.#observer.on('silence', () => {
      this.#onsets.settle(new Map());
      listener(new Map());
    });
  }

  onOnset(listener: (producerId: string, dBov: number) => void): void {
    this.#onsets.onOnset = listener;
  }

  async read(producerId: string, listener: (packet: VoicePacket) => void): Promise<void> {
    const { rtpCapabilities } = this.#router;
    const consumer = await this.#direct.consume({ producerId, rtpCapabilities });
    const { headerExtensions } = consumer.rtpParameters;
    const levelId = headerExtensions?.find(({ uri }) => uri === AUDIO_LEVEL)?.id;
    // Who does not say how loud they are cannot be the loudest.
    if (levelId === undefined) return consumer.close();
    const allowance = new PacketAllowance(consumer);
    consumer.on('rtp', (bytes) => {
      const packet = allowance.take() ? readVoicePacket(bytes, levelId) : undefined;
      if (packet !== undefined) listener(packet);
    });
  }

  async createVoice(id: string): Promise<MediaVoice> {
    const { codecs = [], headerExtensions = [] } = this.#router.rtpCapabilities;
    const codec = codecs.find(({ kind }) => kind === 'audio');
    const payloadType = codec?.preferredPayloadType;
    const levelId = headerExtensions.find(
      ({ kind, uri }) => kind === 'audio' && uri === AUDIO_LEVEL,
    )?.preferredId;
    if (codec === undefined || payloadType === undefined || levelId === undefined) {
      throw new Error('The router knows no Opus, or no levels.');
    }
    const ssrc = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    const producer = await this.#direct.produce({
      id,
      kind: 'audio',
      rtpParameters: {
        codecs: [{ ...codec, payloadType }],
        headerExtensions: [{ uri: AUDIO_LEVEL, id: levelId }],
        encodings: [{ ssrc, dtx: true }],
        rtcp: {},
      },
    });
    const stream = { ssrc, payloadType, levelId };
    return { send: (packet) => producer.send(writeVoicePacket(packet, stream)) };
  }

  async bring(producerId: string, other: MediaRouter): Promise<void> {
    if (other === this) return;
    if (!(other instanceof MediasoupRouter)) throw new TypeError('Routers of two kinds.');
    const router = other.#router;
    const key = `${producerId} ${router.id}`;
    const bringing =
      this.#brought.get(key) ??
      refusing(this.#router.pipeToRouter({ producerId, router, enableSctp: false }));
    this.#brought.set(key, bringing);
    try {
      const { pipeProducer } = await bringing;
      pipeProducer?.observer.once('close', () => this.#brought.delete(key));
    } catch (error) {
      this.#brought.delete(key);
      throw error;
    }
  }

  close(): void {
    this.#router.close();
  }
}
