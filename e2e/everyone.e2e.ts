import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { loadedKilobytes } from './first-load.ts';
import {
  acceptInvite,
  composer,
  copyInvite,
  createServer,
  fillRegistration,
  message,
  register,
  say,
  sayByTouch,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

/** Script and style, gzip. */
const LOGIN_BUDGET_KB = 90;
const APP_BUDGET_KB = 160;

describe('whoever comes, however they come', () => {
  let product: Product;
  let browsers: Browsers;
  let owner: Page;
  let phone: Page;
  let invite: string;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    owner = await browsers.person({ mode: 'light' });
    phone = await browsers.person({ phone: true });
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'everyone-owner': owner, 'everyone-phone': phone }));

  test('the first start prints a link that makes its visitor owner of the instance, once', async () => {
    const link = product.ownerLink();
    expect(link).toBeDefined();
    await owner.goto(link ?? '');
    await owner.getByRole('heading', { name: 'This instance is yours' }).waitFor();
    await fillRegistration(owner, 'Adaeze');
    await owner.getByRole('heading', { name: 'Instance', exact: true }).waitFor();
    await owner.goto(`${product.url}/settings/account`);
    await owner.getByText('You own this instance.').waitFor();

    const late = await browsers.person();
    await late.goto(link ?? '');
    await fillRegistration(late, 'Latecomer');
    await late.getByText('You may not do this.').waitFor();
    await late.context().close();
  });

  test('somebody joins on a phone, writes by touch, and sees who is there', async () => {
    await owner.goto(product.url);
    await createServer(owner, 'Night owls');
    invite = await copyInvite(owner);
    await phone.goto(invite);
    await phone.getByRole('link', { name: 'Create an account to join' }).tap();
    await fillRegistration(phone, 'Signe');
    await sayByTouch(phone, 'From the train.');
    await message(owner, 'From the train.').waitFor();
    await phone.getByRole('button', { name: 'Members' }).first().tap();
    await phone.getByRole('complementary', { name: 'Members' }).getByText('Adaeze').waitFor();
  });

  test('a new channel appears for everyone, and opening one asks nothing of the api', async () => {
    await owner.getByRole('button', { name: 'Create a channel in Text' }).click();
    await owner.getByRole('dialog').getByLabel('Name').fill('ideas');
    await owner.getByRole('button', { name: 'Create channel' }).click();
    const channels = owner.getByRole('navigation', { name: 'Channels' });
    await channels.getByRole('link', { name: /ideas/ }).click();
    await owner.getByText('Nothing in #ideas yet').waitFor();

    const asked: string[] = [];
    owner.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await channels.getByRole('link', { name: /general/ }).click();
    await message(owner, 'From the train.').waitFor();
    await channels.getByRole('link', { name: /ideas/ }).click();
    await owner.getByText('Nothing in #ideas yet').waitFor();
    await channels.getByRole('link', { name: /general/ }).click();
    await message(owner, 'From the train.').waitFor();
    expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([]);
  });

  test('what a message contains is shown and never runs', async () => {
    const hostile =
      '<img src=x onerror="document.title=`owned`"> [x](javascript:alert(1)) \u202eevil';
    await say(owner, hostile);
    const shown = message(owner, '<img src=x');
    await shown.waitFor();
    expect(await shown.locator('img').count()).toBe(0);
    expect(await shown.locator('a[href^="javascript"]').count()).toBe(0);
    expect(await owner.title()).not.toBe('owned');
  });

  test('the first load is small: what is needed later comes later', async () => {
    const guest = await browsers.person();
    await guest.goto(`${product.url}/login`);
    await guest.getByRole('heading', { level: 1 }).waitFor();
    expect(await loadedKilobytes(guest)).toBeLessThan(LOGIN_BUDGET_KB);
    await guest.goto(`${product.url}/register`);
    await fillRegistration(guest, 'Ines');
    await guest.getByRole('heading', { name: 'Hello, Ines' }).waitFor();
    await acceptInvite(guest, invite);
    await guest.reload();
    await composer(guest).waitFor();
    expect(await loadedKilobytes(guest)).toBeLessThan(APP_BUDGET_KB);
    await guest.context().close();
  });

  test('a name that is taken, a wrong link and an unknown page are answered in words', async () => {
    const guest = await browsers.person();
    await guest.goto(`${product.url}/register`);
    await fillRegistration(guest, 'adaeze');
    await guest.getByText('This name is taken.', { exact: false }).waitFor();
    await guest.goto(`${product.url}/invite/nosuchcode`);
    await guest.getByRole('heading', { name: 'This invite has ended' }).waitFor();
    await guest.goto(`${product.url}/no/such/page`);
    await guest.getByRole('heading', { name: 'Nothing plays here' }).waitFor();
    await guest.context().close();
  });

  test('axe finds nothing serious on any main screen', async () => {
    const guest = await browsers.person();
    for (const path of ['/login', '/register', new URL(invite).pathname]) {
      await guest.goto(product.url + path);
      await guest.getByRole('heading', { level: 1 }).waitFor();
      expect(await seriousFindings(guest), path).toEqual([]);
    }
    await register(guest, product.url, 'Yuki');
    expect(await seriousFindings(guest), 'no server yet').toEqual([]);
    await composer(owner).waitFor();
    expect(await seriousFindings(owner), 'conversation').toEqual([]);
    expect(await seriousFindings(phone), 'conversation on a phone').toEqual([]);
    await owner.goto(`${product.url}/settings`);
    await owner.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await seriousFindings(owner), 'settings').toEqual([]);
    await guest.context().close();
  });
});
