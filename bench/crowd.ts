import { Load, WRITERS } from './load.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { Members } from './members.ts';
import { ServerProcess } from './server-process.ts';
import { percentile } from './statistics.ts';
import { someId } from './tickets.ts';

const SECONDS = 6;
const PER_SECOND = 50;
const CROWDS = [
  { members: 2_000, atMost: 150 },
  { members: 5_000, atMost: 250 },
];
/** Of all members, each second. */
const COME_AND_GO = 0.02;
const CHANGE_STATUS = 0.01;
const STEPS_PER_SECOND = 20;

/** A large community on a small machine: all in its server's room, and looking at one channel. */
export const crowd: Measurement = {
  bare: 'the same crowd in the same run, while nobody comes, goes or changes status',
  async run({ sockets }: Options): Promise<Figure[]> {
    const figures: Figure[] = [];
    const crowds = sockets === undefined ? CROWDS : [{ members: sockets, atMost: 250 }];
    for (const { members, atMost } of crowds) {
      const once = await measure(members);
      const what = `${members.toLocaleString('en')} members, ${PER_SECOND} messages/s`;
      figures.push(
        { what: `${what}: delivery, p50`, unit: 'ms', value: once.p50, bare: once.calm.p50 },
        {
          what: 'the same, p99',
          unit: 'ms',
          value: once.p99,
          bare: once.calm.p99,
          aim: { of: 'value', atMost },
        },
        { what: 'who came back a second', unit: '/s', value: once.reconnects },
        { what: 'changes of status a second', unit: '/s', value: once.changes },
        {
          what: 'frames of the server a member and second',
          unit: '/s',
          value: once.frames,
          aim: { of: 'value', atMost: 3 },
        },
        { what: 'cores the server used', unit: '', value: once.cores, bare: once.calm.cores },
        { what: 'cores the load used', unit: '', value: once.loadCores },
      );
    }
    return figures;
  },
};

async function measure(count: number) {
  const server = await ServerProcess.start('rooms-server');
  const id = someId();
  const load = await Load.connect(server, count, id);
  const members = await Members.connect(server, id, count);
  const calm = await load.pace(PER_SECOND, SECONDS);
  const heard = members.frames;
  const churn = new Churn(load, members, count);
  const { latencies, serverCpu, loadCpu, seconds } = await load.pace(PER_SECOND, SECONDS, () =>
    churn.stop(),
  );
  const { faults, frames: heardInAll } = members;
  load.close();
  members.close();
  await server.stop();
  if (faults > 0) throw new Error(`${faults} members were thrown out of the server's room.`);
  const lasted = churn.seconds;
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    reconnects: churn.reconnects / lasted,
    changes: churn.changes / lasted,
    frames: (heardInAll - heard) / lasted / count,
    calm: {
      p50: percentile(calm.latencies, 0.5),
      p99: percentile(calm.latencies, 0.99),
      cores: calm.serverCpu / calm.seconds,
    },
    cores: serverCpu / seconds,
    loadCores: loadCpu / seconds,
  };
}

/** People come and go, and change their status, while others speak. */
class Churn {
  reconnects = 0;
  changes = 0;
  seconds = 0;
  readonly #load: Load;
  readonly #members: Members;
  readonly #count: number;
  readonly #started = performance.now();
  readonly #clock: NodeJS.Timeout;
  readonly #under = new Set<Promise<unknown>>();
  #next = WRITERS;

  constructor(load: Load, members: Members, count: number) {
    this.#load = load;
    this.#members = members;
    this.#count = count;
    this.#clock = setInterval(() => this.#step(), 1000 / STEPS_PER_SECOND);
  }

  /** Ends when whoever was on the way is back. */
  async stop(): Promise<void> {
    clearInterval(this.#clock);
    this.seconds = this.#elapsed();
    await Promise.all(this.#under);
  }

  #step(): void {
    const due = this.#elapsed() * this.#count;
    for (; this.reconnects < due * COME_AND_GO; this.reconnects += 1) this.#comeBack(this.#turn());
    for (; this.changes < due * CHANGE_STATUS; this.changes += 1) {
      this.#members.changeStatus(this.#turn());
    }
  }

  #comeBack(index: number): void {
    const back = Promise.all([this.#load.reconnect(index), this.#members.reconnect(index)]);
    this.#under.add(back);
    void back.finally(() => this.#under.delete(back));
  }

  /** One after the other, and never who writes. */
  #turn(): number {
    this.#next = this.#next + 1 < this.#count ? this.#next + 1 : WRITERS;
    return this.#next;
  }

  #elapsed(): number {
    return (performance.now() - this.#started) / 1000;
  }
}
