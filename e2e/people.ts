import type { Page } from 'playwright-core';

/** What people do, in their own words; each waits until the app shows that it is done. */

export const PASSWORD = 'a long enough password';

export async function register(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/register`);
  await fillRegistration(page, name);
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
}

export async function fillRegistration(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
}

export async function logIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Name or e-mail').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

export async function createServer(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create a server' }).first().click();
  await page.getByLabel('Server name').fill(name);
  await page.getByRole('button', { name: 'Create server' }).click();
  await composer(page).waitFor();
}

/** Copies an invite link by way of the server's menu. */
export async function copyInvite(page: Page): Promise<string> {
  await page.getByRole('button', { name: /server menu/ }).click();
  await page.getByRole('menuitem', { name: 'Invite people' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('Copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  return link;
}

export function composer(page: Page) {
  return page.getByRole('textbox', { name: /^Message #/ });
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** On a phone Enter begins a new line, and a button sends. */
export async function sayByTouch(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Send' }).tap();
}

/** A message as it stands in the conversation. */
export function message(page: Page, text: string) {
  return page.getByRole('log').getByRole('article').filter({ hasText: text });
}

/** Opens the menu of a message and chooses from it. */
export async function chooseFor(page: Page, text: string, act: string): Promise<void> {
  const said = message(page, text).first();
  await said.hover();
  await said.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: act }).click();
}
