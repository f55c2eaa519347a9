import type { Page } from 'playwright-core';

/** What came out of a page since `listenToVoices`, in milliseconds. */
export interface VoicesPlayed {
  /** Voices that were heard in the same moment. */
  most: number;
  /** The longest time in which no voice was heard, until now. */
  longestGap: number;
  sinceLast: number;
  /** Between two looks: a gap is known no better than this. */
  longestLook: number;
}

/**
 * From now on notes which voices are heard: packets with sound arrive, and something plays them that is
 * not turned down.
 */
export async function listenToVoices(page: Page): Promise<void> {
  await page.evaluate(() => {
    const start = performance.now();
    const noted = { most: 0, longestGap: 0, longestLook: 0, last: start, looked: start };
    Object.assign(globalThis, { notedVoices: noted });
    const counted = new Map<string, number>();
    /** When sound of a track arrived last. */
    const sounded = new Map<string, number>();
    // Figures are handed out anew each 50 ms or so.
    const fresh = 150;

    const connections = (): RTCPeerConnection[] => {
      const kept: unknown = Reflect.get(globalThis, 'keptPeerConnections');
      return Array.isArray(kept) ? kept : [];
    };
    const playing = (): string[] => {
      const kept: unknown = Reflect.get(globalThis, 'keptPlayers');
      if (!(kept instanceof Set)) return [];
      return [...kept].flatMap((player: unknown) => {
        if (!(player instanceof HTMLAudioElement) || player.muted || player.paused) return [];
        if (!(player.srcObject instanceof MediaStream) || player.volume === 0) return [];
        return player.srcObject.getTracks().map((track) => track.id);
      });
    };
    const count = async (): Promise<void> => {
      for (const [at, connection] of connections().entries()) {
        if (connection.connectionState === 'closed') continue;
        for (const [, report] of (await connection.getStats()).entries()) {
          if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
          const samples = report.totalSamplesReceived - report.concealedSamples;
          const grew = samples > (counted.get(`${at}/${report.id}`) ?? 0);
          counted.set(`${at}/${report.id}`, samples);
          // Silence is no sound: a tone is.
          if (grew && report.audioLevel > 0.01) {
            sounded.set(report.trackIdentifier, performance.now());
          }
        }
      }
    };
    const look = async (): Promise<void> => {
      if (Reflect.get(globalThis, 'notedVoices') !== noted) return;
      await count();
      const now = performance.now();
      const voices = playing().filter((id) => now - (sounded.get(id) ?? 0) < fresh);
      noted.longestLook = Math.max(noted.longestLook, now - noted.looked);
      noted.looked = now;
      noted.most = Math.max(noted.most, voices.length);
      if (voices.length > 0) {
        noted.longestGap = Math.max(noted.longestGap, now - noted.last);
        noted.last = now;
      }
      setTimeout(() => void look(), 10);
    };
    void look();
  });
}

export function voicesPlayed(page: Page): Promise<VoicesPlayed> {
  return page.evaluate(() => {
    const noted: unknown = Reflect.get(globalThis, 'notedVoices');
    const { most, longestGap, last, longestLook } = noted as Record<string, number>; // By `listenToVoices`.
    const sinceLast = performance.now() - (last ?? 0);
    return {
      most: most ?? 0,
      longestGap: Math.max(longestGap ?? 0, sinceLast),
      sinceLast,
      longestLook: longestLook ?? 0,
    };
  });
}
