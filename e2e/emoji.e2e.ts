import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { composer, copyInvite, createServer, joinAs, message, register } from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

/** Two frames, 24 pixels wide: a red disc and a green one. */
const BLINKING = Buffer.from(
  'R0lGODlhGAAYAIAAAExpcd0yMiH/C05FVFNDQVBFMi4wAwEAAAAh+QQFHgAAACwAAAAAGAAYAAACN4SPqZvhz9ibMBqK68o87M4pYIiMXWlmR3oCLPmqbkxd9GTfzqqjd0MTBYWsSNEyIyF5uKVzUQAAIfkEBR4AAAAsAQABABYAFgCATGlxMt0yAiqEb6GL3QuZO7HKZzPOmvIOfF8iauWJpurKtmZLsp6KyHU6odNs7U61KwAAOw==',
  'base64',
);

/** A smiling sun of 300 pixels, as PNG. */
async function sun(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 300 });
    const pen = canvas.getContext('2d');
    const disc = (color: string, x: number, y: number, radius: number, turn = 2) => {
      pen?.beginPath();
      pen?.arc(x, y, radius, 0, turn * Math.PI);
      if (pen) pen.fillStyle = color;
      pen?.fill();
    };
    disc('#fc3', 150, 150, 140);
    disc('#222', 105, 120, 22);
    disc('#222', 195, 120, 22);
    disc('#222', 150, 180, 60, 1);
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
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
    await joinAs(tomas, product.url + invite, 'Tomas');
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'emoji-mirela': mirela, 'emoji-tomas': tomas }));

  test('several pictures become emoji, named after their files; what is no picture says so', async () => {
    await settings(mirela);
    await mirela.getByRole('heading', { name: 'No emoji yet' }).waitFor();
    await mirela
      .locator('input[type=file]')
      .setInputFiles([
        file('Sunny Face.png', 'image/png', await sun(mirela)),
        file('blink.gif', 'image/gif', BLINKING),
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
    await mirela.getByRole('option', { name: ':sunny: Reed Choir' }).waitFor();
    await field.press('Enter');
    expect(await field.inputValue()).toBe('Good morning :sunny: ');
    await field.pressSequentially('and :blink:');
    await field.press('Enter');
    const said = message(tomas, 'Good morning');
    await picture(tomas, ':sunny:').waitFor();
    await said.getByRole('img', { name: ':blink:' }).waitFor();
    const width = () =>
      said
        .getByRole('img', { name: ':sunny:' })
        .evaluate((element: HTMLImageElement) => element.naturalWidth);
    await expect.poll(width).toBe(128);
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
    await mirela.getByRole('complementary', { name: 'Members' }).getByText('Tomas').click();
    await mirela.getByRole('button', { name: 'Message', exact: true }).click();
    const field = mirela.getByRole('textbox', { name: /^Message @/ });
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
