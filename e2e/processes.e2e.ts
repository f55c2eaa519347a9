import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import {
  composer,
  copyInvite,
  createServer,
  enterLounge,
  joinAs,
  leaveCall,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';

describe('two people on rooms that several processes share', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;
  const said: string[] = [];

  beforeAll(async () => {
    product = await Product.start({ ROOM_PROCESSES: '2' });
    browsers = await openBrowsers();
    mirela = await browsers.person();
    tomas = await browsers.person();
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => {
    onTestFailed(() => console.error(product.output));
    keepPicturesOfFailure({ 'processes-mirela': mirela, 'processes-tomas': tomas });
  });

  async function both(text: string): Promise<void> {
    for (const [name, page] of Object.entries({ Mirela: mirela, Tomas: tomas })) {
      said.push(`${name}: ${text}`);
      await say(page, `${name}: ${text}`);
    }
    await expectConversation();
  }

  /** Both have everything that was said, once. Sent at once from two windows, either may be first. */
  async function expectConversation(): Promise<void> {
    for (const page of [mirela, tomas]) {
      for (const text of said.slice(-2)) await message(page, text).waitFor();
      const contents = page.getByRole('log').getByTestId('message-content');
      expect((await contents.allInnerTexts()).sort()).toEqual([...said].sort());
    }
  }

  test('they meet, see who is there, and talk', async () => {
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Two Rooms');
    const invite = await copyInvite(mirela);
    await joinAs(tomas, invite, 'Tomas');
    await mirela.getByRole('complementary', { name: 'Members' }).getByText('Tomas').waitFor();
    await composer(tomas).pressSequentially('Hel');
    await mirela.getByText('Tomas is typing').waitFor();
    await both('hello');
  });

  test('voice tells the server who is in a call, wherever its room is', async () => {
    await enterLounge(mirela);
    const channels = tomas.getByRole('navigation', { name: 'Channels' });
    await channels.getByRole('button', { name: /^Mirela/ }).waitFor();
    await leaveCall(mirela);
    await channels.getByRole('button', { name: /^Mirela/ }).waitFor({ state: 'detached' });
  });

  test('one process after the other is killed, and nobody misses a word', async () => {
    const pids = product.roomPids();
    expect(pids).toHaveLength(2);
    for (const [at, pid] of pids.entries()) {
      process.kill(pid, 'SIGKILL');
      await both(`after kill ${at + 1}`);
    }
    await expect.poll(() => product.roomPids().filter((pid) => pids.includes(pid))).toEqual([]);
    for (const page of [mirela, tomas]) {
      await page.getByText('Connection lost.', { exact: false }).waitFor({ state: 'hidden' });
    }
  });

  test('the rooms move to three processes and back to one, and the conversation with them', async () => {
    for (const processes of ['3', '1']) {
      await product.stop();
      await product.start({ ROOM_PROCESSES: processes });
      for (const page of [mirela, tomas]) {
        await page.reload();
        await composer(page).waitFor();
      }
      await expectConversation();
      await both(`from ${processes}`);
    }
  });
});
