import type { Page } from 'playwright-core';
import { onTestFailed } from 'vitest';

/** When the test fails, what each of them sees is kept in `e2e/out`. Called before each test. */
export function keepPicturesOfFailure(people: Record<string, Page | undefined>): void {
  onTestFailed(async () => {
    for (const [name, page] of Object.entries(people)) {
      // Who is gone, or has crashed, is no reason to lose the others.
      await page?.screenshot({ path: `e2e/out/${name}.png` }).catch(() => undefined);
    }
  });
}
