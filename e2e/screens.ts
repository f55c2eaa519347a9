import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowsers } from './browser.ts';
import { createCable } from './network.ts';
import {
  chooseFor,
  composer,
  copyInvite,
  createServer,
  enterLounge,
  fillRegistration,
  joinAs,
  leaveCall,
  lounge,
  message,
  say,
  sayByTouch,
} from './people.ts';
import { Product } from './product.ts';

/**
 * Draws every main screen and state from the running product into `screens/`, for looking at.
 * With `--readme` one of them becomes the README's picture.
 */

const SETTINGS = ['appearance', 'notifications', 'voice', 'account', 'security', 'privacy'];
const root = join(import.meta.dirname, '..');
const out = join(root, 'screens');
await mkdir(out, { recursive: true });

const product = await Product.start({ DEFAULT_MODE: 'system' });
const browsers = await openBrowsers();
const cable = await createCable(product.port);
try {
  const invite = await furnish();
  for (const mode of ['dark', 'light'] as const) {
    for (const phone of [false, true]) await drawAll(mode, phone, invite);
  }
  if (process.argv.includes('--readme')) {
    await copyFile(join(out, 'voice-desktop-dark.png'), join(root, 'docs', 'harmonium.png'));
  }
} finally {
  await browsers.close();
  await cable.close();
  await product.discard();
}

/** A server with a conversation in it. Answers the path of an invite. */
async function furnish(): Promise<string> {
  const mirela = await browsers.person();
  await mirela.goto(`${product.url}/register`);
  await fillRegistration(mirela, 'Mirela');
  await createServer(mirela, 'Open Source Guild');
  const invite = new URL(await copyInvite(mirela)).pathname;
  const tomas = await meet(invite, 'Tomas');
  const yuki = await meet(invite, 'Yuki');
  await say(
    tomas,
    'The resume path is in. Pull the cable, write ten lines, plug it back: nothing missing, nothing twice.',
  );
  await message(yuki, 'The resume path').waitFor();
  await say(
    yuki,
    'Tick loop, before and after:\n```ts\nfor (const socket of room.sockets) {\n  socket.write(frame)  // framed once, one write a tick\n}\n```\nThree million deliveries a second on one core. **I checked twice.**',
  );
  await message(mirela, 'Three million').waitFor();
  const question = message(mirela, 'The resume path');
  await question.hover();
  await question.getByRole('button', { name: 'Reply' }).click();
  await say(mirela, 'On it. Draft by tonight, and I will mark which figures are ours.');
  await say(mirela, 'The notes live at https://example.org/notes for now.');
  await say(yuki, 'Lovely. `npm start` took four seconds here.');
  await message(tomas, 'Lovely').waitFor();
  await chooseFor(tomas, 'Three million', 'React with 👍');
  await chooseFor(mirela, 'Three million', 'React with 👍');
  await chooseFor(tomas, 'Three million', 'React with ❤️');
  await chooseFor(mirela, 'The notes live', 'Pin');
  for (const page of [mirela, yuki]) await enterLounge(page);
  await yuki.getByRole('button', { name: 'Mute' }).click();
  await composer(tomas).pressSequentially('typing');
  return invite;
}

async function meet(invite: string, name: string): Promise<Page> {
  const page = await browsers.person();
  await joinAs(page, product.url + invite, name);
  return page;
}

async function drawAll(mode: 'dark' | 'light', phone: boolean, invite: string): Promise<void> {
  const page = await browsers.person({ mode, phone });
  const draw = async (name: string) => {
    // Let motion end and pictures arrive.
    await page.waitForTimeout(500);
    const file = join(out, `${name}-${phone ? 'phone' : 'desktop'}-${mode}.png`);
    await page.screenshot({ path: file });
    console.log(file);
  };
  const name = `${phone ? 'Signe' : 'Jonas'}${mode === 'dark' ? '' : 'L'}`;

  await page.goto(`${cable.url}/login`);
  await page.getByLabel('Name or e-mail').waitFor();
  await draw('login');
  await page.getByLabel('Name or e-mail').fill('nobody');
  await page.getByLabel('Password', { exact: true }).fill('wrong password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Name and password do not match.').waitFor();
  await draw('login-refused');
  await page.goto(`${cable.url}/register`);
  await page.getByRole('button', { name: 'Create account' }).waitFor();
  await draw('register');
  await fillRegistration(page, name);
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
  await draw('no-server');
  await page.getByRole('button', { name: 'Create a server' }).first().click();
  await page.getByLabel('Server name').waitFor();
  await draw('create-server');
  await page.getByLabel('Server name').fill(`${name}’s garden`);
  await page.getByRole('button', { name: 'Create server' }).click();
  await composer(page).waitFor();
  await draw('new-server');
  const own = page.url().replace(/\/\d+$/, '');
  await page.goto(cable.url + invite);
  await page.getByRole('button', { name: /^Join / }).waitFor();
  await draw('invite');
  await page.getByRole('button', { name: /^Join / }).click();
  await message(page, 'Lovely').waitFor();
  await draw('conversation');
  if (phone) await drawDrawers(page, draw);
  else await drawDesktop(page, draw);
  cable.pull();
  await page.getByText('Connection lost.', { exact: false }).waitFor();
  await (phone ? sayByTouch : say)(page, 'Written while the network is away.');
  await draw('connection-lost');
  cable.plug();
  await message(page, 'Written while').last().waitFor();
  for (const section of SETTINGS) {
    await page.goto(`${cable.url}/settings/${section}`);
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await draw(`settings-${section}`);
  }
  for (const section of ['overview', 'roles', 'members', 'emoji', 'invites', 'bans', 'audit-log']) {
    await page.goto(`${own}/settings/${section}`);
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await draw(`server-settings-${section}`);
  }
  await page.goto(`${cable.url}/direct`);
  await page.getByRole('heading', { name: 'Friends' }).first().waitFor();
  await draw('friends');
  await page.goto(`${cable.url}/no/such/place`);
  await page.getByText('Nothing plays here').waitFor();
  await draw('not-found');
  await page.context().close();
}

async function drawDesktop(page: Page, draw: (name: string) => Promise<void>): Promise<void> {
  await enterLounge(page);
  await page.getByRole('button', { name: 'Turn camera on' }).first().waitFor();
  await message(page, 'On it.').hover();
  await draw('voice');
  await page.getByRole('button', { name: /Lounge/ }).click();
  await page.getByRole('list', { name: 'People in the call' }).waitFor();
  await draw('call');
  const share = page.getByRole('main');
  await share.getByRole('button', { name: 'Turn camera on' }).click();
  await share.getByRole('button', { name: 'Share your screen' }).click();
  await page.getByRole('button', { name: /^Your screen/ }).click();
  await page.waitForTimeout(1_500);
  await draw('call-pictures');
  await page.getByRole('link', { name: /general/ }).click();
  await message(page, 'On it.').waitFor();
  await page.getByRole('button', { name: 'Leave the call' }).first().click();
  await page.getByRole('button', { name: 'Pinned messages, 1 of them' }).click();
  await page.getByRole('dialog').getByText('The notes live').waitFor();
  await draw('pins');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await draw('emoji');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox').last().fill('notes');
  await page.keyboard.press('Enter');
  await page.getByText('That is all of it.').waitFor();
  await draw('search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await draw('switcher');
  await page.keyboard.press('Escape');
  const members = page.getByRole('complementary', { name: 'Members' });
  await members.getByRole('button', { name: 'Yuki' }).click();
  await page.getByRole('dialog', { name: 'About Yuki' }).waitFor();
  await draw('profile');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Threads', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await draw('threads');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  await page.getByRole('dialog').waitFor();
  await draw('keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /server menu/ }).click();
  await draw('server-menu');
  await page.keyboard.press('Escape');
}

async function drawDrawers(page: Page, draw: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Servers and channels' }).first().tap();
  // The first joins, the second opens the call.
  await enterLounge(page);
  await lounge(page).tap();
  await page.getByRole('list', { name: 'People in the call' }).waitFor();
  await draw('call');
  await leaveCall(page);
  await page.getByRole('button', { name: 'Servers and channels' }).first().tap();
  await page.getByRole('link', { name: /general/ }).tap();
  await message(page, 'Lovely').waitFor();
  await page.getByRole('button', { name: 'Servers and channels' }).first().click();
  await page.getByRole('link', { name: /general/ }).waitFor();
  await draw('menu-drawer');
  await page.getByRole('link', { name: /general/ }).click();
  await page.getByRole('button', { name: 'Members' }).first().click();
  await draw('members-drawer');
  await page.keyboard.press('Escape');
}
