import { get as getPlain } from 'node:http';
import { get as getSecurely } from 'node:https';
import type { Page } from 'playwright-core';

/** Kilobytes of script and style that a page has loaded so far, as gzip carries them. */
export async function loadedKilobytes(page: Page): Promise<number> {
  const addresses = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => /\.(js|css)$/.test(new URL(name).pathname)),
  );
  const sizes = await Promise.all([...new Set(addresses)].map(gzipBytes));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

function gzipBytes(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const get = address.startsWith('https:') ? getSecurely : getPlain;
    const asking = get(address, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => (bytes += part.length));
      answer.on('end', () => resolve(bytes));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}
