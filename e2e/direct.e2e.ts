import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audioEnergyReceived, openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { createCable, type Cable } from './network.ts';
import { inCall, leaveCall, message, register } from './people.ts';
import { Product } from './product.ts';

describe('people talk outside of servers', () => {
  let product: Product;
  let browsers: Browsers;
  let cable: Cable;
  let dora: Page;
  /** Reaches the product by a cable that can be pulled. */
  let emil: Page;
  let finn: Page;

  beforeAll(async () => {
    product = await Product.start();
    cable = await createCable(product.port);
    browsers = await openBrowsers();
    [dora, emil, finn] = [
      await browsers.person(),
      await browsers.person(),
      await browsers.person(),
    ];
    await register(dora, product.url, 'Dora');
    await register(emil, cable.url, 'Emil');
    await register(finn, product.url, 'Finn');
  });

  afterAll(async () => {
    await browsers?.close();
    await cable?.close();
    await product?.discard();
  });

  beforeEach(() =>
    keepPicturesOfFailure({ 'direct-dora': dora, 'direct-emil': emil, 'direct-finn': finn }),
  );

  test('Dora asks Emil by name, he accepts, and both see it at once', async () => {
    await dora.getByRole('link', { name: 'Find friends' }).click();
    await emil.getByRole('link', { name: 'Find friends' }).click();
    await ask(dora, 'Nobody-at-all');
    await dora.getByText('There is nobody called Nobody-at-all here.').waitFor();
    await dora.getByLabel('Name', { exact: true }).fill('emil');
    await dora.getByRole('button', { name: 'Send request' }).click();
    await dora.getByText('Emil has your request.').waitFor();
    await emil.getByText('1 request').click();
    await emil.getByRole('button', { name: 'Accept Dora' }).click();
    for (const page of [dora, emil]) await show(page, 'All');
    await emil.getByRole('button', { name: 'Message Dora' }).waitFor();
    await dora.getByRole('button', { name: 'Message Emil' }).waitFor();
  });

  test('what Dora writes is there for Emil, who is told that it waits', async () => {
    await dora.getByRole('button', { name: 'Message Emil' }).click();
    await write(dora, 'Are you there?');
    await emil.getByRole('link', { name: 'Direct messages, 1 waiting' }).waitFor();
    await emil.getByRole('link', { name: 'Dora, unread' }).click();
    await message(emil, 'Are you there?').waitFor();
    await emil.getByRole('link', { name: 'Direct messages', exact: true }).waitFor();
  });

  test('with the cable pulled Emil goes on writing, and nothing is lost or doubled', async () => {
    cable.pull();
    await emil.getByText('Connection lost.', { exact: false }).waitFor();
    await write(emil, 'one');
    await write(emil, 'two');
    await write(dora, 'three');
    cable.plug();
    for (const page of [dora, emil]) {
      await message(page, 'two').waitFor();
      await message(page, 'three').waitFor();
    }
    const all = ['Are you there?', 'one', 'three', 'two'];
    await expect.poll(async () => (await lines(dora)).sort()).toEqual(all);
    const isSame = async () => (await lines(emil)).join() === (await lines(dora)).join();
    await expect.poll(isSame).toBe(true);
  });

  test('what was read is read after coming back, and the conversation is still there', async () => {
    await emil.reload();
    await message(emil, 'two').waitFor();
    await emil.getByRole('link', { name: 'Direct messages', exact: true }).waitFor();
    await emil.getByRole('link', { name: 'Friends' }).click();
    expect(await emil.getByRole('link', { name: 'Dora, unread' }).count()).toBe(0);
  });

  test('Dora calls, Emil sees it from anywhere, and they hear each other', async () => {
    await dora.getByRole('button', { name: 'Start a call' }).click();
    await inCall(dora);
    await emil.getByRole('link', { name: /Dora/ }).getByLabel('Call going on').waitFor();
    await emil.getByRole('link', { name: /Dora/ }).click();
    await emil.getByRole('button', { name: 'Join the call, 1 inside' }).click();
    await inCall(emil);
    await dora.getByRole('list', { name: 'In the call', exact: true }).getByText('Emil').waitFor();
    await expect.poll(() => audioEnergyReceived(emil)).toBeGreaterThan(0);
    for (const page of [dora, emil]) await leaveCall(page);
    await emil
      .getByRole('list', { name: 'In the call', exact: true })
      .waitFor({ state: 'detached' });
  });

  test('a group of three is made, named and left', async () => {
    await finn.getByRole('link', { name: 'Find friends' }).click();
    await dora.getByRole('link', { name: 'Friends' }).click();
    await ask(finn, 'Dora');
    await show(dora, /request/);
    await dora.getByRole('button', { name: 'Accept Finn' }).click();
    await dora.getByRole('button', { name: 'New group' }).click();
    await dora.getByRole('checkbox', { name: 'Emil' }).check();
    await dora.getByRole('checkbox', { name: 'Finn' }).check();
    await dora.getByLabel('Group name').fill('Choir');
    await dora.getByRole('button', { name: 'Make group' }).click();
    await write(dora, 'Tuesday at eight?');
    for (const page of [emil, finn]) {
      await page.getByRole('link', { name: /Choir/ }).click();
      await message(page, 'Tuesday at eight?').waitFor();
    }
    await finn.getByRole('button', { name: 'Conversation menu' }).click();
    await finn.getByRole('menuitem', { name: 'Rename group' }).click();
    await finn.getByLabel('Group name').fill('Small choir');
    await finn.getByRole('button', { name: 'Save' }).click();
    await emil.getByRole('heading', { name: 'Small choir', level: 1 }).waitFor();
    await emil.getByRole('button', { name: 'Conversation menu' }).click();
    await emil.getByRole('menuitem', { name: 'Leave group' }).click();
    await emil.getByRole('dialog').getByRole('button', { name: 'Leave group' }).click();
    await emil.getByRole('link', { name: /Small choir/ }).waitFor({ state: 'detached' });
    await dora.getByRole('heading', { name: '2 people' }).waitFor();
  });

  test('Dora blocks Emil: neither can write, both can read, and he is not told why', async () => {
    for (const [page, name] of [
      [dora, 'Emil'],
      [emil, 'Dora'],
    ] as const) {
      await page.getByRole('link', { name: new RegExp(`${name}$`) }).click();
      await field(page).waitFor();
    }
    await dora.getByRole('button', { name: 'Conversation menu' }).click();
    await dora.getByRole('menuitem', { name: 'Block' }).click();
    await dora.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
    await dora.getByText('You blocked Emil.', { exact: false }).waitFor();
    await emil.getByText('You cannot write to each other here.', { exact: false }).waitFor();
    expect(await field(emil).count()).toBe(0);
    await message(emil, 'Are you there?').waitFor();
    expect(await emil.getByText(/block/i).count()).toBe(0);
    // Folded away, and there when it is asked for.
    expect(await message(dora, 'two').count()).toBe(0);
    await dora.getByRole('button', { name: 'Show' }).first().click();
    await message(dora, 'one').waitFor();
    await dora.getByRole('button', { name: 'Unblock' }).click();
    await field(emil).waitFor();
    await write(emil, 'Friends again?');
    await message(dora, 'Friends again?').waitFor();
  });
});

const field = (page: Page) => page.getByRole('textbox', { name: /^Message / });

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

async function ask(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add friend' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Send request' }).click();
}

function show(page: Page, tab: string | RegExp): Promise<void> {
  return page.getByRole('radio', { name: tab, exact: true }).check();
}

function lines(page: Page): Promise<string[]> {
  return page.getByRole('log').getByTestId('message-content').allTextContents();
}
