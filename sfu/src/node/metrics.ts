import { Counter, Gauge, Registry } from 'prom-client';
import type { Sfu } from '../server.ts';

/** What the node says to the api, where it does. */
export interface Beats {
  readonly isDraining: boolean;
  readonly heard: number;
  readonly failed: number;
}

/** The calls of one process as Prometheus reads them. */
export function createSfuMetrics(sfu: Pick<Sfu, 'stats'>, beats?: Beats): Registry {
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
  gauge('forwards', 'Streams to peers that are not paused.', ({ forwards }) => forwards);
  gauge('stage_speakers', 'Voices that large calls carry.', ({ speakers }) => speakers);
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
  if (beats !== undefined) addBeats(registry, beats);
  return registry;
}

function addBeats(registry: Registry, beats: Beats): void {
  registry.registerMetric(
    new Gauge({
      name: 'harmonium_sfu_draining',
      help: '1 while people are sent on to another node, because this one stops.',
      registers: [],
      collect() {
        this.set(beats.isDraining ? 1 : 0);
      },
    }),
  );
  for (const what of ['heard', 'failed'] as const) {
    registry.registerMetric(
      new Counter({
        name: `harmonium_sfu_beats_${what}_total`,
        help: `How often the node told the api that it is there, and was ${what === 'heard' ? 'heard' : 'not heard'}.`,
        registers: [],
        collect() {
          this.reset();
          this.inc(beats[what]);
        },
      }),
    );
  }
}
