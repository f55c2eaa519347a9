import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { writeTone } from './tone.ts';

const DESKTOP = { width: 1360, height: 840 };
const PHONE = { width: 390, height: 844 };

export interface Browsers {
  /** A browser profile of its own: nothing is shared with another person's. */
  person(options?: { phone?: boolean; mode?: 'dark' | 'light' }): Promise<Page>;
  close(): Promise<void>;
}

interface BrowserOptions {
  /** What starts Chromium; absent: itself. */
  executable?: string;
  /** An address without TLS whose pages may use the microphone all the same. */
  trusted?: string;
  /** Plays nothing but what follows a click at once, as some browsers do. */
  holdsSoundBack?: boolean;
}

/** Debian's Chromium with a steady tone for a microphone. */
export async function openBrowsers({
  executable,
  trusted,
  holdsSoundBack = false,
}: BrowserOptions = {}): Promise<Browsers> {
  const folder = await mkdtemp(join(tmpdir(), 'harmonium-browser-'));
  const tone = join(folder, 'tone.wav');
  await writeTone(tone);
  const browser: Browser = await chromium.launch({
    executablePath: executable ?? process.env['CHROMIUM'] ?? '/usr/bin/chromium',
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
      `--use-file-for-fake-audio-capture=${tone}`,
      ...(trusted === undefined ? [] : [`--unsafely-treat-insecure-origin-as-secure=${trusted}`]),
      ...(holdsSoundBack ? ['--autoplay-policy=user-gesture-required'] : []),
    ],
  });
  return {
    async person({ phone = false, mode = 'dark' } = {}) {
      const context: BrowserContext = await browser.newContext({
        viewport: phone ? PHONE : DESKTOP,
        hasTouch: phone,
        isMobile: phone,
        colorScheme: mode,
        deviceScaleFactor: phone ? 2 : 1,
        permissions: ['microphone', 'camera', 'clipboard-read', 'clipboard-write'],
      });
      await context.addInitScript(keepPeerConnections);
      await context.addInitScript(letTonesThrough);
      await context.addInitScript(keepPlayers);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      return page;
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in the page: the microphone of these tests is a tone, which noise suppression takes for noise. */
function letTonesThrough(): void {
  // A page that is still empty has no storage.
  if (!location.protocol.startsWith('http')) return;
  const key = 'harmonium.devices';
  localStorage.setItem(key, localStorage.getItem(key) ?? '{"noiseSuppression":"off"}');
}

/** Runs in the page: keeps the connections that the app makes, so that a test can read their figures. */
function keepPeerConnections(): void {
  const Original = globalThis.RTCPeerConnection;
  const kept: RTCPeerConnection[] = [];
  Object.assign(globalThis, { keptPeerConnections: kept });
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
}

/** Runs in the page: keeps what plays, so that a test can listen as people do. */
function keepPlayers(): void {
  const kept = new Set<HTMLMediaElement>();
  Object.assign(globalThis, { keptPlayers: kept });
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    kept.add(this);
    return play.call(this);
  };
}

/** How loud what comes out of the page is: root mean square of all that plays, over a moment. */
export function loudnessHeard(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept: unknown = Reflect.get(globalThis, 'keptPlayers');
    if (!(kept instanceof Set)) return 0;
    const context = new AudioContext();
    await context.resume();
    const taps = [...kept].flatMap((player: unknown) => {
      if (!(player instanceof HTMLAudioElement) || player.muted || player.paused) return [];
      if (!(player.srcObject instanceof MediaStream)) return [];
      const tap = context.createAnalyser();
      tap.fftSize = 2048;
      context.createMediaStreamSource(player.srcObject).connect(tap);
      return [{ tap, volume: player.volume }];
    });
    let [sum, looks] = [0, 0];
    const samples = new Float32Array(2048);
    for (; looks < 10; looks++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      for (const { tap, volume } of taps) {
        tap.getFloatTimeDomainData(samples);
        for (const sample of samples) sum += (sample * volume) ** 2 / samples.length;
      }
    }
    await context.close();
    return Math.sqrt(sum / looks);
  });
}

/** Audio energy (RFC: total squared sample amplitude x seconds) the page has received so far. */
export function audioEnergyReceived(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kept: unknown = Reflect.get(globalThis, 'keptPeerConnections');
    if (!Array.isArray(kept)) return 0;
    let energy = 0;
    for (const connection of kept) {
      if (!(connection instanceof RTCPeerConnection)) continue;
      for (const [, report] of (await connection.getStats()).entries()) {
        if (report.type === 'inbound-rtp' && report.kind === 'audio') {
          energy += report.totalAudioEnergy ?? 0;
        }
      }
    }
    return energy;
  });
}

/** Pictures of others that the page has decoded, and what they took. */
export function picturesReceived(page: Page): Promise<{ frames: number; bytes: number }> {
  return page.evaluate(async () => {
    const kept: unknown = Reflect.get(globalThis, 'keptPeerConnections');
    const sum = { frames: 0, bytes: 0 };
    if (!Array.isArray(kept)) return sum;
    for (const connection of kept) {
      if (!(connection instanceof RTCPeerConnection)) continue;
      for (const [, report] of (await connection.getStats()).entries()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'video') continue;
        sum.frames += report.framesDecoded ?? 0;
        sum.bytes += report.bytesReceived ?? 0;
      }
    }
    return sum;
  });
}
