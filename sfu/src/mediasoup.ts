import { createWorker, type types } from 'mediasoup';
import { OnsetWatch } from './mediasoup/onset-watch.ts';
import type { MediaAddress } from './node/media-addresses.ts';
import {
  MediaRefusal,
  type Levels,
  type MediaConsumer,
  type MediaProducer,
  type MediaRouter,
  type MediaTransport,
  type MediaWorker,
} from './media.ts';

/** mediasoup's shortest; it also wants ten packets of a speaker in an interval, 200 ms of Opus. */
const LEVEL_INTERVAL_MS = 250;
/** Quieter than this (dBov) nobody is heard. */
const LEVEL_THRESHOLD = -65;
/** Producers in one report of levels, the loudest first. */
const LEVEL_ENTRIES = 100;

const CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

export interface MediasoupOptions {
  workerBin: string;
  /** Where it listens, and where clients reach it. */
  addresses: readonly MediaAddress[];
  /** One UDP and one TCP port of this number on each. */
  port: number;
}

/** Starts a worker process that listens on its port. Throws words for people when it cannot. */
export async function startMediasoupWorker(options: MediasoupOptions): Promise<MediaWorker> {
  const worker = await createWorker({ workerBin: options.workerBin, logLevel: 'warn' });
  const listenInfos = options.addresses.flatMap(({ ip, announced }) => {
    const flags = ip.includes(':') ? { ipv6Only: true } : {};
    const listen = { ip, announcedAddress: announced, port: options.port, flags };
    return [
      { protocol: 'udp' as const, ...listen },
      { protocol: 'tcp' as const, ...listen },
    ];
  });
  try {
    const server = await worker.createWebRtcServer({ listenInfos });
    return wrapWorker(worker, server);
  } catch (cause) {
    worker.close();
    throw new Error(
      `Voice cannot listen on port ${options.port} (UDP and TCP): it is taken by another program, or not allowed. Set SFU_PORT to the first of a few free ports.`,
      { cause },
    );
  }
}

function wrapWorker(worker: types.Worker, server: types.WebRtcServer): MediaWorker {
  return {
    pid: worker.pid,
    async createRouter() {
      return wrapRouter(await worker.createRouter({ mediaCodecs: CODECS }), server);
    },
    onDied(listener) {
      worker.once('died', listener);
    },
    close() {
      worker.close();
    },
  };
}

async function wrapRouter(
  router: types.Router,
  webRtcServer: types.WebRtcServer,
): Promise<MediaRouter> {
  const observer = await router.createAudioLevelObserver({
    interval: LEVEL_INTERVAL_MS,
    threshold: LEVEL_THRESHOLD,
    maxEntries: LEVEL_ENTRIES,
  });
  const onsets = await OnsetWatch.open(router);
  return {
    rtpCapabilities: router.rtpCapabilities,
    async createTransport() {
      const transport = await router.createWebRtcTransport({
        webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
      });
      return wrapTransport(transport);
    },
    async listenTo(producer) {
      await observer.addProducer({ producerId: producer.id });
      await onsets.watch(producer.id);
    },
    onLevels(listener) {
      observer.on('volumes', (volumes) => {
        const levels: Levels = new Map(
          volumes.map(({ producer, volume }) => [producer.id, volume]),
        );
        onsets.settle(levels);
        listener(levels);
      });
      observer.on('silence', () => {
        onsets.settle(new Map());
        listener(new Map());
      });
    },
    onOnset(listener) {
      onsets.onOnset = listener;
    },
    close() {
      router.close();
    },
  };
}

function wrapTransport(transport: types.WebRtcTransport): MediaTransport {
  let connected = false;
  return {
    id: transport.id,
    iceParameters: { ...transport.iceParameters },
    iceCandidates: transport.iceCandidates.map((candidate) => ({ ...candidate })),
    dtlsParameters: { ...transport.dtlsParameters },
    async connect(dtlsParameters) {
      if (connected) throw new MediaRefusal('invalid', 'The transport is connected already.');
      connected = true;
      await refusing(transport.connect({ dtlsParameters }));
    },
    async restartIce() {
      return { ...(await refusing(transport.restartIce())) };
    },
    async produce(options) {
      return wrapProducer(await refusing(transport.produce(options)));
    },
    async consume(options) {
      return wrapConsumer(await refusing(transport.consume({ ...options, paused: true })));
    },
    close() {
      transport.close();
    },
  };
}

function wrapProducer(producer: types.Producer): MediaProducer {
  return {
    id: producer.id,
    kind: producer.kind,
    pause: () => producer.pause(),
    resume: () => producer.resume(),
    close: () => producer.close(),
  };
}

function wrapConsumer(consumer: types.Consumer): MediaConsumer {
  return {
    id: consumer.id,
    producerId: consumer.producerId,
    kind: consumer.kind,
    rtpParameters: { ...consumer.rtpParameters },
    pause: () => consumer.pause(),
    resume: () => consumer.resume(),
    setPreferredLayers: (layers) => refusing(consumer.setPreferredLayers(layers)),
    onEnded(listener) {
      consumer.once('producerclose', listener);
      consumer.once('transportclose', listener);
    },
    close: () => consumer.close(),
  };
}

/** mediasoup's own words for what the client got wrong become refusals; the rest stays an error. */
async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    switch (cause.name) {
      case 'TypeError':
      // The worker's answer to this one request, such as an SSRC that is in use.
      case 'Error':
        throw new MediaRefusal('invalid', cause.message, cause);
      case 'UnsupportedError':
        throw new MediaRefusal('not_supported', cause.message, cause);
      case 'NotFoundError':
        throw new MediaRefusal('not_found', cause.message, cause);
      default:
        throw cause;
    }
  }
}
