import { Load } from './load.ts';
import type { Figure, Measurement } from './measurement.ts';
import { ServerProcess } from './server-process.ts';
import { percentile } from './statistics.ts';

const SECONDS = 4;
const PER_SECOND = 50;
const CROWDS = [
  { members: 2_000, atMost: 150 },
  { members: 5_000, atMost: 250 },
];

/** A large community on a small machine, all of it looking at one channel. */
export const crowd: Measurement = {
  bare: 'none: a ws loop cannot send the 250,000 deliveries a second of the larger crowd',
  async run(): Promise<Figure[]> {
    const figures: Figure[] = [];
    for (const { members, atMost } of CROWDS) {
      const { p50, p99, cores, loadCores } = await once(members);
      const what = `${members.toLocaleString('en')} members, ${PER_SECOND} messages/s`;
      figures.push(
        { what: `${what}: delivery, p50`, unit: 'ms', value: p50 },
        { what: 'the same, p99', unit: 'ms', value: p99, aim: { of: 'value', atMost } },
        { what: 'cores the server used', unit: '', value: cores },
        { what: 'cores the load used', unit: '', value: loadCores },
      );
    }
    return figures;
  },
};

async function once(members: number) {
  const server = await ServerProcess.start('rooms-server');
  const load = await Load.connect(server, members);
  const { latencies, serverCpu, loadCpu, seconds } = await load.pace(PER_SECOND, SECONDS);
  load.close();
  await server.stop();
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cores: serverCpu / seconds,
    loadCores: loadCpu / seconds,
  };
}
