import { Load } from './load.ts';
import type { Figure, Measurement } from './measurement.ts';
import { ServerProcess, type ServerName } from './server-process.ts';
import { percentile } from './statistics.ts';

const SECONDS = 4;
const PER_SECOND = 50;
const CROWDS = [
  { members: 2_000, atMost: 150 },
  { members: 5_000, atMost: 250 },
];

/** A large community on a small machine, all of it looking at one channel. */
export const crowd: Measurement = {
  bare: 'the ws loop',
  async run(): Promise<Figure[]> {
    const figures: Figure[] = [];
    for (const { members, atMost } of CROWDS) {
      const ours = await once('rooms-server', members);
      const bare = await once('bare-loop', members);
      const what = `${members.toLocaleString('en')} members, ${PER_SECOND} messages/s`;
      figures.push(
        {
          what: `${what}: delivery, p99`,
          unit: 'ms',
          value: ours.p99,
          bare: bare.p99,
          aim: { of: 'value', atMost },
        },
        { what: `${what}: cores used`, unit: '', value: ours.cores, bare: bare.cores },
      );
    }
    return figures;
  },
};

async function once(name: ServerName, members: number) {
  const server = await ServerProcess.start(name);
  const load = await Load.connect(server, members);
  const { latencies, serverCpu, seconds } = await load.pace(PER_SECOND, SECONDS);
  load.close();
  await server.stop();
  return { p99: percentile(latencies, 0.99), cores: serverCpu / seconds };
}
