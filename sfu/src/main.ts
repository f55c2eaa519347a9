import { availableParallelism } from 'node:os';
import { pino } from 'pino';
import { collectDefaultMetrics } from 'prom-client';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createHttpPublisher } from '@harmonium/rooms/http-publisher';
import { prepareWorker } from '../worker/prepare-worker.ts';
import { readConfig } from './config.ts';
import type { Facts, Log } from './log.ts';
import { createHttpServer } from './node/http-server.ts';
import { createSfuMetrics } from './node/metrics.ts';
import { createSfu } from './server.ts';

/** The sfu alone, as it runs beside api and rooms of other processes. */
async function main(): Promise<void> {
  const config = readConfig(process.env, availableParallelism());
  const log = createLog();
  const worker = await prepareWorker({ log: (line) => log.info(line) });
  if (!worker.ok) throw new Error(`${worker.reason} To mend it: ${worker.mend}`);

  const now = (): number => Date.now();
  const serviceTokens = createServiceTokens(config.secret, now);
  const sfu = await createSfu({
    workerBin: worker.bin,
    announcedIp: config.announcedIp,
    port: config.port,
    workers: config.workers,
    turn: config.turn,
    tickets: createTicketKeys(config.secret, now),
    serviceTokens,
    rooms: createHttpPublisher({ url: config.roomsUrl, issuer: 'sfu', serviceTokens, fetch }),
    now,
    log,
  });

  const registry = createSfuMetrics(sfu);
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const server = createHttpServer(sfu, { registry, token: config.metricsToken });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.httpPort, resolve);
  });
  log.info('Voice signalling listens.', { port: config.httpPort, mediaPort: config.port });

  const stop = (): void => {
    server.close();
    void sfu.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function createLog(): Log {
  const logger = pino({ serializers: { error: pino.stdSerializers.err } });
  const at = (level: keyof Log) => (event: string, facts?: Facts) => logger[level](facts, event);
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
