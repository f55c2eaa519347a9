import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { hears, hearsNothing } from './hearing.ts';
import { createServer, register } from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

/** A way that is closed is waited for. */
const DONE = { timeout: 45_000 };
/** Where nobody listens. */
const CLOSED_PORT = 9;

let product: Product;
let browsers: Browsers;
let page: Page;

beforeAll(async () => {
  product = await Product.start({ DEFAULT_MODE: 'system' });
  browsers = await openBrowsers();
  page = await browsers.person();
  await register(page, product.url, 'Mirela');
  await createServer(page, 'Open Source Guild');
});

afterAll(async () => {
  await browsers?.close();
  await product?.discard();
});

beforeEach(() => keepPicturesOfFailure({ 'connection-test': page }));

const leg = (name: string) =>
  page
    .getByRole('list', { name: 'Result of the connection test' })
    .getByRole('listitem')
    .filter({ hasText: name });

async function runTest(): Promise<void> {
  // Sockets are led elsewhere only in a page that is new.
  await page.goto('about:blank');
  await page.goto(`${product.url}/settings/voice#connection`);
  await page.getByRole('button', { name: 'Test connection' }).click();
}

test('where nothing is in the way, every leg is named and well', async () => {
  await runTest();
  await page.getByText('Calls work from here.').waitFor(DONE);
  for (const [name, words] of [
    ['Microphone', 'Hears you'],
    ['Voice server', 'Connected'],
    ['Sound by UDP', 'There and back'],
    ['Sound by TCP', 'There and back'],
    ['Sound by TURN', 'This instance has no TURN server'],
    ['Quality', 'there and back'],
    ['Clock', 'Right'],
  ] as const) {
    await leg(name).getByText(words).waitFor();
  }
  expect(await seriousFindings(page)).toEqual([]);
});

test('one hears oneself by way of the server, for as long as one wants to', async () => {
  await hearsNothing(page);
  const echo = page.getByRole('switch', { name: 'Hear yourself' });
  await page.getByText('Put headphones on first', { exact: false }).waitFor();
  await echo.check();
  await page.getByText('You hear what comes back from the voice server.').waitFor();
  await hears(page);
  expect(await seriousFindings(page)).toEqual([]);
  await page.screenshot({ path: 'e2e/out/hear-yourself.png' });
  await echo.uncheck();
  await hearsNothing(page);
});

test('where UDP is closed, that is said, and calls go by TCP', async () => {
  await page.routeWebSocket(/\/sfu\?/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => socket.send(closeUdp(String(frame))));
  });
  await runTest();
  await page.getByText('Calls work from here, but by TCP only', { exact: false }).waitFor(DONE);
  await leg('Sound by UDP').getByText(`:${CLOSED_PORT}`, { exact: false }).waitFor();
  await leg('Sound by TCP').getByText('There and back').waitFor();
  await page.getByText('lets no UDP out', { exact: false }).waitFor();
});

test('where the socket of calls is refused, what stands in front is named', async () => {
  await page.routeWebSocket(/\/sfu\?/, (socket) => void socket.close());
  await runTest();
  await page.getByText('The way to the voice server is closed', { exact: false }).waitFor(DONE);
  await page.getByText('pass “Upgrade” on /sfu', { exact: false }).waitFor();
  await leg('Sound by UDP').getByText('Not tried').waitFor();
  await page.getByRole('button', { name: 'Copy the result' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('Voice server: Its WebSocket is refused');
});

/** Leads UDP to where nobody listens. */
function closeUdp(frame: string): string {
  const parsed: { data?: { iceCandidates?: { protocol: string; port: number }[] } } =
    JSON.parse(frame);
  for (const candidate of parsed.data?.iceCandidates ?? []) {
    if (candidate.protocol === 'udp') candidate.port = CLOSED_PORT;
  }
  return JSON.stringify(parsed);
}
