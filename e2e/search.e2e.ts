import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import {
  composer,
  copyInvite,
  createServer,
  joinAs,
  logIn,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

describe('finding what was said', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    [mirela, tomas] = [await browsers.person(), await browsers.person()];
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Organ builders');
    const invite = await copyInvite(mirela);
    await joinAs(tomas, invite, 'Tomas');
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'search-mirela': mirela, 'search-tomas': tomas }));

  test('Tomas finds a word in what Mirela wrote, with the word marked, and goes there', async () => {
    await say(mirela, 'The bellows of the harmonium leak.');
    await say(mirela, 'Die Straße ist gesperrt, https://example.org/map');
    await message(tomas, 'gesperrt').waitFor();
    await say(tomas, 'A <b>pump</b> organ then.');
    await tomas.keyboard.press('Control+f');
    await field(tomas).waitFor();
    await finds(tomas, 'harmon', 'bellows');
    expect(await panel(tomas).locator('mark').allTextContents()).toEqual(['harmonium']);
    await result(tomas, 'bellows').click();
    await message(tomas, 'bellows').waitFor();
  });

  test('what somebody wrote is text, whatever it looks like, and accents do not matter', async () => {
    await finds(tomas, 'pump', '<b>pump</b>');
    await find(tomas, 'strasse');
    await result(tomas, 'Straße').waitFor();
    await find(tomas, '"organ pump"');
    await panel(tomas).getByText('Nothing fits').waitFor();
  });

  test('filters are offered while they are typed, and stay as chips', async () => {
    await clear(tomas);
    await field(tomas).pressSequentially('from:mir');
    await tomas.getByRole('option', { name: 'Mirela' }).waitFor();
    await tomas.keyboard.press('Enter');
    await panel(tomas).getByRole('button', { name: 'Remove from: Mirela' }).waitFor();
    await result(tomas, 'bellows').waitFor();
    await result(tomas, 'gesperrt').waitFor();
    await result(tomas, 'pump').waitFor({ state: 'detached' });
    await field(tomas).pressSequentially('has:lin');
    await tomas.keyboard.press('Enter');
    await result(tomas, 'bellows').waitFor({ state: 'detached' });
    await result(tomas, 'gesperrt').waitFor();
    await tomas.keyboard.press('Backspace');
    await result(tomas, 'bellows').waitFor();
    await tomas.keyboard.press('Backspace');
    await tomas.getByRole('option', { name: 'strasse' }).waitFor();
  });

  test('what Mirela says in a private channel is not found by Tomas', async () => {
    await mirela.getByRole('button', { name: 'Create a channel in Text' }).click();
    const dialog = mirela.getByRole('dialog');
    await dialog.getByLabel('Name').fill('workshop');
    await dialog.getByText('Private channel').click();
    await dialog.getByRole('button', { name: 'Create channel' }).click();
    await mirela.getByRole('link', { name: /workshop/ }).click();
    await mirela.getByRole('textbox', { name: 'Message #workshop' }).waitFor();
    await say(mirela, 'The harmonium is a secret.');
    await message(mirela, 'a secret').waitFor();
    await mirela.keyboard.press('Control+f');
    await finds(mirela, 'harmonium', 'a secret');
    await find(tomas, 'harmonium');
    await result(tomas, 'bellows').waitFor();
    expect(await result(tomas, 'a secret').count()).toBe(0);
    await find(tomas, 'secret');
    await panel(tomas).getByText('Nothing fits').waitFor();
  });

  test('what was edited is found by its new words at once, what was removed no more', async () => {
    await find(tomas, 'then');
    await result(tomas, 'pump').waitFor();
    await composer(tomas).press('ArrowUp');
    const editor = tomas.getByRole('textbox', { name: 'Edit message' });
    await editor.fill('A reed organ now.');
    await editor.press('Enter');
    await message(tomas, 'A reed organ now.').waitFor();
    await find(tomas, 'pump');
    await panel(tomas).getByText('Nothing fits').waitFor();
  });

  test('the search is readable for everyone, and Escape puts it away', async () => {
    await find(tomas, 'organ');
    await result(tomas, 'reed').waitFor();
    expect(await seriousFindings(tomas)).toEqual([]);
    await field(tomas).press('Escape');
    await panel(tomas).waitFor({ state: 'detached' });
    await tomas.getByRole('complementary', { name: 'Members' }).waitFor();
  });

  test('on a phone the search fills the screen, and a message found closes it', async () => {
    const phone = await browsers.person({ phone: true });
    await logIn(phone, product.url, 'Tomas');
    await composer(phone).waitFor();
    await phone.getByRole('button', { name: 'Search', exact: true }).tap();
    await find(phone, 'bellows');
    const box = await panel(phone).boundingBox();
    expect(box?.width).toBe(390);
    await result(phone, 'bellows').tap();
    await panel(phone).waitFor({ state: 'detached' });
    await message(phone, 'bellows').waitFor();
    await phone.context().close();
  });
});

const panel = (page: Page) => page.getByRole('search', { name: 'Search' });
const field = (page: Page) => panel(page).getByRole('combobox');
const result = (page: Page, text: string) =>
  panel(page).locator('[data-result]', { hasText: text });

async function clear(page: Page): Promise<void> {
  const button = panel(page).getByRole('button', { name: 'Clear' });
  if (await button.isVisible()) await button.click();
}

/** What was said is stored a moment later: asks again until it is found. */
async function finds(page: Page, words: string, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await find(page, words);
        await panel(page)
          .locator('[data-result]')
          .or(panel(page).getByText('Nothing fits'))
          .first()
          .waitFor();
        return result(page, text).count();
      },
      { timeout: 40_000, interval: 500 },
    )
    .toBe(1);
}

async function find(page: Page, text: string): Promise<void> {
  await clear(page);
  await field(page).fill(text);
  await field(page).press('Enter');
}
