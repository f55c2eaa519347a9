import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CallsPlan, PlacedCalls } from '../sfu/src/testing/bare-calls.ts';
import { childrenOf, cpuSeconds, residentBytes } from './children.ts';
import type { Figure, Measurement } from './measurement.ts';
import { pause } from './pause.ts';
import { ServerProcess } from './server-process.ts';
import { medians, percentile } from './statistics.ts';
import { someId } from './tickets.ts';
import { VoiceClient } from './voice-client.ts';
import { Voices } from './voices.ts';

const RUNS = 3;
const SECONDS = 5;
const SETTLE_MS = 2_000;
const JOINS = 100;
const FEW = 100;
const MANY = 400;
const PACKETS_A_SECOND = 50;
/** Of ten in a call three talk at once. */
const TALK = { calls: 40, people: 10, speakers: 3, probes: 4 };
const CROWD = { calls: 1, people: 300, speakers: 3, probes: 1 };
const JOINING_AT_ONCE = 10;

type Shape = Omit<CallsPlan, 'sink' | 'probe'>;

/** What forwarding voices costs, how late they are, how soon one is in, and what one more takes. */
export const voice: Measurement = {
  bare: 'mediasoup alone with the same transports, microphones and listeners, driven by its API',
  async run() {
    const talk = await compare(TALK);
    const crowd = await compare(CROWD);
    return [
      ...figures(talk, `${TALK.calls} calls of ${TALK.people}`, true),
      ...figures(crowd, `a call of ${CROWD.people}`, false),
      ...(await joins()),
      ...(await memory()),
    ];
  },
};

type Outcome = Awaited<ReturnType<typeof measure>>;

async function compare(shape: Shape) {
  const ours = [];
  const bare = [];
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await measure('bare-voice', shape));
    ours.push(await measure('voice-server', shape));
  }
  return { ours: medians(ours), bare: medians(bare) };
}

async function measure(name: 'voice-server' | 'bare-voice', shape: Shape) {
  const sink = await openSink();
  const voices = await Voices.open();
  const server = await ServerProcess.start(name, 'headless');
  const plan: CallsPlan = { ...shape, sink: sink.port, probe: voices.port };
  const isOurs = name === 'voice-server';
  const placed = await (isOurs ? openCalls(server, plan) : openBare(server, plan));
  voices.start(placed);
  await pause(SETTLE_MS);

  voices.latencies = [];
  const before = usage(server.pid);
  const sentBefore = voices.sent;
  const started = performance.now();
  await pause(SECONDS * 1000);
  const after = usage(server.pid);
  const seconds = (performance.now() - started) / 1000;
  const sent = (voices.sent - sentBefore) / seconds;
  const { latencies } = voices;
  voices.close();
  sink.close();
  await server.stop();

  // Whoever talks is forwarded to everyone else in the call.
  const forwards = shape.calls * shape.speakers * (shape.people - 1);
  const due = shape.probes * shape.speakers * (sent / placed.speakers.length) * seconds;
  const worker = (after.worker - before.worker) / seconds;
  const node = (after.node - before.node) / seconds;
  // On a busy machine packets are lost before anybody worked on them.
  const arrived = latencies.length / due;
  const packets = ((forwards * sent) / placed.speakers.length) * arrived;
  return {
    forwards,
    packets,
    arrived,
    worker,
    node,
    packetCpu: ((worker + node) / packets) * 1e6,
    perCore: packets / PACKETS_A_SECOND / (worker + node),
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
  };
}

function figures(
  { ours, bare }: Awaited<ReturnType<typeof compare>>,
  where: string,
  isAimedAt: boolean,
): Figure[] {
  const figure = (key: keyof Outcome, what: string, unit: string, aim?: Figure['aim']) => ({
    what: `${what}, ${where}`,
    unit,
    value: ours[key],
    bare: bare[key],
    ...(aim === undefined || !isAimedAt ? {} : { aim }),
  });
  return [
    figure('forwards', 'voices forwarded', ''),
    figure('packets', 'packets that arrived', '/s'),
    figure('arrived', 'share of all, seen at some listeners', ''),
    figure('worker', 'cores of the worker', ''),
    figure('node', 'cores of Node', ''),
    figure('packetCpu', 'CPU a packet', 'µs', { of: 'ratio', atMost: 1.05 }),
    figure('perCore', 'forwards a core', '', { of: 'value', atLeast: 3_000 }),
    figure('p50', 'from sent to arrived, p50', 'ms'),
    figure('p95', 'from sent to arrived, p95', 'ms', { of: 'value', atMost: 5 }),
  ];
}

async function openBare(server: ServerProcess, plan: CallsPlan): Promise<PlacedCalls> {
  const url = `http://127.0.0.1:${server.port}/`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(plan) });
  return (await response.json()) as PlacedCalls; // By bare-voice.ts.
}

async function openCalls(server: ServerProcess, plan: CallsPlan): Promise<PlacedCalls> {
  const placed: PlacedCalls = { speakers: [], probes: [] };
  const clients: VoiceClient[] = [];
  for (let call = 0; call < plan.calls; call += 1) {
    const channelId = someId();
    for (let at = 0; at < plan.people; at += JOINING_AT_ONCE) {
      const some = Array.from({ length: Math.min(JOINING_AT_ONCE, plan.people - at) }, (_, by) => {
        const isProbe = call < plan.probes && at + by === plan.people - 1;
        const ports = { send: plan.probe, receive: isProbe ? plan.probe : plan.sink };
        return VoiceClient.join(server.port, channelId, ports);
      });
      clients.push(...(await Promise.all(some)));
    }
    const people = clients.slice(-plan.people);
    placed.speakers.push(...people.slice(0, plan.speakers).flatMap((p) => p.microphone ?? []));
    if (call < plan.probes)
      placed.probes.push(...people.slice(-1).flatMap((p) => p.receiveAddress ?? []));
  }
  await Promise.all(clients.map((client) => client.settled()));
  return placed;
}

/** From the socket's first byte to two transports and a microphone, one after the other. */
async function joins(): Promise<Figure[]> {
  const server = await ServerProcess.start('voice-server');
  const channels = Array.from({ length: JOINS / 10 }, () => someId());
  const took: number[] = [];
  for (let at = 0; at < JOINS; at += 1) {
    const started = performance.now();
    await VoiceClient.join(server.port, channels[at % channels.length] ?? someId());
    took.push(performance.now() - started);
  }
  await server.stop();
  const name = `join by signalling: socket, both transports, microphone (${JOINS} joins)`;
  return [
    { what: `${name}, p50`, unit: 'ms', value: percentile(took, 0.5) },
    { what: `${name}, p95`, unit: 'ms', value: percentile(took, 0.95) },
  ];
}

/** In calls of ten, where each hears the nine others. */
async function memory(): Promise<Figure[]> {
  const server = await ServerProcess.start('voice-server');
  const fill = async (peers: number) => {
    for (let at = 0; at < peers; at += 10) {
      const channelId = someId();
      const enter = () => VoiceClient.join(server.port, channelId);
      const some = await Promise.all(Array.from({ length: 10 }, enter));
      await Promise.all(some.map((client) => client.settled()));
    }
    await pause(1_000);
    await server.held();
    const worker = childrenOf(server.pid).reduce((sum, pid) => sum + residentBytes(pid), 0);
    return { worker, node: residentBytes(server.pid) };
  };
  const few = await fill(FEW);
  const many = await fill(MANY - FEW);
  await server.stop();
  const each = (all: number) => all / (MANY - FEW) / 1024;
  const where = `a peer in a call of ten takes`;
  return [
    { what: `${where} in the worker`, unit: 'KB', value: each(many.worker - few.worker) },
    { what: `${where} in Node`, unit: 'KB', value: each(many.node - few.node) },
  ];
}

function usage(pid: number): { worker: number; node: number } {
  const worker = childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), 0);
  return { worker, node: cpuSeconds(pid) };
}

async function openSink(): Promise<{ port: number; close: () => void }> {
  const child = fork(join(import.meta.dirname, 'udp-sink.ts'));
  const [{ port }] = await once(child, 'message');
  child.kill('SIGSTOP');
  return { port, close: () => void child.kill('SIGKILL') };
}
