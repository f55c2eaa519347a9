import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import {
  acceptInvite,
  chooseFor,
  copyInvite,
  createServer,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';

describe('threads', () => {
  let product: Product;
  let browsers: Browsers;
  let ada: Page;
  let ben: Page;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    [ada, ben] = [await browsers.person(), await browsers.person()];
    await register(ada, product.url, 'Ada');
    await createServer(ada, 'Kitchen');
    const invite = new URL(await copyInvite(ada)).pathname;
    await register(ben, product.url, 'Ben');
    await acceptInvite(ben, product.url + invite);
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'threads-ada': ada, 'threads-ben': ben }));

  const beside = (page: Page) => page.getByRole('complementary', { name: 'Thread in #general' });
  const chip = (page: Page, name = 'Dinner') =>
    page.getByRole('button', { name: `Open the thread ${name}` });
  const said = (page: Page, text: string) =>
    beside(page).getByRole('article').filter({ hasText: text });
  const write = async (page: Page, text: string) => {
    await beside(page).getByRole('textbox').fill(text);
    await beside(page).getByRole('textbox').press('Enter');
  };

  test('Ada starts a thread with a message, and it opens beside the channel', async () => {
    await say(ada, 'Where do we eat tonight?');
    await chooseFor(ada, 'Where do we eat tonight?', 'Start a thread');
    await ada.getByLabel('Name').fill('Dinner');
    await ada.getByRole('button', { name: 'Start the thread' }).click();
    await beside(ada).getByRole('heading', { name: 'Dinner' }).first().waitFor();
    await beside(ada).getByText('Where do we eat tonight?').waitFor();
  });

  test('Ben sees it under the message and answers there; the channel stays as it was', async () => {
    await chip(ben).click();
    await write(ben, 'At the harbour?');
    await said(ada, 'At the harbour?').waitFor();
    await write(ada, 'Eight o’clock.');
    await said(ben, 'Eight o’clock.').waitFor();
    expect(await ben.getByRole('main').getByText('At the harbour?').count()).toBe(0);
    await chip(ben).getByText('2 messages', { exact: false }).waitFor();
  });

  test('it stands under its channel in the list, unread until it is read', async () => {
    await beside(ben).getByRole('button', { name: 'Close the thread' }).click();
    await write(ada, 'I have a table.');
    const row = ben.getByRole('link', { name: /^Dinner, not read/ });
    await row.waitFor();
    await row.click();
    await message(ben, 'I have a table.').waitFor();
    await ben.getByRole('link', { name: 'Dinner', exact: true }).waitFor();
    await ben.getByRole('main').getByRole('link', { name: 'general' }).click();
    await message(ben, 'Where do we eat tonight?').waitFor();
  });

  test('whoever began it calls it something else, for everyone', async () => {
    await beside(ada).getByRole('button', { name: 'What to do with the thread' }).click();
    await ada.getByRole('menuitem', { name: 'Rename' }).click();
    const dialog = ada.getByRole('dialog', { name: 'Rename the thread' });
    await dialog.getByLabel('Name').fill('Supper');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await beside(ada).getByRole('heading', { name: 'Supper' }).first().waitFor();
    await ben.getByRole('link', { name: 'Supper', exact: true }).waitFor();
  });

  test('in the archive it is out of the list, can be read, and a word brings it back', async () => {
    await beside(ada).getByRole('button', { name: 'What to do with the thread' }).click();
    await ada.getByRole('menuitem', { name: 'Archive' }).click();
    await ben.getByRole('link', { name: 'Supper', exact: true }).waitFor({ state: 'detached' });
    await ben.getByRole('button', { name: 'Threads', exact: true }).click();
    await ben.getByText('Archived', { exact: true }).click();
    await ben
      .getByRole('dialog')
      .getByRole('button', { name: /^Supper/ })
      .click();
    await beside(ben).getByText('Sending brings it back').waitFor();
    await said(ben, 'I have a table.').waitFor();
    await write(ben, 'Still on?');
    await ben.getByRole('link', { name: 'Supper', exact: true }).waitFor();
    await ada.getByRole('link', { name: /^Supper, not read/ }).waitFor();
    await beside(ben).getByText('Sending brings it back').waitFor({ state: 'detached' });
  });

  test('on a phone it is a page with the way back to its channel', async () => {
    await ada.setViewportSize({ width: 390, height: 844 });
    await chip(ada, 'Supper').click();
    await message(ada, 'Still on?').waitFor();
    await ada.getByRole('main').getByRole('link', { name: 'general' }).click();
    await message(ada, 'Where do we eat tonight?').waitFor();
    await ada.setViewportSize({ width: 1280, height: 800 });
  });

  test('where a thread was deleted another one can begin', async () => {
    await chip(ada, 'Supper').click();
    await beside(ada).getByRole('button', { name: 'What to do with the thread' }).click();
    await ada.getByRole('menuitem', { name: 'Delete the thread' }).click();
    await ada.getByRole('dialog').getByRole('button', { name: 'Delete thread' }).click();
    await chip(ben, 'Supper').waitFor({ state: 'detached' });
    await chip(ada, 'Supper').waitFor({ state: 'detached' });
    await beside(ada).waitFor({ state: 'detached' });
    // Ben was reading it: he is told which one went.
    await beside(ben).getByText('This thread is gone').waitFor();
    await beside(ben).getByRole('heading', { name: 'Supper' }).waitFor();
    await beside(ben).getByRole('button', { name: 'Close', exact: true }).click();
    await beside(ben).waitFor({ state: 'detached' });
    await chooseFor(ada, 'Where do we eat tonight?', 'Start a thread');
    await ada.getByLabel('Name').fill('Breakfast');
    await ada.getByRole('button', { name: 'Start the thread' }).click();
    await chip(ben, 'Breakfast').waitFor();
  });
});
