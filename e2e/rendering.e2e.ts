import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOSTILE } from '../web/src/channel/testing/hostile.ts';
import { openBrowsers, type Browsers } from './browser.ts';
import { registerByRest } from './by-rest.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { composer, logIn, message, say } from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

const MAX_LENGTH = 4000;
/** Forty lines, a button below them, and a name above. */
const MAX_ROW_PX = 1100;

describe('what a message says', () => {
  let product: Product;
  let browsers: Browsers;
  let desk: Page;
  let phone: Page;
  let tell: (content: string) => Promise<boolean>;
  let place: { serverId: string; channelId: string };
  const leaving: string[] = [];
  const troubles: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ LINK_PREVIEWS: 'off' });
    browsers = await openBrowsers();
    const call = await registerByRest(product.url, 'Vandal');
    const server = await call('POST /api/servers', { body: { name: 'Open house' } });
    const channel = server.channels.find(({ type }) => type === 'text');
    if (channel === undefined) throw new Error('a new server has a channel');
    place = { serverId: server.server.id, channelId: channel.id };
    tell = async (content) => {
      try {
        const params = { id: channel.id };
        await call('POST /api/channels/:id/messages', { params, body: { content } });
        return true;
      } catch {
        return false;
      }
    };
    desk = await browsers.person();
    phone = await browsers.person({ phone: true, mode: 'light' });
    for (const page of [desk, phone]) {
      page.on('request', (request) => {
        const url = new URL(request.url());
        const isOwn = url.host === new URL(product.url).host;
        if (!isOwn && /^(https?|wss?):$/.test(url.protocol)) leaving.push(request.url());
      });
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('console', (line) => {
        if (line.text().includes('Content Security Policy')) troubles.push(line.text());
      });
      page.on('dialog', (dialog) => void dialog.dismiss());
      await logIn(page, product.url, 'Vandal');
      await page.waitForURL(/\/servers|\/$/);
      await page.goto(`${product.url}/servers/${place.serverId}/${place.channelId}`);
      await composer(page).waitFor();
    }
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'rendering-desk': desk, 'rendering-phone': phone }));

  test('nothing in it runs, leaves, or breaks what is around it', async () => {
    const broken: string[] = [];
    const refused: string[] = [];
    for (const [name, source] of Object.entries(HOSTILE)) {
      const text = source.slice(0, MAX_LENGTH);
      // What REST refuses, for it is no text, a room still hears.
      if (!(await tell(text))) {
        refused.push(name);
        if (text.trim() !== '') await say(desk, text);
      }
      await tell(`after ${name}.`);
      for (const page of [desk, phone]) {
        await message(page, `after ${name}.`).last().waitFor();
        broken.push(...(await wrongRows(page)).map((words) => `${name}: ${words}`));
      }
    }
    expect(broken).toEqual([]);
    expect(refused).toEqual(['ten thousand lines', 'no character', 'half a character']);
    expect(leaving).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('the page is alive after all of it, and can be read by ear', async () => {
    for (const page of [desk, phone]) {
      expect(await page.evaluate(() => Reflect.get(globalThis, 'ran'))).toBe(undefined);
      expect(await seriousFindings(page)).toEqual([]);
    }
  });

  test('a spoiler is neither read nor heard until somebody asks for it', async () => {
    await tell('the end is ||a [surprise](https://example.org) for all||');
    const row = message(desk, 'the end is');
    await row.waitFor();
    expect(await row.getByRole('link').count()).toBe(0);
    const spoiler = row.getByRole('button', { name: /Spoiler/ });
    await spoiler.focus();
    await desk.keyboard.press('Enter');
    await row.getByRole('link', { name: 'surprise' }).waitFor();
  });

  test('somebody who is named can be looked at, a channel be gone to', async () => {
    const me = await desk.evaluate(() => document.title);
    expect(me).not.toBe('');
    await tell(`see <#${place.channelId}> and <#1>`);
    const row = message(desk, 'see');
    await row.getByRole('link', { name: 'general' }).waitFor();
    await row.getByText('#deleted').waitFor();
  });

  test('code has its colours, and can be taken along', async () => {
    await tell('```ts\nconst answer = 42;\n```');
    const block = desk.getByRole('region', { name: 'Code, ts' });
    await block.locator('span', { hasText: 'const' }).waitFor();
    await block.hover();
    await desk.getByRole('button', { name: 'Copy code' }).last().click();
    await desk.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await desk.evaluate(() => navigator.clipboard.readText())).toBe('const answer = 42;');
  });

  test('a link that lies is shown as what it is', async () => {
    await tell('please log in at [https://bank.test](https://evil.test/login)');
    const link = message(desk, 'please log in').getByRole('link');
    expect(await link.textContent()).toBe('https://evil.test/login');
  });

  test('what is very long is folded until somebody wants it', async () => {
    await tell(`first line\n${'and on\n'.repeat(200)}last line`);
    const row = message(desk, 'first line').last();
    await row.getByRole('button', { name: 'Show more' }).click();
    await row.getByRole('button', { name: 'Show less' }).waitFor();
    expect((await row.boundingBox())?.height).toBeGreaterThan(2000);
  });
});

/** Rows that are wider than their column, or higher than any should be. */
function wrongRows(page: Page): Promise<string[]> {
  return page.evaluate((maxHeight) => {
    const log = document.querySelector('[role=log]');
    const wrong: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page scrolls sideways');
    for (const row of log?.querySelectorAll('article') ?? []) {
      const { left, right, height } = row.getBoundingClientRect();
      if (left < 0 || right > innerWidth + 0.5) wrong.push(`a row from ${left} to ${right}`);
      if (row.scrollWidth > row.clientWidth + 1)
        wrong.push(`a row of ${row.scrollWidth} px in ${row.clientWidth}`);
      if (height > maxHeight) wrong.push(`a row ${height} px high`);
    }
    return wrong;
  }, MAX_ROW_PX);
}
