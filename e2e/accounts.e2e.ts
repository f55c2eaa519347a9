import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { PASSWORD, createServer, fillRegistration, logIn, register } from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

const NEW_PASSWORD = 'an even longer password';

describe('somebody and their account', () => {
  let product: Product;
  let browsers: Browsers;
  let ada: Page;
  let phone: Page;

  beforeAll(async () => {
    product = await Product.start();
    browsers = await openBrowsers();
    ada = await browsers.person();
    phone = await browsers.person({ phone: true, mode: 'light' });
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'accounts-ada': ada, 'accounts-phone': phone }));

  test('registers, and proves the address by the link from the letter', async () => {
    await register(ada, product.url, 'Ada');
    await openSettings(ada, 'account');
    await ada.getByText('Not proven yet').waitFor();
    await ada.getByRole('button', { name: 'Ask for a link' }).click();
    await ada.goto(await letter('verify'));
    await ada.getByRole('heading', { name: 'Your address is proven' }).waitFor();
    expect(await seriousFindings(ada)).toEqual([]);
    await openSettings(ada, 'account');
    await ada.getByText('Proven', { exact: true }).waitFor();
  });

  test('is told what a used link is, and what to do', async () => {
    await ada.goto(await letter('verify'));
    await ada.getByRole('heading', { name: 'This link has ended' }).waitFor();
    await ada.getByRole('link', { name: 'Open Harmonium' }).waitFor();
  });

  test('chooses a theme on one device, and has it on the other at once and at the next log-in', async () => {
    await logIn(phone, product.url, 'ada');
    await phone.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await openSettings(ada, 'appearance');
    await ada.getByRole('radio', { name: /Reed/ }).check();
    await ada.getByRole('radio', { name: /^Light/ }).check();
    await phone.locator('html[data-theme="reed"][data-mode="light"]').waitFor();
    const late = await browsers.person();
    await logIn(late, product.url, 'ada');
    await late.locator('html[data-theme="reed"][data-mode="light"]').waitFor();
    // The first paint of the next load has it already.
    await late.route('**/api/**', (route) => route.abort());
    await late.reload();
    expect(await late.locator('html').getAttribute('data-theme')).toBe('reed');
    await late.context().close();
  });

  test('ends the session of the other device, which says why', async () => {
    await openSettings(ada, 'security');
    await ada.getByText('This one').waitFor();
    await ada.getByRole('button', { name: 'Log out all others' }).click();
    await phone.getByText('You were logged out', { exact: false }).waitFor();
    await ada.getByText('You are logged in nowhere else.').waitFor();
    // Somebody else may come next.
    expect(await phone.locator('html').getAttribute('data-theme')).toBe('harmonium');
  });

  test('changes the password, and the other device is out', async () => {
    await logIn(phone, product.url, 'ada');
    await phone.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await openSettings(ada, 'account');
    await ada.getByRole('button', { name: 'Change password' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByLabel('Current password', { exact: true }).fill('wrong');
    await dialog.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await dialog.getByText('This is not your current password.').waitFor();
    await dialog.getByLabel('Current password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Change password' }).click();
    await dialog.waitFor({ state: 'detached' });
    await phone.getByText('the password was changed', { exact: false }).waitFor();
  });

  test('forgets the password, and sets a new one by the link', async () => {
    await phone.getByRole('link', { name: 'Forgot your password?' }).tap();
    await phone.getByLabel('E-mail', { exact: true }).fill('ada@example.org');
    await phone.getByRole('button', { name: 'Ask for a link' }).tap();
    await phone.getByRole('heading', { name: 'Ask whoever runs this instance' }).waitFor();
    await phone.goto(await letter('reset'));
    await phone.getByLabel('New password', { exact: true }).fill(PASSWORD);
    expect(await seriousFindings(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'Set password' }).tap();
    await phone.getByRole('heading', { name: 'Your new password is set' }).waitFor();
    await ada.getByText('You were logged out', { exact: false }).waitFor();
    await logIn(ada, product.url, 'ada');
    await ada.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  });

  test('turns on two-factor login, and comes in by a code, and by a recovery code', async () => {
    await openSettings(ada, 'security');
    await ada.getByRole('button', { name: 'Set up' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    expect(await seriousFindings(ada)).toEqual([]);
    const secret = (await dialog.locator('p.font-mono').textContent()) ?? '';
    await dialog.getByLabel('Code', { exact: true }).fill(totp(secret, Date.now()));
    await dialog.getByRole('heading', { name: 'Keep these recovery codes' }).waitFor();
    const codes = await dialog.getByRole('listitem').allTextContents();
    expect(codes).toHaveLength(10);
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await ada.getByText('Logging in asks for a code', { exact: false }).waitFor();

    await logIn(phone, product.url, 'ada');
    await phone.getByRole('heading', { name: 'One more step' }).waitFor();
    expect(await seriousFindings(phone)).toEqual([]);
    // The code before was spent; the next one is good a step early.
    await phone.getByLabel('Code', { exact: true }).fill(totp(secret, Date.now() + 30_000));
    await phone.getByRole('heading', { name: 'Hello, Ada' }).waitFor();

    const late = await browsers.person();
    await logIn(late, product.url, 'ada');
    await late.getByLabel('Code', { exact: true }).fill('000000');
    await late.getByText('This code is wrong', { exact: false }).waitFor();
    await late.getByRole('button', { name: 'Use a recovery code' }).click();
    await late.getByLabel('Recovery code').fill(codes[0] ?? '');
    await late.getByRole('button', { name: 'Log in', exact: true }).click();
    await late.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await late.context().close();

    await ada.getByRole('button', { name: 'Turn off' }).click();
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByLabel(/Code of the app/).fill(codes[1] ?? '');
    await dialog.getByRole('button', { name: 'Turn off' }).click();
    await ada.getByRole('button', { name: 'Set up' }).waitFor();
  });

  test('has a picture and another name', async () => {
    await openSettings(ada, 'account');
    await ada.locator('input[type="file"]').setInputFiles('web/public/icon-192.png');
    await ada.getByRole('dialog').getByRole('button', { name: 'Use picture' }).click();
    await ada.locator('main img[src*="/api/images/avatars/"]').waitFor();
    await ada.getByRole('button', { name: 'Change name' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Ada.L');
    await dialog.getByLabel('Current password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await ada.getByText('You have a new name.').waitFor();
    await ada.getByRole('region', { name: 'Name' }).getByText('Ada.L').waitFor();
  });

  test('takes the own data along, as a zip that can be read', async () => {
    const download = ada.waitForEvent('download');
    await ada.getByRole('button', { name: 'Save my data' }).click();
    const zip = await readFile(await (await download).path());
    expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    // Stored, not compressed: what is in it can be seen.
    expect(zip.toString('utf8')).toContain('ada@example.org');
  });

  test('deletes the account once no server hangs on it', async () => {
    await ada.goto(product.url);
    await createServer(ada, 'Engines');
    await openSettings(ada, 'account');
    await ada.getByRole('button', { name: 'Delete account' }).click();
    await ada.getByRole('heading', { name: 'You own servers' }).waitFor();
    await ada.getByRole('dialog').getByRole('link', { name: 'Engines' }).click();
    await ada.getByRole('heading', { name: 'Engines' }).first().waitFor();
    await ada.goto(product.url);
    await ada.getByRole('button', { name: /server menu/ }).click();
    await ada.getByRole('menuitem', { name: 'Delete server' }).click();
    await ada.getByLabel('Type Engines to confirm').fill('Engines');
    await ada.getByRole('button', { name: 'Delete server' }).click();
    await ada.getByRole('heading', { name: 'Hello, Ada.L' }).waitFor();
    await openSettings(ada, 'account');
    await ada.getByRole('button', { name: 'Delete account' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByLabel('Type Ada.L to confirm').fill('Ada.L');
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Delete my account' }).click();
    await ada.getByText('Your account is deleted.', { exact: false }).waitFor();
    await phone.getByRole('button', { name: 'Log in' }).waitFor();
  });

  test('owns the instance: says how it is called, how it looks, and who may come', async () => {
    const owner = await browsers.person();
    await owner.goto(product.ownerLink() ?? '');
    await fillRegistration(owner, 'Grace');
    await owner.getByRole('heading', { name: 'Instance', exact: true }).waitFor();
    await owner.getByLabel('Name').fill('The Engine Room');
    await owner.getByRole('radio', { name: /^Closed/ }).check();
    await owner.getByRole('radio', { name: /^Cathedral/ }).check();
    expect(await seriousFindings(owner)).toEqual([]);
    await owner.getByRole('button', { name: 'Save' }).click();
    await owner.getByText('Saved', { exact: false }).first().waitFor();
    const guest = await browsers.person();
    await guest.goto(`${product.url}/register`);
    await guest.getByText('New accounts are closed on this instance.').waitFor();
    await guest.getByText('The Engine Room').waitFor();
    await guest.locator('html[data-theme="cathedral"]').waitFor();
    await guest.context().close();
  });

  test('decides who may write and who may ask', async () => {
    const owner = await browsers.person();
    await logIn(owner, product.url, 'grace');
    await owner.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
    await openSettings(owner, 'privacy');
    await owner.getByRole('radio', { name: /^Friends only/ }).check();
    await owner.getByRole('radio', { name: /^Nobody/ }).check();
    await owner.getByText('Saved').first().waitFor();
    await owner.reload();
    await expect
      .poll(() => owner.getByRole('radio', { name: /^Friends only/ }).isChecked())
      .toBe(true);
    expect(await owner.getByRole('radio', { name: /^Nobody/ }).isChecked()).toBe(true);
    for (const section of ['appearance', 'account', 'security', 'privacy', 'instance']) {
      await openSettings(owner, section);
      expect(await seriousFindings(owner), section).toEqual([]);
    }
    await owner.context().close();
  });

  async function openSettings(page: Page, section: string): Promise<void> {
    await page.goto(`${product.url}/settings/${section}`);
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  }

  /** The link of the youngest letter, which without a mail server is printed. */
  async function letter(kind: 'verify' | 'reset'): Promise<string> {
    const pattern = new RegExp(`/${kind}\\?token=[\\w-]+`, 'g');
    await expect.poll(() => product.output).toMatch(pattern);
    return product.url + (product.output.match(pattern)?.at(-1) ?? '');
  }
});

/** https://www.rfc-editor.org/rfc/rfc6238 */
function totp(secret: string, time: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000;
  return String(number).padStart(6, '0');
}

function base32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text.replaceAll(' ', ''))
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
