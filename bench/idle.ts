import { Product } from '../e2e/product.ts';
import { Load } from './load.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { pause } from './pause.ts';
import { childrenOf, residentBytes } from './children.ts';
import { ServerProcess, type ServerName } from './server-process.ts';
import { median } from './statistics.ts';

const CLIENTS = 2_000;
/** What only the first clients cost (compiled code, a heap that grows to its working size) is there. */
const FIRST_CLIENTS = 2_000;
const STARTS = 3;
const CALM_MS = 2_000;

/** What it takes to be there while nobody does anything. */
export const idle: Measurement = {
  bare: 'a client of the bare ws server',
  async run({ sockets = CLIENTS }: Options): Promise<Figure[]> {
    const ours = await memoryPerClient('rooms-server', sockets);
    const bare = await memoryPerClient('bare-loop', sockets);
    const whole = await allInOne();
    return [
      {
        what: 'heap a connected client',
        unit: 'KB',
        value: ours.heap,
        bare: bare.heap,
        aim: { of: 'value', atMost: 12 },
      },
      {
        what: 'resident memory one client more takes',
        unit: 'KB',
        value: ours.resident,
        bare: bare.resident,
        aim: { of: 'value', atMost: 12 },
      },
      {
        what: `resident with ${(FIRST_CLIENTS + sockets).toLocaleString('en')} clients, the whole process`,
        unit: 'MB',
        value: ours.wholeMegabytes,
        bare: bare.wholeMegabytes,
      },
      {
        what: 'all-in-one, resident, all its processes',
        unit: 'MB',
        value: whole.residentMegabytes,
        aim: { of: 'value', atMost: 400 },
      },
      {
        what: 'all-in-one, start to ready on a warm folder',
        unit: 's',
        value: whole.startSeconds,
        aim: { of: 'value', atMost: 5 },
      },
    ];
  },
};

async function memoryPerClient(name: ServerName, clients: number) {
  const server = await ServerProcess.start(name);
  const first = await Load.connect(server, FIRST_CLIENTS);
  const before = await server.held();
  const load = await Load.connect(server, clients);
  await pause(CALM_MS);
  const after = await server.held();
  for (const some of [first, load]) some.close();
  await server.stop();
  const perClient = (bytes: number) => bytes / clients / 1024;
  return {
    resident: perClient(after.residentBytes - before.residentBytes),
    heap: perClient(after.heapBytes - before.heapBytes),
    wholeMegabytes: after.residentBytes / 1024 / 1024,
  };
}

async function allInOne() {
  const product = await Product.start();
  try {
    const starts: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      await product.stop();
      const started = performance.now();
      await product.start();
      starts.push((performance.now() - started) / 1000);
    }
    await pause(CALM_MS);
    return {
      startSeconds: median(starts),
      residentMegabytes: residentBytesOfAll(product.pid) / 1024 / 1024,
    };
  } finally {
    await product.discard();
  }
}

/** Of a process and all that it started. */
function residentBytesOfAll(pid: number): number {
  return childrenOf(pid).reduce(
    (sum, child) => sum + residentBytesOfAll(child),
    residentBytes(pid),
  );
}
