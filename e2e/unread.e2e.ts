import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { composer, copyInvite, createServer, logIn, message, register, say } from './people.ts';
import { Product } from './product.ts';

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
    await emil.goto(product.url + invite);
    await emil.getByRole('button', { name: /^Join / }).click();
    await composer(emil).waitFor();
    await logIn(phone, product.url, 'Dora');
    await phone.getByRole('link', { name: 'Choir', exact: true }).click();
    await composer(phone).waitFor();
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => {
    onTestFailed(async () => {
      await laptop.screenshot({ path: 'e2e/out/laptop.png' });
      await phone.screenshot({ path: 'e2e/out/phone.png' });
      await emil.screenshot({ path: 'e2e/out/emil.png' });
    });
  });

  test('what Emil writes is unread for Dora, until she reads it on one of her devices', async () => {
    for (const page of [laptop, phone]) await open(page, 'tenors');
    await open(emil, 'general');
    await say(emil, 'Tuesday at seven?');
    for (const page of [laptop, phone]) await unread(page, 'general').waitFor();
    await laptop.getByRole('link', { name: /^general/ }).click();
    await message(laptop, 'Tuesday at seven?').waitFor();
    const since = Date.now();
    await read(phone, 'general').waitFor();
    expect(Date.now() - since).toBeLessThan(1_000);
  });

  test('unread stays over a reload', async () => {
    await open(laptop, 'tenors');
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

  test('who is named sees a number, is asked whether to be told, and then is told', async () => {
    await open(laptop, 'tenors');
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
    await open(laptop, 'general');
    for (const page of [laptop, phone]) await read(page, 'general').waitFor();
  });

  test('a click on a notification leads to the message; what one looks at is not told', async () => {
    await mention(emil, 'Dora', 'the door is open');
    await message(laptop, 'the door is open').waitFor();
    await read(phone, 'general').waitFor();
    await laptop.waitForTimeout(500);
    await open(laptop, 'tenors');
    // Time for the page to be ready to tell.
    await laptop.waitForTimeout(2_000);
    await mention(emil, 'Dora', 'hurry up');
    await expect
      .poll(() => notified(laptop))
      .toEqual([{ title: 'Emil in #general, Choir', body: '@Dora hurry up' }]);
    await laptop.evaluate(() => globalThis.notified?.[0]?.dispatchEvent(new Event('click')));
    await message(laptop, 'hurry up').waitFor();
    await laptop.waitForURL(/\/servers\/\d+\/\d+/);
    await read(phone, 'general').waitFor();
    await open(laptop, 'tenors');
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

const notified = (page: Page) =>
  page.evaluate(() => globalThis.notified?.map(({ title, body }) => ({ title, body })));

async function createChannel(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create a channel in Text' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create channel' }).click();
  await page.getByRole('textbox', { name: `Message #${name}` }).waitFor();
}

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('textbox', { name: `Message #${name}` }).waitFor();
}

const unread = (page: Page, name: string) =>
  page.getByRole('link', { name: new RegExp(`^${name}, not read`) });
const read = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

/** From the menu of a channel. */
async function choose(page: Page, name: string, ...path: string[]): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click({ button: 'right' });
  for (const item of path) await page.getByRole('menuitem', { name: item }).click();
}
