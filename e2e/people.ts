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

/** Opens an invite link without an account, makes one, and is in. */
export async function joinAs(page: Page, invite: string, name: string): Promise<void> {
  await page.goto(invite);
  await page.getByRole('link', { name: 'Create an account to join' }).click();
  await fillRegistration(page, name);
  await composer(page).waitFor();
}

/** Opens an invite link with an account, and is in. */
export async function acceptInvite(page: Page, invite: string): Promise<void> {
  await page.goto(invite);
  await page.getByRole('button', { name: /^Join / }).click();
  await composer(page).waitFor();
}

export async function createChannel(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create a channel in Text' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create channel' }).click();
  await page.getByRole('textbox', { name: `Message #${name}` }).waitFor();
}

/** By its link in the list of channels; it may be unread or muted. */
export async function openChannel(page: Page, name: string): Promise<void> {
  const channels = page.getByRole('navigation', { name: 'Channels' });
  await channels.getByRole('link', { name: new RegExp(`^${name}\\b`) }).click();
  await page.getByRole('textbox', { name: `Message #${name}` }).waitFor();
}

/** The voice channel that every server begins with, as it stands in the list. */
export function lounge(page: Page) {
  return page.getByRole('button', { name: /Lounge/ });
}

export async function enterLounge(page: Page): Promise<void> {
  await lounge(page).click();
  await inCall(page);
}

/** Waits until the page says that the call goes. */
export async function inCall(page: Page): Promise<void> {
  await page.getByText('Voice connected').first().waitFor();
}

export async function leaveCall(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave the call' }).first().click();
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
