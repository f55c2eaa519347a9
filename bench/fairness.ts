import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Load } from './load.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { ServerProcess } from './server-process.ts';
import type { Felt } from './small-room.ts';
import { medians, percentile } from './statistics.ts';

const SOCKETS = 500;
const RUNS = 3;
const SECONDS = 3;
const BUSY_MESSAGES = 100;
/** Under way all the time in the room that is flooded: far more than one tick takes. */
const FLOOD_WINDOW = 4_096;

/** Milliseconds that an answer may take beside a busy room; and one whole tick of another more. */
const AIM_MS = 10;
const TICK_MS = 10;

/** What two people feel of a large room beside theirs. */
export const fairness: Measurement = {
  bare: 'the same two alone on the server',
  async run({ sockets = SOCKETS }: Options): Promise<Figure[]> {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await felt(sockets));
    const [alone, busy, saturated, flooded] = [
      medians(runs.map((run) => run.alone)),
      medians(runs.map((run) => run.busy)),
      medians(runs.map((run) => run.saturated)),
      medians(runs.map((run) => run.flooded)),
    ];
    return [
      ...beside('nobody', alone),
      ...beside(`${sockets} who hear ${BUSY_MESSAGES}/s`, busy, alone, AIM_MS),
      ...beside(`${sockets} at saturation`, saturated, alone, AIM_MS + TICK_MS),
      ...beside(`${sockets} flooded`, flooded, alone, AIM_MS + TICK_MS),
    ];
  },
};

type Times = ReturnType<typeof timesOf>;

function beside(whom: string, times: Times, alone?: Times, atMost?: number): Figure[] {
  const figure = (key: keyof Times, what: string): Figure => ({
    what: `${what}, beside ${whom}`,
    unit: 'ms',
    value: times[key],
    ...(alone === undefined ? {} : { bare: alone[key] }),
    ...(atMost === undefined || !key.endsWith('99') ? {} : { aim: { of: 'value', atMost } }),
  });
  return [
    figure('ackP50', 'acknowledgement p50'),
    figure('ackP99', 'acknowledgement p99'),
    figure('deliveryP50', 'delivery p50'),
    figure('deliveryP99', 'delivery p99'),
  ];
}

async function felt(sockets: number) {
  const server = await ServerProcess.start('rooms-server');
  const two = fork(join(import.meta.dirname, 'small-room.ts'), [String(server.port)]);
  await once(two, 'message');
  const talk = async (): Promise<Times> => {
    two.send(SECONDS);
    const [times] = await once(two, 'message');
    return timesOf(times);
  };
  await talk(); // What is compiled at the first time is not what they feel.
  const alone = await talk();
  const load = await Load.connect(server, sockets);
  // A second more, so that the load is there before and after.
  const [, busy] = await Promise.all([load.pace(BUSY_MESSAGES, SECONDS + 1), later(talk)]);
  const [, saturated] = await Promise.all([load.saturate(SECONDS + 1), later(talk)]);
  const flood = load.saturate(SECONDS + 1, FLOOD_WINDOW);
  const [, flooded] = await Promise.all([flood, later(talk)]);
  load.close();
  two.disconnect();
  await once(two, 'exit');
  await server.stop();
  return { alone, busy, saturated, flooded };
}

async function later<T>(work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => {
    setTimeout(resolve, 700);
  });
  return work();
}

function timesOf({ acks, deliveries }: Felt) {
  return {
    ackP50: percentile(acks, 0.5),
    ackP99: percentile(acks, 0.99),
    deliveryP50: percentile(deliveries, 0.5),
    deliveryP99: percentile(deliveries, 0.99),
  };
}
