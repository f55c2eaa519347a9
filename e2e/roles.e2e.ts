import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { composer, copyInvite, createServer, joinAs, register } from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

const SECTIONS = ['overview', 'roles', 'members', 'invites', 'bans', 'audit-log'];

describe('somebody runs a server, somebody else lives in it', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;
  let settings: string;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    mirela = await browsers.person();
    tomas = await browsers.person({ mode: 'light' });
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Sunday choir');
    const invite = await copyInvite(mirela);
    await joinAs(tomas, invite, 'Tomas');
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'roles-mirela': mirela, 'roles-tomas': tomas }));

  test('who may change nothing finds no settings', async () => {
    await mirela.getByRole('button', { name: /server menu/ }).click();
    await mirela.getByRole('menuitem', { name: 'Server settings' }).click();
    await mirela.getByRole('heading', { name: 'Overview' }).waitFor();
    settings = new URL(mirela.url()).pathname.replace(/\/overview$/, '');

    await tomas.getByRole('button', { name: /server menu/ }).click();
    await tomas.getByRole('menuitem', { name: 'Leave server' }).waitFor();
    expect(await tomas.getByRole('menuitem', { name: 'Server settings' }).count()).toBe(0);
    await tomas.keyboard.press('Escape');
    const home = tomas.url();
    await tomas.goto(product.url + settings);
    await tomas.getByRole('heading', { name: 'Nothing plays here' }).waitFor();
    await tomas.goto(home);
    await composer(tomas).waitFor();
  });

  test('a role with a colour of its own, given: the other sees it at once', async () => {
    await mirela.getByRole('link', { name: 'Roles' }).click();
    await createRole(mirela, 'Soloists');
    await mirela.getByRole('radio', { name: 'Magenta' }).check();
    await mirela.getByRole('switch', { name: 'Show apart' }).check();
    await save(mirela);
    await mirela.getByRole('radio', { name: 'Members', exact: true }).check();
    await mirela.getByRole('combobox', { name: 'Add a member' }).click();
    await mirela.getByRole('option', { name: 'Tomas' }).click();
    await mirela.getByRole('button', { name: 'Take the role from Tomas' }).waitFor();

    const members = tomas.getByRole('complementary', { name: 'Members' });
    await members.getByText('Soloists — 1').waitFor();
    const name = members.getByText('Tomas', { exact: true }).first();
    // Magenta: far more red and blue than green, however light the mode asks for.
    const isMagenta = async () => {
      const [red = 0, green = 0, blue = 0] = await colorOf(name);
      return Math.min(red, blue) > green + 30;
    };
    await expect.poll(isMagenta).toBe(true);
  });

  test('the order is moved by the keyboard alone, and told', async () => {
    await createRole(mirela, 'Altos');
    await save(mirela);
    const order = mirela.getByRole('list', { name: 'Roles, highest first' }).getByRole('listitem');
    await expect.poll(() => order.allInnerTexts().then(firstWords)).toEqual(['Soloists', 'Altos']);
    await mirela.getByRole('button', { name: 'Move Altos' }).focus();
    await mirela.keyboard.press('Space');
    await mirela.keyboard.press('ArrowUp');
    await mirela.getByText('Altos: place 1 of 2.').waitFor({ state: 'attached' });
    await mirela.keyboard.press('Space');
    await expect.poll(() => order.allInnerTexts().then(firstWords)).toEqual(['Altos', 'Soloists']);
    await mirela.reload();
    await expect.poll(() => order.allInnerTexts().then(firstWords)).toEqual(['Altos', 'Soloists']);
  });

  test('changes are not left behind unasked', async () => {
    await mirela.getByRole('button', { name: /^Altos/ }).click();
    await mirela.getByRole('textbox', { name: 'Name' }).fill('Contraltos');
    await mirela.getByRole('link', { name: 'Members' }).click();
    await mirela.getByRole('heading', { name: 'Leave without saving?' }).waitFor();
    await mirela.getByRole('button', { name: 'Stay' }).click();
    expect(await mirela.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Contraltos');
    await mirela.getByRole('button', { name: 'Reset' }).click();
    await mirela.getByText('You have changes.').waitFor({ state: 'detached' });
  });

  test('the right to write is taken, and given back: the composer closes and opens', async () => {
    await mirela.getByRole('button', { name: 'everyone' }).click();
    const writing = mirela.getByRole('switch', { name: 'Write messages' });
    await writing.uncheck();
    await save(mirela);
    await tomas.getByText('You can read here, but not write.').waitFor();
    expect(await composer(tomas).count()).toBe(0);
    await writing.check();
    await save(mirela);
    await composer(tomas).waitFor();
  });

  test('who is let into the settings sees what is not theirs to change', async () => {
    await mirela.getByRole('button', { name: /^Altos/ }).click();
    await mirela.getByRole('radio', { name: 'Permissions' }).check();
    await mirela.getByRole('switch', { name: 'Manage roles' }).check();
    await save(mirela);
    await mirela.getByRole('radio', { name: 'Members', exact: true }).check();
    await mirela.getByRole('combobox', { name: 'Add a member' }).click();
    await mirela.getByRole('option', { name: 'Tomas' }).click();

    await tomas.goto(`${product.url}${settings}/roles`);
    await tomas.getByTitle('At or above your own highest role').waitFor();
    await tomas.getByRole('button', { name: /^Soloists/ }).click();
    await tomas.getByRole('radio', { name: 'Permissions' }).check();
    expect(await tomas.getByRole('switch', { name: 'Ban members' }).isDisabled()).toBe(true);
    expect(await tomas.getByRole('switch', { name: 'Write messages' }).isDisabled()).toBe(false);
    expect(await tomas.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
  });

  test('what another admin saves shows, and nothing of what I edit is lost', async () => {
    await mirela.getByRole('button', { name: /^Soloists/ }).click();
    await mirela.getByRole('radio', { name: 'Look' }).check();
    await mirela.getByRole('textbox', { name: 'Name' }).fill('Voices');
    await tomas.getByRole('radio', { name: 'Look' }).check();
    await tomas.getByRole('radio', { name: 'Teal' }).check();
    await save(tomas);
    await expect.poll(() => mirela.getByRole('radio', { name: 'Teal' }).isChecked()).toBe(true);
    expect(await mirela.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Voices');
    await save(mirela);
    await tomas.getByRole('button', { name: /^Voices/ }).waitFor();
  });

  test('whoever loses the right stands before a closed door at once', async () => {
    await mirela.getByRole('button', { name: /^Altos/ }).click();
    await mirela.getByRole('radio', { name: 'Members', exact: true }).check();
    await mirela.getByRole('button', { name: 'Take the role from Tomas' }).click();
    await tomas.getByRole('heading', { name: 'Nothing plays here' }).waitFor();
  });

  test('the log says who did it, and what changed', async () => {
    await mirela.getByRole('link', { name: 'Audit log' }).click();
    const entry = mirela.getByRole('button', { name: 'Tomas changed the role Voices' });
    await entry.click();
    await mirela.getByText('#1fa393').waitFor();
    await mirela.getByRole('combobox', { name: 'What' }).selectOption('role.create');
    await entry.waitFor({ state: 'detached' });
    await expect.poll(() => mirela.getByText(/created the role/).count()).toBe(2);
  });

  test('axe finds nothing serious in any section', async () => {
    for (const section of SECTIONS) {
      await mirela.goto(`${product.url}${settings}/${section}`);
      await mirela.getByRole('heading', { level: 2 }).first().waitFor();
      expect(await seriousFindings(mirela), section).toEqual([]);
    }
  });
});

async function createRole(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create role' }).click();
  const field = page.getByRole('textbox', { name: 'Name' });
  await expect.poll(() => field.inputValue()).toBe('new role');
  await field.fill(name);
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('You have changes.').waitFor({ state: 'detached' });
}

function firstWords(texts: string[]): string[] {
  return texts.map((text) => text.trim().split(/\s/)[0] ?? '');
}

/** Red, green and blue as they are painted, 0 to 255. */
function colorOf(element: ReturnType<Page['getByText']>): Promise<number[]> {
  return element.evaluate((node) => {
    const pen = document.createElement('canvas').getContext('2d');
    if (pen === null) return [];
    pen.fillStyle = getComputedStyle(node).color;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  });
}
