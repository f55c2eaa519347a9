import { availableParallelism } from 'node:os';
import { pino } from 'pino';
import { collectDefaultMetrics } from 'prom-client';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createHttpPublisher } from '@harmonium/rooms/http-publisher';
import { prepareWorker } from '../worker/prepare-worker.ts';
import { readConfig } from './config.ts';
import type { Facts, Log } from './log.ts';
import { cpuShare } from './node/cpu-share.ts';
import { createHttpServer } from './node/http-server.ts';
import { createSfuMetrics } from './node/metrics.ts';
import { Registration } from './registration.ts';
import { createSfu, type Sfu } from './server.ts';

/** People have so long to go to another node; a container is killed after 30 s. */
const DRAIN_WITHIN_MS = 20_000;
/** Streams that a worker sends before another node is better (docs/scaling.md). */
const STREAMS_PER_WORKER = 1_000;

/** The sfu alone, as it runs beside api and rooms of other processes. */
async function main(): Promise<void> {
  const config = readConfig(process.env, availableParallelism());
  const log = createLog();
  const worker = await prepareWorker({ log: (line) => log.info(line) });
  if (!worker.ok) throw new Error(`${worker.reason} To mend it: ${worker.mend}`);

  const now = (): number => Date.now();
  const serviceTokens = createServiceTokens(config.secret, now);
  let registration: Registration | undefined;
  const sfu = await createSfu({
    workerBin: worker.bin,
    announcedIp: config.announcedIp,
    port: config.port,
    workers: config.workers,
    stage: { slots: config.stage },
    turn: config.turn,
    tickets: createTicketKeys(config.secret, now),
    serviceTokens,
    rooms: createHttpPublisher({ url: config.roomsUrl, issuer: 'sfu', serviceTokens, fetch }),
    // Without a worker it was taken for gone.
    onWorkerRestarted: () => registration?.speak(),
    now,
    log,
  });

  const { registration: place } = config;
  registration =
    place &&
    new Registration({
      ...place,
      id: sfu.id,
      state: stateOf(sfu, now),
      onElsewhere: (channelIds) => sfu.sendOn(channelIds),
      serviceTokens,
      fetch,
      log,
    });

  const registry = createSfuMetrics(sfu, registration);
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const server = createHttpServer(sfu, { registry, token: config.metricsToken });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.httpPort, resolve);
  });
  log.info('Voice signalling listens.', { port: config.httpPort, mediaPort: config.port });

  void registration?.start();

  const stop = async (): Promise<void> => {
    // Where there is no other node, everybody comes back to this one.
    if (await registration?.drain()) await sfu.drain(DRAIN_WITHIN_MS);
    server.close();
    await sfu.close();
    await registration?.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

function stateOf(sfu: Sfu, now: () => number) {
  const cores = availableParallelism();
  const share = cpuShare({ pids: () => sfu.stats().workerPids, cores, now });
  return () => {
    const { peers, forwards, workers } = sfu.stats();
    // Without a worker it carries nothing.
    const streams = workers === 0 ? 1 : forwards / (workers * STREAMS_PER_WORKER);
    return { peers, load: Math.min(1, Math.max(streams, share())), calls: sfu.calls() };
  };
}

function createLog(): Log {
  const logger = pino({ name: 'sfu', serializers: { error: pino.stdSerializers.err } });
  const at = (level: keyof Log) => (event: string, facts?: Facts) => logger[level](facts, event);
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
