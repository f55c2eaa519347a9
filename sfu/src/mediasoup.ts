import process from 'node:process';
import { createWorker, type types } from 'mediasoup';
import { MediasoupRouter } from './mediasoup/router.ts';
import type { MediaAddress } from './node/media-addresses.ts';
import type { MediaWorker } from './media.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
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
  const worker = await createPatientWorker({ workerBin: options.workerBin, logLevel: 'warn' });
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

/**
 * mediasoup ends its workers by itself as soon as this process is asked to end: whoever has yet to go to
 * another node would hear nothing. Here they end by `close`, and with this process.
 */
function createPatientWorker(settings: types.WorkerSettings): Promise<types.Worker> {
  const listeners = () => SIGNALS.map((signal) => ({ signal, all: process.listeners(signal) }));
  const before = listeners();
  const creating = createWorker(settings);
  for (const [at, { signal, all }] of listeners().entries()) {
    for (const listener of all) {
      if (before[at]?.all.includes(listener) !== true) process.off(signal, listener);
    }
  }
  return creating;
}

function wrapWorker(worker: types.Worker, server: types.WebRtcServer): MediaWorker {
  return {
    pid: worker.pid,
    async createRouter() {
      return MediasoupRouter.open(await worker.createRouter({ mediaCodecs: CODECS }), server);
    },
    onDied(listener) {
      worker.once('died', listener);
    },
    close() {
      worker.close();
    },
  };
}
