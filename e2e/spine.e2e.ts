import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audioEnergyReceived, openBrowsers, type Browsers } from './browser.ts';
import { logInByRest, sayByRest } from './by-rest.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { getsSilence } from './hearing.ts';
import { createCable, type Cable } from './network.ts';
import {
  PASSWORD,
  chooseFor,
  composer,
  copyInvite,
  createServer,
  fillRegistration,
  inCall,
  leaveCall,
  lounge,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';

describe('two people meet on a fresh instance', () => {
  let product: Product;
  let browsers: Browsers;
  let cable: Cable;
  let mirela: Page;
  /** Reaches the product by a cable that can be pulled. */
  let tomas: Page;
  let invite: string;

  beforeAll(async () => {
    product = await Product.start();
    cable = await createCable(product.port);
    browsers = await openBrowsers();
    mirela = await browsers.person();
    tomas = await browsers.person();
  });

  afterAll(async () => {
    await browsers?.close();
    await cable?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'spine-mirela': mirela, 'spine-tomas': tomas }));

  test('Mirela registers and is logged in', async () => {
    await register(mirela, product.url, 'Mirela');
    await mirela.reload();
    await mirela.getByRole('heading', { name: 'Hello, Mirela' }).waitFor();
  });

  test('Mirela creates a server that comes with general and Lounge, and copies an invite link', async () => {
    await createServer(mirela, 'Open Source Guild');
    const channels = mirela.getByRole('navigation', { name: 'Channels' });
    await channels.getByRole('link', { name: /general/ }).waitFor();
    await channels.getByRole('button', { name: /Lounge/ }).waitFor();
    invite = await copyInvite(mirela);
    expect(invite).toMatch(/^https?:\/\/localhost(:\d+)?\/invite\/\w+$/);
  });

  test('Tomas opens the link, sees what it leads to, registers and is in', async () => {
    await tomas.goto(cable.url + new URL(invite).pathname);
    await tomas.getByRole('heading', { name: 'Open Source Guild' }).waitFor();
    await tomas.getByText('1 member').waitFor();
    await tomas.getByRole('link', { name: 'Create an account to join' }).click();
    await fillRegistration(tomas, 'Tomas');
    await composer(tomas).waitFor();
    const members = tomas.getByRole('complementary', { name: 'Members' });
    await members.getByText('Mirela').waitFor();
    await mirela.getByRole('complementary', { name: 'Members' }).getByText('Tomas').waitFor();
  });

  test('both write in general and see each other type', async () => {
    await say(mirela, 'Pull the cable, write ten lines, plug it back.');
    await message(tomas, 'Pull the cable').waitFor();
    await composer(tomas).pressSequentially('Noth');
    await mirela.getByText('Tomas is typing').waitFor();
    await say(tomas, 'Nothing missing, nothing twice.');
    await message(mirela, 'Nothing missing').waitFor();
    await mirela.getByText('Tomas is typing').waitFor({ state: 'hidden' });
  });

  test('a message is painted in the sender’s window before the server answers', async () => {
    cable.pull();
    await say(tomas, 'Written in the dark.');
    await message(tomas, 'Written in the dark.').waitFor();
    expect(await message(mirela, 'Written in the dark.').count()).toBe(0);
    cable.plug();
    await message(mirela, 'Written in the dark.').waitFor();
  });

  test('Mirela edits one of her messages and deletes another', async () => {
    await say(mirela, 'This has a tpyo.');
    await message(tomas, 'This has a tpyo.').waitFor();
    await composer(mirela).press('ArrowUp');
    const editor = mirela.getByRole('textbox', { name: 'Edit message' });
    await editor.fill('This has no typo.');
    await editor.press('Enter');
    await message(tomas, 'This has no typo.').getByText('edited').waitFor();

    await say(mirela, 'Nobody should read this.');
    await message(tomas, 'Nobody should read this.').waitFor();
    await chooseFor(mirela, 'Nobody should read this.', 'Delete');
    await mirela.getByRole('button', { name: 'Delete message' }).click();
    await message(tomas, 'Message removed').waitFor();
    expect(await message(tomas, 'Nobody should read this.').count()).toBe(0);
    // Tomas has no way to change what Mirela wrote.
    const hers = message(tomas, 'This has no typo.');
    await hers.hover();
    await hers.getByRole('button', { name: 'More' }).click();
    await tomas.getByRole('menuitem', { name: 'Copy text' }).waitFor();
    expect(await tomas.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0);
    await tomas.keyboard.press('Escape');
  });

  test('history is there on reload and on scrolling up', async () => {
    const lines = Array.from({ length: 120 }, (_, at) => `Line ${at + 1} of a long evening.`);
    await sayByRest(await logInByRest(product.url, 'Mirela'), mirela.url(), lines);
    await message(tomas, 'Line 120 of').waitFor();
    await tomas.reload();
    await message(tomas, 'Line 120 of').waitFor();
    await message(tomas, 'Line 120 of').hover();
    await expect
      .poll(
        async () => {
          await tomas.mouse.wheel(0, -2_000);
          return message(tomas, 'Pull the cable').count();
        },
        { timeout: 40_000 },
      )
      .toBe(1);
    await tomas.getByText('This is where #general begins.').waitFor();
  });

  test('both click Lounge and hear each other', async () => {
    for (const page of [mirela, tomas]) await lounge(page).click();
    for (const page of [mirela, tomas]) await inCall(page);
    for (const page of [mirela, tomas]) {
      const before = await audioEnergyReceived(page);
      await expect.poll(() => audioEnergyReceived(page)).toBeGreaterThan(before + 0.001);
    }
  });

  test('the speaking ring lights, and everyone sees who is in', async () => {
    for (const page of [mirela, tomas]) {
      const channels = page.getByRole('navigation', { name: 'Channels' });
      for (const name of ['Mirela', 'Tomas']) {
        await channels.getByRole('button', { name: new RegExp(`${name}.*speaking`) }).waitFor();
      }
    }
  });

  test('mute silences Mirela and shows it; deafen shows too; leaving empties the channel', async () => {
    await mirela.getByRole('button', { name: 'Mute' }).click();
    const inTomas = tomas.getByRole('navigation', { name: 'Channels' });
    await inTomas.getByRole('button', { name: /Mirela.*muted/ }).waitFor();
    await getsSilence(tomas);

    await mirela.getByRole('button', { name: 'Deafen' }).click();
    await inTomas.getByRole('button', { name: /Mirela.*deafened/ }).waitFor();
    await mirela.getByRole('button', { name: 'Undeafen' }).click();

    for (const page of [mirela, tomas]) {
      await leaveCall(page);
      await page.getByText('Voice connected').waitFor({ state: 'hidden' });
    }
    await expect.poll(() => inTomas.getByRole('button', { name: /^Mirela/ }).count()).toBe(0);
  });

  test('the network is cut in mid-conversation: words, a queue, and no gap or double', async () => {
    cable.pull();
    await tomas.getByText('Connection lost.', { exact: false }).waitFor();
    await say(tomas, 'First from the tunnel.');
    await say(tomas, 'Second from the tunnel.');
    for (let line = 1; line <= 5; line++) await say(mirela, `While you were away ${line}.`);
    cable.plug();
    for (const page of [mirela, tomas]) {
      await message(page, 'Second from the tunnel.').waitFor();
      await message(page, 'While you were away 5.').waitFor();
    }
    await tomas.getByText('Connection lost.', { exact: false }).waitFor({ state: 'hidden' });
    const isSame = async () =>
      JSON.stringify(await lastLines(tomas, 7)) === JSON.stringify(await lastLines(mirela, 7));
    await expect.poll(isSame).toBe(true);
    expect(new Set(await lastLines(tomas, 7)).size).toBe(7);
  });

  test('the process is stopped and started again: accounts, servers and every message are there', async () => {
    const before = await lastLines(mirela, 7);
    await product.stop();
    await mirela.getByText('Connection lost.', { exact: false }).waitFor();
    await product.start();
    await mirela.getByText('Connection lost.', { exact: false }).waitFor({ state: 'hidden' });
    await mirela.reload();
    await message(mirela, 'Second from the tunnel.').waitFor();
    expect(await lastLines(mirela, 7)).toEqual(before);
    await say(mirela, 'Still here.');
    await message(tomas, 'Still here.').waitFor();
  });

  test('Tomas logs out and in again', async () => {
    await tomas.getByRole('button', { name: /^Tomas, .*Change status/ }).click();
    await tomas.getByRole('menuitem', { name: 'Log out' }).click();
    await tomas.getByLabel('Name or e-mail').fill('tomas@example.org');
    await tomas.getByLabel('Password', { exact: true }).fill('not his password');
    await tomas.getByRole('button', { name: 'Log in' }).click();
    await tomas.getByText('Name and password do not match.').waitFor();
    await tomas.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await tomas.getByRole('button', { name: 'Log in' }).click();
    await message(tomas, 'Still here.').waitFor();
  });
});

/** The texts of the youngest messages, oldest first. */
async function lastLines(page: Page, count: number): Promise<string[]> {
  const texts = await page.getByRole('log').getByTestId('message-content').allInnerTexts();
  return texts.slice(-count);
}
