import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import {
  acceptInvite,
  chooseFor,
  composer,
  copyInvite,
  createChannel,
  createServer,
  logIn,
  message,
  openChannel,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';

/** On another device; a busy machine paints late. */
const READ_WITHIN_MS = 1_000;

describe('what is not read', () => {
  let product: Product;
  let browsers: Browsers;
  /** Two devices of one person. */
  let laptop: Page;
  let phone: Page;
  let emil: Page;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    [laptop, phone, emil] = [
      await browsers.person(),
      await browsers.person(),
      await browsers.person(),
    ];
    for (const page of [laptop, phone]) await page.addInitScript(recordNotifications);
    await register(laptop, product.url, 'Dora');
    await createServer(laptop, 'Choir');
    const invite = new URL(await copyInvite(laptop)).pathname;
    await createChannel(laptop, 'tenors');
    await register(emil, product.url, 'Emil');
    await acceptInvite(emil, product.url + invite);
    await logIn(phone, product.url, 'Dora');
    await phone.getByRole('link', { name: 'Choir', exact: true }).click();
    await composer(phone).waitFor();
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() =>
    keepPicturesOfFailure({ 'unread-laptop': laptop, 'unread-phone': phone, 'unread-emil': emil }),
  );

  test('what Emil writes is unread for Dora, until she reads it on one of her devices', async () => {
    for (const page of [laptop, phone]) await openChannel(page, 'tenors');
    await openChannel(emil, 'general');
    await say(emil, 'Tuesday at seven?');
    for (const page of [laptop, phone]) await unread(page, 'general').waitFor();
    await laptop.getByRole('link', { name: /^general/ }).click();
    await message(laptop, 'Tuesday at seven?').waitFor();
    const since = Date.now();
    await read(phone, 'general').waitFor();
    expect(Date.now() - since).toBeLessThan(READ_WITHIN_MS);
  });

  test('unread stays over a reload', async () => {
    await openChannel(laptop, 'tenors');
    await say(emil, 'Or Wednesday.');
    await unread(phone, 'general').waitFor();
    await phone.reload();
    await unread(phone, 'general').waitFor();
  });

  test('a channel that is muted shows nothing, on both devices', async () => {
    await read(laptop, 'tenors').waitFor();
    await choose(laptop, 'general', 'Mute', 'Until I turn it on');
    for (const page of [laptop, phone]) {
      await page.getByRole('link', { name: 'general, muted' }).waitFor();
    }
    await phone.reload();
    await phone.getByRole('link', { name: 'general, muted' }).waitFor();
    await choose(phone, 'general', 'Unmute');
    for (const page of [laptop, phone]) await unread(page, 'general').waitFor();
  });

  test('the whole server is marked as read at once', async () => {
    await laptop.getByRole('button', { name: /server menu/ }).click();
    await laptop.getByRole('menuitem', { name: 'Mark as read' }).click();
    for (const page of [laptop, phone]) await read(page, 'general').waitFor();
    await phone.reload();
    await read(phone, 'general').waitFor();
  });

  test('what was read in the moment before the page goes is read', async () => {
    const tenors = laptop.url();
    await openChannel(laptop, 'general');
    // The second within a second of the first, when marks are told only now and then.
    for (const line of ['I am early.', 'And now I am late.']) {
      await say(emil, line);
      await message(laptop, line).waitFor();
    }
    await laptop.goto('about:blank');
    await read(phone, 'general').waitFor();
    await laptop.goto(tenors);
    await read(laptop, 'general').waitFor();
  });

  test('who is named sees a number, is asked whether to be told, and then is told', async () => {
    await openChannel(laptop, 'tenors');
    await mention(emil, 'Dora', 'are you coming?');
    for (const page of [laptop, phone]) {
      await page.getByRole('link', { name: 'general, not read, 1 mention' }).waitFor();
    }
    await laptop.waitForFunction(() => document.title.startsWith('(1) '));
    await laptop.getByRole('button', { name: 'Turn on' }).click();
    await laptop.getByRole('button', { name: 'Turn on' }).waitFor({ state: 'detached' });
    await mention(emil, 'Dora', 'we begin soon');
    await laptop.getByRole('link', { name: 'general, not read, 2 mentions' }).waitFor();
    await expect
      .poll(() => notified(laptop))
      .toContainEqual({ title: 'Emil in #general, Choir', body: '@Dora we begin soon' });
    await laptop.reload();
    await laptop.getByRole('link', { name: 'general, not read, 2 mentions' }).waitFor();
    await laptop.getByRole('link', { name: 'Choir, 2 mentions' }).waitFor();
    await openChannel(laptop, 'general');
    for (const page of [laptop, phone]) await read(page, 'general').waitFor();
  });

  test('a message that was taken back names nobody any more, on both devices', async () => {
    await openChannel(laptop, 'tenors');
    await mention(emil, 'Dora', 'never mind');
    const named = (page: Page) =>
      page.getByRole('link', { name: 'general, not read, 1 mention', exact: true });
    const unnamed = (page: Page) =>
      page.getByRole('link', { name: 'general, not read', exact: true });
    for (const page of [laptop, phone]) await named(page).waitFor();
    await chooseFor(emil, 'never mind', 'Delete');
    await emil.getByRole('button', { name: 'Delete message' }).click();
    for (const page of [laptop, phone]) await unnamed(page).waitFor();
    await laptop.reload();
    await unnamed(laptop).waitFor();
    await openChannel(laptop, 'general');
    await read(phone, 'general').waitFor();
  });

  test('a click on a notification leads to the message; what one looks at is not told', async () => {
    await mention(emil, 'Dora', 'the door is open');
    await message(laptop, 'the door is open').waitFor();
    await read(phone, 'general').waitFor();
    await laptop.waitForTimeout(500);
    await openChannel(laptop, 'tenors');
    await laptop.waitForFunction(tells);
    await mention(emil, 'Dora', 'hurry up');
    await expect
      .poll(() => notified(laptop))
      .toEqual([{ title: 'Emil in #general, Choir', body: '@Dora hurry up' }]);
    await laptop.evaluate(() => globalThis.notified?.[0]?.dispatchEvent(new Event('click')));
    await message(laptop, 'hurry up').waitFor();
    await laptop.waitForURL(/\/servers\/\d+\/\d+/);
    await read(phone, 'general').waitFor();
    await openChannel(laptop, 'tenors');
  });

  test('keys lead to what is not read', async () => {
    await say(emil, 'Settled then.');
    await unread(laptop, 'general').waitFor();
    await laptop.keyboard.press('Alt+Shift+ArrowDown');
    await message(laptop, 'Settled then.').waitFor();
    await read(phone, 'general').waitFor();
  });
});

/** Names somebody by choosing them from the list that opens while one writes. */
async function mention(page: Page, who: string, text: string): Promise<void> {
  await composer(page).pressSequentially(`@${who.slice(0, 3)}`);
  await page.getByRole('option', { name: new RegExp(who) }).waitFor();
  await page.keyboard.press('Enter');
  await composer(page).pressSequentially(text);
  await page.keyboard.press('Enter');
}

declare global {
  var notified: (EventTarget & { title: string; body: string })[] | undefined;
}

/** Runs in the page: the system's notifications, kept instead of shown. */
function recordNotifications(): void {
  const kept: NonNullable<typeof globalThis.notified> = [];
  const key = 'notifications allowed';
  class Recorded extends EventTarget {
    static get permission() {
      return localStorage.getItem(key) ?? 'default';
    }
    static async requestPermission() {
      localStorage.setItem(key, 'granted');
      return 'granted';
    }
    title: string;
    body: string;
    constructor(title: string, options?: NotificationOptions) {
      super();
      this.title = title;
      this.body = options?.body ?? '';
      kept.push(this);
    }
    close(): void {}
  }
  Object.assign(globalThis, { Notification: Recorded, notified: kept });
}

/** Runs in the page: of several tabs of one person this is the one that tells. */
async function tells(): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name?.startsWith('harmonium.notify.')) === true;
}

const notified = (page: Page) =>
  page.evaluate(() => globalThis.notified?.map(({ title, body }) => ({ title, body })));

const unread = (page: Page, name: string) =>
  page.getByRole('link', { name: new RegExp(`^${name}, not read`) });
const read = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

/** From the menu of a channel. */
async function choose(page: Page, name: string, ...path: string[]): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click({ button: 'right' });
  for (const item of path) await page.getByRole('menuitem', { name: item }).click();
}
