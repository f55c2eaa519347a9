import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enter } from './enter.ts';
import type { Figure, Measurement } from './measurement.ts';
import { ServerProcess, type ServerName } from './server-process.ts';
import { toBareLoop, toRoom } from './speech.ts';
import { medians, percentile } from './statistics.ts';
import { channelPath, someId } from './tickets.ts';

const RUNS = 3;
const MESSAGES = 500;
const PAGE = Buffer.alloc(4096, 1);

/** One writes, two hear; nothing else goes on. */
export const latency: Measurement = {
  bare: 'the ws loop, which stores nothing; of a durable write, 4 KB and fdatasync',
  async run(): Promise<Figure[]> {
    const ours = [];
    const bare = [];
    const writes = [];
    for (let run = 0; run < RUNS; run += 1) {
      ours.push(await once('rooms-server'));
      bare.push(await once('bare-loop'));
      writes.push(durableWrites());
    }
    const room = medians(ours);
    const loop = medians(bare);
    const write = medians(writes);
    const figure = (what: string, value: number, reference: number, atMost: number): Figure => {
      return { what, unit: 'ms', value, bare: reference, aim: { of: 'value', atMost } };
    };
    return [
      figure('send to own acknowledgement, p50', room.ackP50, loop.ackP50, 2),
      figure('send to own acknowledgement, p99', room.ackP99, loop.ackP99, 10),
      figure("send to the other's delivery, p50", room.otherP50, loop.otherP50, 2),
      figure("send to the other's delivery, p99", room.otherP99, loop.otherP99, 10),
      { what: 'a durable write alone on this disk, p50', unit: 'ms', value: write.p50 },
      { what: 'a durable write alone on this disk, p99', unit: 'ms', value: write.p99 },
    ];
  },
};

async function once(name: ServerName) {
  const server = await ServerProcess.start(name);
  const channelId = someId();
  const acks: number[] = [];
  const others: number[] = [];
  let sentAt = 0;
  let heard = () => {};
  const member = async (times: number[]) =>
    enter(server, await channelPath(channelId), {
      onMessage() {
        times.push(performance.now() - sentAt);
        if (acks.length === others.length) heard();
      },
    });
  const [writer, reader] = [await member(acks), await member(others)];
  const text = name === 'rooms-server' ? toRoom : toBareLoop;
  for (let n = 1; n <= MESSAGES; n += 1) {
    const both = new Promise<void>((resolve) => {
      heard = resolve;
    });
    sentAt = performance.now();
    writer.send([text(n)]);
    await both;
  }
  for (const socket of [writer, reader]) socket.cut();
  await server.stop();
  return {
    ackP50: percentile(acks, 0.5),
    ackP99: percentile(acks, 0.99),
    otherP50: percentile(others, 0.5),
    otherP99: percentile(others, 0.99),
  };
}

/** What the disk takes for the promise alone. */
function durableWrites() {
  const folder = mkdtempSync(join(tmpdir(), 'harmonium-bench-'));
  const file = openSync(join(folder, 'log'), 'w');
  const times = Array.from({ length: MESSAGES }, () => {
    const started = performance.now();
    writeSync(file, PAGE);
    fdatasyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
