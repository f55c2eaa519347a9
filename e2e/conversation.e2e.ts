import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { logInByRest, sayByRest } from './by-rest.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { createCable, type Cable } from './network.ts';
import { chooseFor, copyInvite, createServer, joinAs, message, register, say } from './people.ts';
import { Product } from './product.ts';

/** More than one page of history, and than the list keeps on the screen. */
const LINES = 130;

describe('two people talk about what was said', () => {
  let product: Product;
  let browsers: Browsers;
  let cable: Cable;
  let mirela: Page;
  /** Reaches the product by a cable that can be pulled. */
  let tomas: Page;

  beforeAll(async () => {
    product = await Product.start();
    cable = await createCable(product.port);
    browsers = await openBrowsers();
    mirela = await browsers.person();
    tomas = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Reading Room');
    const invite = new URL(await copyInvite(mirela)).pathname;
    await joinAs(tomas, cable.url + invite, 'Tomas');
  });

  afterAll(async () => {
    await browsers?.close();
    await cable?.close();
    await product?.discard();
  });

  beforeEach(() =>
    keepPicturesOfFailure({ 'conversation-mirela': mirela, 'conversation-tomas': tomas }),
  );

  /** How often an emoji is on a message, as a page shows it. */
  const chip = (page: Page, text: string, emoji: string) =>
    message(page, text).getByRole('button', { name: new RegExp(`^${emoji}, `) });

  test('Tomas answers a message, and the answer leads back to it', async () => {
    await say(mirela, 'Who brings the biscuits?');
    await message(tomas, 'Who brings the biscuits?').waitFor();
    const question = message(tomas, 'Who brings the biscuits?');
    await question.hover();
    await question.getByRole('button', { name: 'Reply' }).click();
    await say(tomas, 'I do.');
    const answer = message(mirela, 'I do.');
    await answer.getByRole('button', { name: /In answer to Mirela: Who brings/ }).waitFor();
  });

  test('both see a reaction, and who it was', async () => {
    await chooseFor(tomas, 'Who brings the biscuits?', 'React with 👍');
    await chip(mirela, 'Who brings', '👍').waitFor();
    expect(await chip(mirela, 'Who brings', '👍').getAttribute('aria-pressed')).toBe('false');
    await chip(mirela, 'Who brings', '👍').click();
    await expect
      .poll(() => chip(tomas, 'Who brings', '👍').getAttribute('aria-label'))
      .toBe('👍, 2 reactions');
    await chip(mirela, 'Who brings', '👍').hover();
    await mirela.getByRole('tooltip').getByText('Tomas and you').waitFor();
    await chip(tomas, 'Who brings', '👍').click();
    await expect
      .poll(() => chip(mirela, 'Who brings', '👍').getAttribute('aria-label'))
      .toBe('👍, 1 reaction');
  });

  test('what happens to reactions while one is away is right when one is back', async () => {
    cable.pull();
    await tomas.getByText('Connection lost.', { exact: false }).waitFor();
    await chip(mirela, 'Who brings', '👍').click();
    await chip(mirela, 'Who brings', '👍').waitFor({ state: 'detached' });
    await chooseFor(mirela, 'Who brings the biscuits?', 'React with 🎉');
    await chip(mirela, 'Who brings', '🎉').waitFor();
    cable.plug();
    await chip(tomas, 'Who brings', '🎉').waitFor();
    await chip(tomas, 'Who brings', '👍').waitFor({ state: 'detached' });
    await tomas.reload();
    await chip(tomas, 'Who brings', '🎉').waitFor();
  });

  test('a pinned message is within reach from wherever one reads', async () => {
    await chooseFor(mirela, 'Who brings the biscuits?', 'Pin');
    await tomas.getByRole('button', { name: 'Pinned messages, 1 of them' }).waitFor();
    const lines = Array.from({ length: LINES }, (_, at) => `Line ${at + 1} of the evening.`);
    await sayByRest(await logInByRest(product.url, 'Mirela'), mirela.url(), lines);
    await message(tomas, `Line ${LINES} of`).waitFor();
    await tomas.reload();
    await message(tomas, `Line ${LINES} of`).waitFor();
    expect(await message(tomas, 'Who brings the biscuits?').count()).toBe(0);
    await tomas.getByRole('button', { name: 'Pinned messages, 1 of them' }).click();
    await tomas.getByRole('dialog').getByRole('button', { name: 'Jump' }).click();
    await message(tomas, 'Who brings the biscuits?').first().waitFor();
    await tomas.getByRole('button', { name: /Jump to the latest/ }).waitFor();
  });

  test('what is written meanwhile waits at the end, and the way there is one click', async () => {
    await say(mirela, 'Written while Tomas reads further up.');
    await tomas.getByRole('button', { name: /1 new message/ }).waitFor();
    expect(await message(tomas, 'Written while Tomas').count()).toBe(0);
    await tomas.getByRole('button', { name: /Jump to the latest/ }).click();
    await message(tomas, 'Written while Tomas').waitFor();
  });

  test('a window read downwards meets the end without a hole', async () => {
    await tomas.getByRole('button', { name: 'Pinned messages, 1 of them' }).click();
    await tomas.getByRole('dialog').getByRole('button', { name: 'Jump' }).click();
    await message(tomas, 'Who brings the biscuits?').first().hover();
    const seen = new Set<number>();
    await expect
      .poll(
        async () => {
          // Less than the list draws beyond what is in sight, also where several come at once.
          await tomas.mouse.wheel(0, 250);
          const texts = await tomas.getByTestId('message-content').allTextContents();
          for (const text of texts) seen.add(Number(/Line (\d+) of/.exec(text)?.[1] ?? 0));
          return texts.some((text) => text.includes('Written while Tomas'));
        },
        { timeout: 30_000, interval: 60 },
      )
      .toBe(true);
    expect(seen.size).toBe(LINES + 1);
    await tomas.mouse.wheel(0, 3_000);
    await tomas.getByRole('button', { name: /Jump to the latest/ }).waitFor({ state: 'hidden' });
  });

  test('a link to a message opens the channel there, and a wrong one says so', async () => {
    await mirela.getByRole('button', { name: 'Pinned messages, 1 of them' }).click();
    await mirela.getByRole('dialog').getByRole('button', { name: 'Jump' }).click();
    await chooseFor(mirela, 'Who brings the biscuits?', 'Copy link');
    await mirela.getByText('Link copied').waitFor();
    const link = await mirela.evaluate(() => navigator.clipboard.readText());
    const path = new URL(link).pathname;
    await tomas.goto(cable.url + path);
    await message(tomas, 'Who brings the biscuits?').first().waitFor();
    expect(await message(tomas, `Line ${LINES} of`).count()).toBe(0);
    await tomas.goto(`${cable.url}${path.replace(/\d+$/, '123')}`);
    await tomas.getByText('This message is not there any more.').waitFor();
    await message(tomas, 'Written while Tomas').waitFor();
  });

  test('the keyboard alone goes through messages and acts on them', async () => {
    await mirela.reload();
    await message(mirela, 'Written while Tomas').waitFor();
    await mirela.getByRole('log').focus();
    await mirela.keyboard.press('ArrowUp');
    await mirela.keyboard.press('ArrowUp');
    await expect
      .poll(() => mirela.evaluate(() => document.activeElement?.textContent))
      .toContain(`Line ${LINES} of`);
    await mirela.keyboard.press('r');
    await say(mirela, 'By keyboard.');
    await message(tomas, 'By keyboard.').getByText('Line 130 of').waitFor();
    await mirela.getByRole('log').focus();
    await mirela.keyboard.press('ArrowUp');
    await mirela.keyboard.press('Escape');
    await expect
      .poll(() => mirela.evaluate(() => document.activeElement?.tagName))
      .toBe('TEXTAREA');
  });

  test('a moderator selects messages and deletes them together', async () => {
    await chooseFor(mirela, 'Line 128 of', 'Select messages');
    await message(mirela, 'Line 130 of')
      .first()
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await mirela.getByText('3 messages selected').waitFor();
    await mirela.getByRole('button', { name: 'Delete 3' }).click();
    await mirela.getByRole('dialog').getByRole('button', { name: 'Delete 3' }).click();
    await mirela.getByText('3 messages deleted').waitFor();
    await expect.poll(() => message(tomas, 'Message removed').count()).toBe(3);
    await message(tomas, 'The original message was removed').waitFor();
  });
});
