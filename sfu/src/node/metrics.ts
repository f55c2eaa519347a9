import { Counter, Gauge, Registry } from 'prom-client';
import type { Sfu } from '../server.ts';

/** The calls of one process as Prometheus reads them. */
export function createSfuMetrics(sfu: Pick<Sfu, 'stats'>): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, read: (stats: ReturnType<Sfu['stats']>) => number) =>
    registry.registerMetric(
      new Gauge({
        name: `harmonium_sfu_${name}`,
        help,
        registers: [],
        collect() {
          this.set(read(sfu.stats()));
        },
      }),
    );
  gauge('calls', 'Voice channels with somebody in them.', ({ calls }) => calls);
  gauge('peers', 'People in calls.', ({ peers }) => peers);
  gauge('transports', 'Ways of media, one a direction and peer.', ({ transports }) => transports);
  gauge('producers', 'Streams that peers send.', ({ producers }) => producers);
  gauge('consumers', 'Streams that peers are sent.', ({ consumers }) => consumers);
  gauge('workers', 'Worker processes that run.', ({ workers }) => workers);
  registry.registerMetric(
    new Counter({
      name: 'harmonium_sfu_worker_deaths_total',
      help: 'Worker processes that ended without being asked to, each with its calls.',
      registers: [],
      collect() {
        this.reset();
        this.inc(sfu.stats().workerDeaths);
      },
    }),
  );
  return registry;
}
