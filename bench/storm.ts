import { enter } from './enter.ts';
import { Load } from './load.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { pause } from './pause.ts';
import { ServerProcess } from './server-process.ts';
import type { Socket } from './socket.ts';
import { seqOf } from './speech.ts';
import { median } from './statistics.ts';
import { someId } from './tickets.ts';

const CLIENTS = 500;
const RUNS = 5;
const MISSED = 20;
/** By then the outbox has told api. */
const CALM_MS = 500;

/** Everybody loses the network, misses something, and comes back in the same moment. */
export const storm: Measurement = {
  bare: 'as many handshakes with a bare ws server',
  async run({ sockets = CLIENTS }: Options): Promise<Figure[]> {
    const rooms = await ServerProcess.start('rooms-server');
    const loop = await ServerProcess.start('bare-loop');
    const ours: number[] = [];
    const bare: number[] = [];
    let apiCalls = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const places = await loseEverybody(rooms, sockets);
      const before = (await rooms.usage()).apiCalls;
      ours.push(await inOneMoment(places.map((place) => () => comeBack(rooms, place))));
      apiCalls += (await rooms.usage()).apiCalls - before;
      bare.push(await inOneMoment(places.map(() => () => enter(loop, '/'))));
    }
    await Promise.all([rooms.stop(), loop.stop()]);
    return [
      {
        what: `${sockets} clients are back, each with the ${MISSED} messages it missed`,
        unit: 'ms',
        value: median(ours),
        bare: median(bare),
        aim: { of: 'value', atMost: 300 },
      },
      { what: 'calls to api', unit: '', value: apiCalls, aim: { of: 'value', atMost: 0 } },
    ];
  },
};

interface Place {
  /** Path and query of the way back. */
  path: string;
  seq: number;
}

async function loseEverybody(rooms: ServerProcess, clients: number): Promise<Place[]> {
  const channelId = someId();
  const load = await Load.connect(rooms, clients, channelId);
  await load.write(1);
  load.close();
  const writer = await Load.connect(rooms, 1, channelId);
  await writer.write(MISSED);
  await pause(CALM_MS);
  writer.close();
  return load.places.map(({ seq, ticket }) => {
    const query = new URLSearchParams({ ticket, since: String(seq) });
    return { path: `/parties/main/${channelId}?${query}`, seq };
  });
}

/** @returns milliseconds until the last is through */
async function inOneMoment(clients: (() => Promise<Socket>)[]): Promise<number> {
  const started = performance.now();
  const sockets = await Promise.all(clients.map((comeIn) => comeIn()));
  const took = performance.now() - started;
  for (const socket of sockets) socket.cut();
  return took;
}

/** Throws when anything that was missed did not come before the room let the member in. */
async function comeBack(rooms: ServerProcess, { path, seq }: Place): Promise<Socket> {
  let last = seq;
  let type = '';
  const socket = await enter(rooms, path, {
    onMessage(bytes, _start, end) {
      if (seqOf(bytes, end) === last + 1) last += 1;
    },
    onEvent: (event) => (type = event.type),
  });
  if (type !== 'resumed' || last !== seq + MISSED) throw new Error(`${type} at ${last} of ${seq}`);
  return socket;
}
