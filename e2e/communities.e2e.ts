import { Snowflake } from '@harmonium/api/ids';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { logInByRest } from './by-rest.ts';
import {
  composer,
  copyInvite,
  createServer,
  enterLounge,
  joinAs,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

describe('a community and who runs it', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;
  let yuki: Page;
  let invite: string;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    mirela = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Open Source Guild');
    invite = await copyInvite(mirela);
    tomas = await join('Tomas');
    yuki = await join('Yuki');
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => {
    onTestFailed(() => console.error(product.output.slice(-2_000)));
  });

  async function join(name: string): Promise<Page> {
    const page = await browsers.person();
    await joinAs(page, invite, name);
    return page;
  }

  const channels = (page: Page) => page.getByRole('navigation', { name: 'Channels' });
  const members = (page: Page) => page.getByRole('complementary', { name: 'Members' });
  const order = (page: Page) =>
    channels(page)
      .locator('[data-channel]')
      .evaluateAll((rows) => rows.map((row) => row.textContent?.trim()));
  const showCard = async (page: Page, name: string) => {
    await members(page).getByRole('button', { name }).click();
    const card = page.getByRole('dialog', { name: `About ${name}` });
    await card.waitFor();
    return card;
  };

  test('Mirela makes a private channel for Yuki; Tomas never hears of it', async () => {
    await channels(mirela).getByRole('button', { name: 'Create a channel in Text' }).click();
    const dialog = mirela.getByRole('dialog', { name: 'Create a channel' });
    await dialog.getByLabel('Name').fill('makers');
    await dialog.getByText('Private channel').click();
    await dialog.getByRole('combobox', { name: 'Add a role or member' }).fill('yuk');
    await dialog.getByRole('option', { name: 'Yuki' }).click();
    await dialog.getByRole('button', { name: 'Create channel' }).click();
    await channels(yuki).getByRole('link', { name: 'makers' }).waitFor();
    expect(await channels(tomas).getByText('makers').count()).toBe(0);
  });

  test('she looks at it as Tomas and as Yuki, and is told which rule decided', async () => {
    await channels(mirela).getByRole('link', { name: 'makers' }).hover();
    await mirela
      .getByRole('listitem')
      .filter({ hasText: 'makers' })
      .getByRole('button', { name: 'Channel menu' })
      .click();
    await mirela.getByRole('menuitem', { name: 'Channel settings' }).click();
    await mirela.getByRole('link', { name: 'View as' }).click();
    const search = mirela.getByRole('combobox', { name: 'Search a role or member' });
    await search.fill('tomas');
    await mirela.getByRole('option', { name: 'Tomas' }).click();
    await mirela.getByText('Tomas does not see this channel.').waitFor();
    await mirela.getByText('Denied to @everyone in this channel.').waitFor();
    await search.fill('yuki');
    await mirela.getByRole('option', { name: 'Yuki' }).click();
    await mirela.getByText('Yuki sees this channel.').waitFor();
    await mirela.getByText('Allowed to Yuki in person in this channel.').waitFor();
    expect(await seriousFindings(mirela), 'view as').toEqual([]);
  });

  test('she lets Tomas in by hand, to read and not to write, and he has it at once', async () => {
    await mirela.getByRole('link', { name: 'Permissions' }).click();
    await mirela.getByRole('combobox', { name: 'Add a role or member' }).fill('tomas');
    await mirela.getByRole('option', { name: 'Tomas' }).click();
    const writes = mirela.getByRole('group', { name: 'Write messages' });
    await writes.getByRole('radio', { name: 'Deny' }).check();
    expect(await seriousFindings(mirela), 'permissions').toEqual([]);
    // A key that leads away does not lose what was changed.
    await mirela.keyboard.press('Escape');
    await mirela.getByRole('heading', { name: 'Leave without saving?' }).waitFor();
    await mirela.getByRole('button', { name: 'Stay' }).click();
    await mirela.getByText('There are changes that are not saved.').waitFor();
    expect(await channels(tomas).getByText('makers').count()).toBe(0);
    await mirela.getByRole('button', { name: 'Save', exact: true }).click();
    await channels(tomas).getByRole('link', { name: 'makers' }).click();
    await tomas.getByText('You can read here, but not write.').waitFor();
    await channels(tomas).getByRole('link', { name: 'general' }).click();
    await mirela.keyboard.press('Escape');
    await composer(mirela).waitFor();
  });

  test('she puts channels in another order, by mouse and by keyboard, and all see it', async () => {
    const makers = channels(mirela).locator('[data-channel]').filter({ hasText: 'makers' });
    const general = channels(mirela).locator('[data-channel]').filter({ hasText: 'general' });
    const [from, to] = [await makers.boundingBox(), await general.boundingBox()];
    if (from === null || to === null) throw new Error('the channels are not on the screen');
    await mirela.mouse.move(from.x + 60, from.y + 16);
    await mirela.mouse.down();
    await mirela.mouse.move(to.x + 60, to.y + 4, { steps: 6 });
    await mirela.mouse.up();
    await expect.poll(() => order(yuki)).toEqual(['makers', 'general', 'Lounge']);
    await expect.poll(() => order(mirela)).toEqual(['makers', 'general', 'Lounge']);

    await makers.getByRole('link').focus();
    await mirela.keyboard.press('Control+Shift+ArrowDown');
    await expect.poll(() => order(yuki)).toEqual(['general', 'makers', 'Lounge']);
    await channels(mirela).getByText('makers is now number 2 of 2').waitFor({ state: 'attached' });
    const isFocused = () =>
      makers.getByRole('link').evaluate((row) => row === document.activeElement);
    await expect.poll(isFocused).toBe(true);
  });

  test('Tomas is called by his nickname wherever he is named', async () => {
    await say(tomas, 'The resume path is in.');
    const card = await showCard(tomas, 'Tomas');
    await card.getByRole('button', { name: 'Change my nickname' }).click();
    await tomas.getByRole('dialog').getByLabel('Nickname').fill('Tomás the Quiet');
    await tomas.getByRole('button', { name: 'Save' }).click();
    await channels(mirela).getByRole('link', { name: 'general' }).click();
    await message(mirela, 'The resume path')
      .getByRole('button', { name: 'Tomás the Quiet' })
      .waitFor();
    await members(mirela).getByText('Tomás the Quiet').waitFor();
    await composer(tomas).pressSequentially('Noth');
    await mirela.getByText('Tomás the Quiet is typing').waitFor();
    await composer(tomas).fill('');
  });

  test('what somebody says they are up to stands beside their name', async () => {
    await yuki.getByRole('button', { name: /Change status/ }).click();
    await yuki.getByRole('menuitem', { name: 'Say what you are up to' }).click();
    await yuki.getByLabel('Status', { exact: true }).fill('reviewing the release');
    await yuki.getByRole('button', { name: 'Save' }).click();
    await members(mirela).getByText('reviewing the release').waitFor();
  });

  test('Tomas is timed out, is told until when, and writes again once it is over', async () => {
    const card = await showCard(mirela, 'Tomás the Quiet');
    expect(await seriousFindings(mirela), 'card').toEqual([]);
    await card.getByRole('button', { name: 'Time out' }).click();
    await card.getByRole('button', { name: '5 minutes' }).click();
    await tomas.getByText('You are timed out and can only read until').waitFor();
    expect(await composer(tomas).count()).toBe(0);
    await card.getByRole('button', { name: 'End the timeout' }).click();
    await composer(tomas).waitFor();

    await timeOutFor(6_000);
    await tomas.getByText('You are timed out and can only read until').waitFor();
    await composer(tomas).waitFor();
    await say(tomas, 'Back again.');
    await mirela.keyboard.press('Escape');
    await message(mirela, 'Back again.').waitFor();
  });

  /** Shorter than the app offers, so that nobody waits for the end. */
  async function timeOutFor(milliseconds: number): Promise<void> {
    const call = await logInByRest(product.url, 'Mirela');
    const id = Snowflake.parse(new URL(tomas.url()).pathname.split('/')[2]);
    const query = { query: 'tomas' };
    const [member] = await call('GET /api/servers/:id/members', { params: { id }, query });
    if (member === undefined) throw new Error('Tomas is not found.');
    await call('PATCH /api/servers/:id/members/:uid', {
      params: { id, uid: member.user.id },
      body: { timeoutUntil: new Date(Date.now() + milliseconds).toISOString() },
    });
  }

  test('Tomas is banned: his window says so, his messages go, and no link lets him back', async () => {
    await enterLounge(tomas);
    const card = await showCard(mirela, 'Tomás the Quiet');
    await card.getByRole('button', { name: 'Ban' }).click();
    const dialog = mirela.getByRole('dialog', { name: 'Ban Tomás the Quiet?' });
    expect(await seriousFindings(mirela), 'ban').toEqual([]);
    await dialog.getByLabel('Reason').fill('Loud.');
    await dialog.getByLabel('Delete what they wrote').selectOption('In the last hour');
    await dialog.getByRole('button', { name: 'Ban' }).click();

    await tomas.getByRole('heading', { name: 'You are no longer in Open Source Guild' }).waitFor();
    await tomas.getByText('Voice connected').waitFor({ state: 'detached' });
    const rail = tomas.getByRole('navigation', { name: 'Servers' });
    expect(await rail.getByRole('link', { name: 'Open Source Guild' }).count()).toBe(0);
    await members(mirela).getByText('Tomás the Quiet').waitFor({ state: 'detached' });
    await message(mirela, 'Back again.').waitFor({ state: 'detached' });
    await message(yuki, 'The resume path').waitFor({ state: 'detached' });

    await tomas.goto(invite);
    await tomas.getByRole('button', { name: /^Join / }).click();
    await tomas.getByText('You are banned from this server.').waitFor();
  });
});
