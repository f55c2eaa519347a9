import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createSfu, type Sfu, type SfuOptions } from '../server.ts';
import { RecordingLog, RecordingRooms, SECRET, voiceTicket } from './call-bench.ts';
import { freePort } from './free-port.ts';
import { toneWav } from './tone.ts';
import { workerBin } from './worker-bin.ts';

interface Received {
  packets: number;
  energy: number;
  /** Producers that were closed. */
  ended: string[];
  speaking: { peerId: string; level: number; at: number }[];
  closed: number | undefined;
}

/** How a page reaches the call. */
interface Way {
  /** The only one the network lets through; absent: both. */
  protocol?: 'udp' | 'tcp';
  /** Nothing but the TURN server is reached. */
  relay?: boolean;
}

const now = (): number => Date.now();
const tickets = createTicketKeys(SECRET, now);

/**
 * An sfu with mediasoup's worker, and Chromium with a tone for a microphone, whose pages
 * (voice-page.js) join its calls.
 */
export class VoicePages {
  readonly sfu: Sfu;
  /** What it told the rooms. */
  readonly rooms: RecordingRooms;
  readonly log: RecordingLog;
  readonly #dir = mkdtempSync(join(tmpdir(), 'harmonium-voice-'));
  readonly #server: Server;
  #browser: Browser | undefined;

  static async open(options: Pick<SfuOptions, 'stage' | 'turn'> = {}): Promise<VoicePages> {
    const [rooms, log] = [new RecordingRooms(), new RecordingLog()];
    const sfu = await createSfu({
      workerBin: await workerBin(),
      announcedIp: '127.0.0.1',
      port: await freePort(),
      workers: 1,
      ...options,
      tickets,
      serviceTokens: createServiceTokens(SECRET, now),
      rooms,
      now,
      log,
    });
    const pages = new VoicePages({ sfu, rooms, log }, await bundle());
    await pages.#start();
    return pages;
  }

  private constructor(of: Pick<VoicePages, 'sfu' | 'rooms' | 'log'>, script: string) {
    const { sfu } = of;
    this.sfu = sfu;
    this.rooms = of.rooms;
    this.log = of.log;
    this.#server = createServer((request, response) => {
      const isScript = request.url === '/voice.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<!doctype html><script src="/voice.js"></script>');
    });
    this.#server.on('upgrade', (request, socket, head) => sfu.handleUpgrade(request, socket, head));
  }

  async openPage(): Promise<Page> {
    if (this.#browser === undefined) throw new Error('Chromium has not started.');
    const context = await this.#browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${this.#port}/`);
    return page;
  }

  /** @returns the peer's id */
  async enter(page: Page, user: string, way: Way = {}): Promise<string> {
    const { ticket } = await tickets.issue(voiceTicket(user), 60);
    const url = `ws://127.0.0.1:${this.#port}/sfu?ticket=${ticket}`;
    return page.evaluate(`voice.join(${JSON.stringify(url)}, ${JSON.stringify(way)})`);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#server.close();
    rmSync(this.#dir, { recursive: true, force: true });
    await this.sfu.close();
  }

  get #port(): number {
    // Listening on TCP, so no path.
    return (this.#server.address() as AddressInfo).port;
  }

  async #start(): Promise<void> {
    writeFileSync(join(this.#dir, 'tone.wav'), toneWav(5));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#browser = await chromium.launch({
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
        `--use-file-for-fake-audio-capture=${join(this.#dir, 'tone.wav')}`,
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
  }
}

/** What has arrived of the others until now. */
export function received(page: Page): Promise<Received> {
  return page.evaluate('voice.received()');
}

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('voice-page.js', import.meta.url)),
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
