import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import {
  composer,
  copyInvite,
  createServer,
  fillRegistration,
  message,
  register,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

async function disc(color: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300">
    <circle cx="150" cy="150" r="140" fill="${color}"/><circle cx="105" cy="120" r="22"/>
    <circle cx="195" cy="120" r="22"/><path d="M80 190q70 70 140 0" stroke="#000" stroke-width="18" fill="none"/>
  </svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

async function blinking(): Promise<Buffer> {
  const frames = await Promise.all(['#d33', '#3d3'].map(disc));
  return sharp(frames, { join: { animated: true } })
    .gif({ delay: [300, 300] })
    .toBuffer();
}

describe('emoji of a server', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;

  const settings = async (page: Page) => {
    await page.getByRole('button', { name: /server menu/ }).click();
    await page.getByRole('menuitem', { name: 'Server settings' }).click();
    await page.getByRole('link', { name: 'Emoji' }).click();
    await page.getByRole('heading', { name: 'Emoji' }).first().waitFor();
  };
  const leave = (page: Page) => page.getByRole('link', { name: 'Back to the server' }).click();
  const list = (page: Page) => page.getByRole('list', { name: 'Emoji' }).getByRole('listitem');
  const picture = (page: Page, name: string) => page.getByRole('img', { name });

  beforeAll(async () => {
    await mkdir('e2e/out', { recursive: true });
    product = await Product.start();
    browsers = await openBrowsers();
    mirela = await browsers.person();
    tomas = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Reed Choir');
    const invite = new URL(await copyInvite(mirela)).pathname;
    await tomas.goto(product.url + invite);
    await tomas.getByRole('link', { name: 'Create an account to join' }).click();
    await fillRegistration(tomas, 'Tomas');
    await composer(tomas).waitFor();
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => {
    onTestFailed(async () => {
      await mirela.screenshot({ path: 'e2e/out/emoji-mirela.png' });
      await tomas.screenshot({ path: 'e2e/out/emoji-tomas.png' });
    });
  });

  test('several pictures become emoji, named after their files; what is no picture says so', async () => {
    await settings(mirela);
    await mirela.getByRole('heading', { name: 'No emoji yet' }).waitFor();
    await mirela
      .locator('input[type=file]')
      .setInputFiles([
        file('Sunny Face.png', 'image/png', await disc('#fc3')),
        file('blink.gif', 'image/gif', await blinking()),
        file('broken.png', 'image/png', Buffer.from('<svg onload="alert(1)"/>')),
      ]);
    await expect.poll(() => list(mirela).count()).toBe(2);
    await mirela.getByRole('alert').filter({ hasText: 'broken.png was not added.' }).waitFor();
    const names = await list(mirela).getByRole('textbox').all();
    expect(await Promise.all(names.map((name) => name.inputValue()))).toEqual([
      'blink',
      'sunny_face',
    ]);
    await mirela.getByText('2 of 200').waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
    await mirela.getByRole('button', { name: 'Forget broken.png' }).click();
  });

  test('a name is written over; one that is taken, or none, says why', async () => {
    const field = mirela.getByRole('textbox', { name: 'Name of :sunny_face:' });
    await field.fill('blink');
    await field.press('Enter');
    await mirela.getByText('There is an emoji of this name already.').waitFor();
    await field.fill('no spaces');
    await field.press('Enter');
    await mirela.getByText('2 to 32 letters').waitFor();
    await field.fill('Sunny');
    await field.press('Enter');
    await mirela.getByRole('textbox', { name: 'Name of :sunny:' }).waitFor();
    await leave(mirela);
  });

  test('it is written by its name, and drawn for everybody', async () => {
    const field = composer(mirela);
    await field.pressSequentially('Good morning :sun');
    await mirela
      .getByRole('listbox')
      .getByRole('option', { name: /:sunny:/ })
      .click();
    expect(await field.inputValue()).toBe('Good morning :sunny: ');
    await field.pressSequentially('and :blink:');
    await field.press('Enter');
    const said = message(tomas, 'Good morning');
    await picture(tomas, ':sunny:').waitFor();
    await said.getByRole('img', { name: ':blink:' }).waitFor();
    expect(
      await said
        .getByRole('img', { name: ':sunny:' })
        .evaluate((element: HTMLImageElement) => element.naturalWidth),
    ).toBe(128);
  });

  test('it is picked from the server’s own shelf, and big when alone', async () => {
    await tomas.getByRole('button', { name: 'Emoji', exact: true }).click();
    const picker = tomas.getByRole('dialog', { name: 'Emoji' });
    await picker.getByRole('button', { name: 'Reed Choir' }).click();
    await picker.getByRole('gridcell', { name: 'sunny' }).first().click();
    await composer(tomas).press('Enter');
    const alone = message(mirela, 'Tomas').getByRole('img', { name: ':sunny:' });
    await alone.waitFor();
    expect((await alone.boundingBox())?.height).toBeGreaterThan(36);
  });

  test('it stands under a message as a reaction', async () => {
    const said = message(tomas, 'Good morning');
    await said.hover();
    await said.getByRole('button', { name: 'Add a reaction' }).first().click();
    const picker = tomas.getByRole('dialog', { name: 'Emoji' });
    await picker.getByRole('combobox').fill('blink');
    await picker.getByRole('gridcell', { name: 'blink' }).first().waitFor();
    await tomas.keyboard.press('Enter');
    const chip = message(mirela, 'Good morning').getByRole('button', {
      name: ':blink:, 1 reaction',
    });
    await chip.click();
    await message(tomas, 'Good morning')
      .getByRole('button', { name: ':blink:, 2 reactions' })
      .waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
  });

  test('in a direct conversation those of one’s servers are there', async () => {
    await mirela
      .getByRole('complementary', { name: 'Members' })
      .getByText('Tomas')
      .click({ button: 'right' });
    await mirela.getByRole('menuitem', { name: 'Message', exact: true }).click();
    const field = mirela.getByRole('textbox', { name: /^Message / });
    await field.pressSequentially('psst :sunny:');
    await field.press('Enter');
    await picture(mirela, ':sunny:').waitFor();
    await mirela.goBack();
    await composer(mirela).waitFor();
  });

  test('a deleted one is its name again, and of a reaction a question is left', async () => {
    await settings(mirela);
    await mirela.getByRole('button', { name: 'Delete :blink:' }).click();
    await mirela.getByRole('button', { name: 'Delete emoji' }).click();
    await expect.poll(() => list(mirela).count()).toBe(1);
    await message(tomas, 'Good morning').getByText(':blink:').waitFor();
    await message(tomas, 'Good morning')
      .getByRole('button', { name: 'an emoji that is not known here, 2 reactions' })
      .waitFor();
    await leave(mirela);
  });

  test('what was done is in the audit log', async () => {
    await mirela.getByRole('button', { name: /server menu/ }).click();
    await mirela.getByRole('menuitem', { name: 'Server settings' }).click();
    await mirela.getByRole('link', { name: 'Audit log' }).click();
    await mirela.getByText('deleted the emoji :blink:').waitFor();
    await mirela.getByText('renamed the emoji :sunny:').waitFor();
    await leave(mirela);
  });

  test('who may not look after them has no such page', async () => {
    await tomas.getByRole('button', { name: /server menu/ }).click();
    expect(await tomas.getByRole('menuitem', { name: 'Server settings' }).count()).toBe(0);
    await tomas.keyboard.press('Escape');
  });
});
