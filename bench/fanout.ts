import { Load } from './load.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { ServerProcess, type ServerName } from './server-process.ts';
import { medians, percentile } from './statistics.ts';

const SOCKETS = 500;
const RUNS = 3;
const SECONDS = 2;
const STEADY_MESSAGES = 100;

/** One room that all hear: how much, how soon, and at what cost. */
export const fanout: Measurement = {
  bare: 'a ws loop that sends what it hears to all, without rooms, rights, order or storage',
  async run({ sockets = SOCKETS }: Options): Promise<Figure[]> {
    const ours = [];
    const bare = [];
    for (let run = 0; run < RUNS; run += 1) {
      ours.push(await once('rooms-server', sockets));
      bare.push(await once('bare-loop', sockets));
    }
    return figures(medians(ours), medians(bare), sockets);
  },
};

type Outcome = Awaited<ReturnType<typeof once>>;

async function once(name: ServerName, sockets: number) {
  const server = await ServerProcess.start(name);
  const load = await Load.connect(server, sockets);
  const full = await load.saturate(SECONDS);
  const half = await load.pace(full.messages / full.seconds / 2, SECONDS);
  const steady = await load.pace(STEADY_MESSAGES, SECONDS);
  load.close();
  await server.stop();
  return {
    perSecond: full.deliveries / full.seconds,
    perCpuSecond: full.deliveries / full.serverCpu,
    serverShare: full.serverCpu / full.seconds,
    loadShare: full.loadCpu / full.seconds,
    halfP50: percentile(half.latencies, 0.5),
    halfP99: percentile(half.latencies, 0.99),
    steadyCpu: (steady.serverCpu / steady.messages) * 1000,
    steadyP99: percentile(steady.latencies, 0.99),
  };
}

function figures(ours: Outcome, bare: Outcome, sockets: number): Figure[] {
  const figure = (key: keyof Outcome, what: string, unit: string, aim?: Figure['aim']) => ({
    what,
    unit,
    value: ours[key],
    bare: bare[key],
    ...(aim === undefined ? {} : { aim }),
  });
  const steady = `at ${STEADY_MESSAGES} messages/s to ${sockets}`;
  return [
    figure('perSecond', 'deliveries at saturation', '/s', { of: 'ratio', atLeast: 10 }),
    figure('perCpuSecond', 'deliveries a CPU second of the server', '', {
      of: 'ratio',
      atLeast: 10,
    }),
    figure('serverShare', 'cores the server used, at saturation', ''),
    figure('loadShare', 'cores the load used, at saturation', ''),
    figure('halfP50', 'delivery at half of its own load, p50', 'ms'),
    figure('halfP99', 'delivery at half of its own load, p99', 'ms', { of: 'value', atMost: 50 }),
    figure('steadyCpu', `CPU a message ${steady}`, 'ms', { of: 'ratio', atMost: 1 }),
    figure('steadyP99', `delivery ${steady}, p99`, 'ms'),
  ];
}
