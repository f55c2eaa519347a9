import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { audioEnergyReceived, loudnessHeard } from './browser.ts';

/** Root mean squares: a tone arrives at about 0.3. */
const AUDIBLE = 0.05;
const INAUDIBLE = 0.001;

/** Waits until something comes out of the page. */
export async function hears(page: Page): Promise<void> {
  await expect.poll(() => loudnessHeard(page)).toBeGreaterThan(AUDIBLE);
}

/** Waits until nothing does; what is under way may still arrive. */
export async function hearsNothing(page: Page): Promise<void> {
  await expect.poll(() => loudnessHeard(page)).toBeLessThan(INAUDIBLE);
}

/** Waits until nothing new of others comes in for a second, whatever is played of what came before. */
export async function getsSilence(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const before = await audioEnergyReceived(page);
      await page.waitForTimeout(1_000);
      return (await audioEnergyReceived(page)) - before;
    })
    .toBeLessThan(0.001);
}

/** The loudest of some moments: in a single one packets may be missing. */
export async function loudestOf(page: Page, moments: number): Promise<number> {
  let loudest = 0;
  for (let i = 0; i < moments; i++) loudest = Math.max(loudest, await loudnessHeard(page));
  return loudest;
}

/** What a page heard since `listen`, in milliseconds. */
export interface Heard {
  /** The longest time in which nothing new was heard, until now. */
  longestGap: number;
  /** Since something new was heard last. */
  sinceLast: number;
  /** Between two looks: a gap is known no better than this. */
  longestLook: number;
}

/** From now on notes when sound arrives. What the browser makes up for lost packets is none. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept: unknown = Reflect.get(globalThis, 'keptPeerConnections');
    const before = new Map<string, number>();
    const noted = {
      longestGap: 0,
      longestLook: 0,
      last: performance.now(),
      looked: performance.now(),
    };
    Object.assign(globalThis, { noted });
    const isNew = (id: string, samples: number) => {
      const grew = samples > (before.get(id) ?? 0);
      before.set(id, samples);
      return grew;
    };
    const look = async () => {
      if (Reflect.get(globalThis, 'noted') !== noted) return;
      const connections: RTCPeerConnection[] = Array.isArray(kept) ? kept : [];
      let grew = false;
      for (const [at, connection] of connections.entries()) {
        if (connection.connectionState === 'closed') continue;
        for (const [, report] of (await connection.getStats()).entries()) {
          if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
          const samples = report.totalSamplesReceived - report.concealedSamples;
          // Silence is no sound: a tone is.
          if (isNew(`${at}/${report.id}`, samples) && report.audioLevel > 0.01) grew = true;
        }
      }
      const now = performance.now();
      noted.longestLook = Math.max(noted.longestLook, now - noted.looked);
      noted.looked = now;
      if (grew) {
        noted.longestGap = Math.max(noted.longestGap, now - noted.last);
        noted.last = now;
      }
      setTimeout(() => void look(), 20);
    };
    void look();
  });
}

export function heard(page: Page): Promise<Heard> {
  return page.evaluate(() => {
    const noted: unknown = Reflect.get(globalThis, 'noted');
    const { longestGap, longestLook, last } = noted as Record<string, number>; // By `listen`.
    const sinceLast = performance.now() - (last ?? 0);
    return {
      longestGap: Math.max(longestGap ?? 0, sinceLast),
      sinceLast,
      longestLook: longestLook ?? 0,
    };
  });
}
