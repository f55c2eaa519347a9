import type { Page } from 'playwright-core';

/** Runs in the page, before its own scripts: a microphone that says nothing until it is told to. */
export function speakWhenTold(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const voice = context.createOscillator();
    const mouth = context.createGain();
    mouth.gain.value = 0;
    const end = context.createMediaStreamDestination();
    voice.connect(mouth).connect(end);
    voice.start();
    await context.resume();
    Object.assign(globalThis, { mouth });
    return end.stream;
  };
}

/** @returns when it begins to be heard or ends, in milliseconds since 1970 */
export function speak(page: Page, aloud: boolean): Promise<number> {
  return page.evaluate((loud) => {
    const mouth: unknown = Reflect.get(globalThis, 'mouth');
    if (!(mouth instanceof GainNode)) throw new Error('The microphone is not open.');
    mouth.gain.value = loud ? 0.5 : 0;
    return performance.timeOrigin + performance.now();
  }, aloud);
}

/** From now on notes when the page shows that somebody speaks. */
export async function watchRing(page: Page, name: string): Promise<void> {
  await page.evaluate((who) => {
    const shown: number[] = [];
    Object.assign(globalThis, { ringsShown: shown });
    const lit = `[aria-label^="${who}"][aria-label*="speaking"]`;
    let wasLit = false;
    new MutationObserver(() => {
      const isLit = document.querySelector(lit) !== null;
      if (isLit && !wasLit) shown.push(performance.timeOrigin + performance.now());
      wasLit = isLit;
    }).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-label'],
    });
  }, name);
}

/** The first time after this moment that the ring lit; undefined: it has not. */
export function ringAfter(page: Page, moment: number): Promise<number | undefined> {
  return page.evaluate((from) => {
    const shown: unknown = Reflect.get(globalThis, 'ringsShown');
    return Array.isArray(shown) ? shown.find((at: number) => at > from) : undefined;
  }, moment);
}
