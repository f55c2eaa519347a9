import type { Snowflake } from '@harmonium/api/ids';
import { enter } from './enter.ts';
import { Load } from './load.ts';
import type { Figure, Measurement } from './measurement.ts';
import { pause } from './pause.ts';
import { ServerProcess } from './server-process.ts';
import { percentile } from './statistics.ts';
import { channelPath, someId } from './tickets.ts';

const WARM_MESSAGES = 100_000;
const WARM_OPENS = 200;
const COLD_ROOMS = 15;
/** As much as a room keeps at hand, and more. */
const COLD_MESSAGES = 1_500;

/** A click on a channel: from the first byte of the connection to `ready` with the last 50 messages. */
export const open: Measurement = {
  bare: 'the handshake of a bare ws server',
  async run(): Promise<Figure[]> {
    const rooms = await ServerProcess.start('rooms-server');
    const loop = await ServerProcess.start('bare-loop');
    const channelId = someId();
    await fill(rooms, channelId, WARM_MESSAGES);
    const before = (await rooms.usage()).apiCalls;
    const warm: number[] = [];
    const bare: number[] = [];
    for (let at = 0; at < WARM_OPENS; at += 1) {
      warm.push(await openOnce(rooms, channelId));
      bare.push(await openOnce(loop, channelId));
    }
    const apiCalls = (await rooms.usage()).apiCalls - before;
    const cold = await openCold(rooms);
    await Promise.all([rooms.stop(), loop.stop()]);
    const figure = (what: string, value: number, reference: number, atMost: number): Figure => {
      return { what, unit: 'ms', value, bare: reference, aim: { of: 'value', atMost } };
    };
    const [p50, p99] = [0.5, 0.99];
    return [
      figure('warm, 100,000 messages, p50', percentile(warm, p50), percentile(bare, p50), 5),
      {
        what: 'the same, p99',
        unit: 'ms',
        value: percentile(warm, p99),
        bare: percentile(bare, p99),
      },
      {
        what: `calls to api for ${WARM_OPENS} warm opens`,
        unit: '',
        value: apiCalls,
        aim: { of: 'value', atMost: 0 },
      },
      figure('cold, after a restart, p50', percentile(cold, p50), percentile(bare, p50), 100),
    ];
  },
};

/** Writes a history, and waits until the outbox is empty. */
async function fill(server: ServerProcess, channelId: Snowflake, messages: number): Promise<void> {
  const load = await Load.connect(server, 1, channelId);
  await load.write(messages);
  load.close();
  let calls = -1;
  while (calls !== (calls = (await server.usage()).apiCalls)) await pause(150);
}

/** @returns milliseconds until `ready`, or until the bare server's handshake */
async function openOnce(server: ServerProcess, channelId: Snowflake): Promise<number> {
  const path = await channelPath(channelId);
  const started = performance.now();
  const socket = await enter(server, path);
  const took = performance.now() - started;
  socket.cut();
  return took;
}

/** The first open of each of several channels, in a process that has just started. */
async function openCold(rooms: ServerProcess): Promise<number[]> {
  const channels = Array.from({ length: COLD_ROOMS }, someId);
  for (const channelId of channels) await fill(rooms, channelId, COLD_MESSAGES);
  await rooms.restart();
  const times: number[] = [];
  for (const channelId of channels) times.push(await openOnce(rooms, channelId));
  return times;
}
