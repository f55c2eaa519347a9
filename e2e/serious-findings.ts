import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe calls serious or worse on the page as it is. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await motionEnds(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Motion that has not ended yet counts as low contrast; what never ends is not waited for. */
async function motionEnds(page: Page): Promise<void> {
  // What was just asked for has begun by then.
  await page.waitForTimeout(100);
  const isStill = () =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
      );
  // Somebody who speaks moves again and again.
  await page.waitForFunction(isStill, undefined, { timeout: 3_000 }).catch(() => undefined);
}
