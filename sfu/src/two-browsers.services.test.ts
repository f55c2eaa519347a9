import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createSfu, type Sfu } from './server.ts';
import { RecordingLog, RecordingRooms, SECRET, voiceTicket } from './testing/call-bench.ts';
import { freePort } from './testing/free-port.ts';
import { toneWav } from './testing/tone.ts';
import { workerBin } from './testing/worker-bin.ts';

/*
 * The one test that shakes hands with a browser: a worker whose DTLS is broken passes every other.
 */

interface Received {
  packets: number;
  energy: number;
  speaking: { peerId: string; level: number; at: number }[];
  closed: number | undefined;
}

const now = (): number => Date.now();
const tickets = createTicketKeys(SECRET, now);
const rooms = new RecordingRooms();
const log = new RecordingLog();
let dir: string;
let sfu: Sfu;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'harmonium-voice-'));
  writeFileSync(join(dir, 'tone.wav'), toneWav(5));
  sfu = await createSfu({
    workerBin: await workerBin(),
    announcedIp: '127.0.0.1',
    port: await freePort(),
    workers: 1,
    iceServersFor: () => [],
    tickets,
    serviceTokens: createServiceTokens(SECRET, now),
    rooms,
    now,
    log,
  });
  const script = await bundle();
  server = createServer((request, response) => {
    const isScript = request.url === '/voice.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><script src="/voice.js"></script>');
  });
  server.on('upgrade', (request, socket, head) => sfu.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${join(dir, 'tone.wav')}`,
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await sfu?.close();
  rmSync(dir, { recursive: true, force: true });
});

test('two people hear each other, and their rings light', async () => {
  const anna = await openPage();
  const ben = await openPage();
  const started = now();
  const annaId = await enter(anna, 'anna');
  const benId = await enter(ben, 'ben');

  await vi.waitFor(
    async () => {
      for (const page of [anna, ben]) {
        const { packets, energy } = await received(page);
        expect(packets).toBeGreaterThan(20);
        expect(energy).toBeGreaterThan(0);
      }
    },
    { timeout: 15_000, interval: 100 },
  );
  process.stdout.write(`both hear each other after ${now() - started} ms\n`);

  const before = await received(ben);
  await vi.waitFor(async () => {
    const after = await received(ben);
    expect(after.energy).toBeGreaterThan(before.energy);
    for (const id of [annaId, benId]) {
      expect(after.speaking.some(({ peerId, level }) => peerId === id && level > 0.5)).toBe(true);
    }
  }, 5_000);
  await vi.waitFor(() => {
    const speaking = rooms.of('voice.updated').filter(({ state }) => state.speaking);
    expect(new Set(speaking.map(({ state }) => state.user.username))).toEqual(
      new Set(['anna', 'ben']),
    );
  });
  expect(log.errors).toEqual([]);
});

test('a ring lights within a blink of the first sound', async () => {
  const anna = await openPage();
  const ben = await openPage();
  const annaId = await enter(anna, 'anna');
  await enter(ben, 'ben');
  const rings = async (): Promise<Received['speaking']> =>
    (await received(ben)).speaking.filter(({ peerId }) => peerId === annaId);
  const delays: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await anna.evaluate('voice.speak(false)');
    // Long enough for what was said before to die away, and for Opus to stop sending.
    await anna.waitForTimeout(1_000);
    await vi.waitFor(async () => expect((await rings()).at(-1)?.level ?? 0).toBe(0), 5_000);
    const before = (await rings()).length;
    const started = await anna.evaluate<number>('voice.speak(true)');
    await vi.waitFor(async () => expect((await rings()).length).toBeGreaterThan(before), 2_000);
    delays.push(((await rings())[before]?.at ?? Infinity) - started);
  }
  const median = delays.sort((a, b) => a - b)[1] ?? Infinity;
  process.stdout.write(`rings after ${delays.join(', ')} ms\n`);
  // By the levels alone it is never under 200 ms.
  expect(median).toBeLessThan(150);
});

test('where UDP is blocked, TCP carries the call', async () => {
  const anna = await openPage();
  const ben = await openPage();
  await enter(anna, 'anna', 'tcp');
  await enter(ben, 'ben');

  await vi.waitFor(
    async () => {
      for (const page of [anna, ben]) expect((await received(page)).energy).toBeGreaterThan(0);
    },
    { timeout: 15_000, interval: 100 },
  );
});

test('when the worker dies, both are told, and can come back', async () => {
  const page = await openPage();
  await enter(page, 'carla');
  const [pid] = sfu.stats().workerPids;
  process.kill(pid ?? 0, 'SIGKILL');
  await vi.waitFor(async () => expect((await received(page)).closed).toBe(4014), 5_000);

  await vi.waitFor(() => expect(sfu.stats().workers).toBe(1), 5_000);
  const again = await openPage();
  const other = await openPage();
  await enter(again, 'carla');
  await enter(other, 'dora');
  await vi.waitFor(async () => expect((await received(again)).packets).toBeGreaterThan(20), {
    timeout: 15_000,
    interval: 100,
  });
});

async function openPage(): Promise<Page> {
  const page = await (await browser.newContext({ permissions: ['microphone'] })).newPage();
  await page.goto(`http://127.0.0.1:${port()}/`);
  return page;
}

async function enter(page: Page, user: string, protocol?: 'udp' | 'tcp'): Promise<string> {
  const { ticket } = await tickets.issue(voiceTicket(user), 60);
  const url = `ws://127.0.0.1:${port()}/sfu?ticket=${ticket}`;
  return page.evaluate(`voice.join(${JSON.stringify(url)}, ${JSON.stringify(protocol)})`);
}

function received(page: Page): Promise<Received> {
  return page.evaluate('voice.received()');
}

function port(): number {
  // Listening on TCP, so no path.
  return (server.address() as AddressInfo).port;
}

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('testing/voice-page.js', import.meta.url)),
        formats: ['iife'],
        name: 'page',
      },
    },
  });
  const [built] = output as Rolldown.RolldownOutput[]; // One format, no watching.
  const chunk = built?.output[0];
  if (!chunk) throw new Error('The page was not bundled.');
  return chunk.code;
}
