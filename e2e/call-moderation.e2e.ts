import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { hears, hearsNothing } from './hearing.ts';
import {
  composer,
  copyInvite,
  createServer,
  inCall,
  joinAs,
  leaveCall,
  register,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

/** A click counts for so long (HTML, transient activation), in milliseconds. */
const CLICK_COUNTS_MS = 5_000;

let product: Product;
let browsers: Browsers;
let mirela: Page;
let tomas: Page;
/** On a phone, and outside of the call. */
let signe: Page;
let invite: string;

beforeAll(async () => {
  product = await Product.start({ DEFAULT_MODE: 'system' });
  browsers = await openBrowsers();
  mirela = await browsers.person();
  await register(mirela, product.url, 'Mirela');
  await createServer(mirela, 'Open Source Guild');
  invite = await copyInvite(mirela);
  tomas = await join(browsers, 'Tomas');
  signe = await join(browsers, 'Signe', { phone: true });
});

afterAll(async () => {
  await browsers?.close();
  await product?.discard();
});

beforeEach(() =>
  keepPicturesOfFailure({
    'moderation-mirela': mirela,
    'moderation-tomas': tomas,
    'moderation-signe': signe,
  }),
);

async function join(where: Browsers, name: string, options?: { phone?: boolean }): Promise<Page> {
  const page = await where.person(options);
  await joinAs(page, invite, name);
  return page;
}

const enter = (page: Page) => page.getByRole('button', { name: /^Join Lounge/ });
const inList = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();

describe('moderators in calls', () => {
  test('whom one mutes is silent at once, knows it, and those outside see whose doing it is', async () => {
    for (const page of [mirela, tomas]) {
      await enter(page).click();
      await inCall(page);
    }
    await hears(mirela);
    await inList(mirela, /^Tomas/).click();
    await mirela.getByRole('switch', { name: 'Mute for everyone' }).check();
    await hearsNothing(mirela);
    await tomas.getByText('A moderator muted you.').first().waitFor();
    await signe.getByRole('button', { name: 'Servers and channels' }).first().tap();
    await inList(signe, /^Tomas, muted by a moderator/).waitFor();
    await signe.screenshot({ path: 'e2e/out/moderation-outside-phone.png' });
    expect(await seriousFindings(signe)).toEqual([]);
    await mirela.getByRole('switch', { name: 'Mute for everyone' }).uncheck();
    await hears(mirela);
    await mirela.keyboard.press('Escape');
  });

  test('whom one moves is in the other call without a click, and whom one takes out reads why', async () => {
    await mirela.getByRole('button', { name: 'Create a channel in Voice' }).click();
    const dialog = mirela.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Workshop');
    await dialog.getByRole('button', { name: 'Create channel' }).click();
    await tomas.getByRole('button', { name: /^Join Workshop/ }).waitFor();
    await inList(mirela, /^Tomas/).click();
    await mirela.getByLabel('Move to').selectOption({ label: 'Workshop' });
    await tomas.getByRole('region', { name: 'Your call' }).getByText('Workshop').waitFor();
    await inCall(tomas);
    await mirela.keyboard.press('Escape');
    await inList(mirela, /^Tomas/).click();
    await mirela.getByRole('button', { name: 'Take out of the call' }).click();
    await tomas.getByText('A moderator took you out of the call.').waitFor();
  });
});

test('on a phone one talks from the strip, and reads there what is not as it should be', async () => {
  await signe.goto(`${product.url}/settings/voice`);
  await signe.getByText('Push to talk', { exact: true }).tap();
  await signe.goto(invite.replace(/\/invite.*/, '/'));
  await composer(signe).waitFor();
  await signe.getByRole('button', { name: 'Servers and channels' }).first().tap();
  await enter(signe).tap();
  await signe.keyboard.press('Escape');
  const strip = signe.getByRole('region', { name: 'Your call' }).last();
  const talk = strip.getByRole('button', { name: 'Hold to talk' });
  await talk.waitFor();
  await hearsNothing(mirela);
  await talk.dispatchEvent('pointerdown', { pointerId: 1 });
  await hears(mirela);
  await signe.screenshot({ path: 'e2e/out/strip-talking.png' });
  await talk.dispatchEvent('pointerup', { pointerId: 1 });
  await hearsNothing(mirela);
  await leaveCall(mirela);
});

test('a browser that holds the sound back says so, and a click brings it', async () => {
  const strict = await openBrowsers({ holdsSoundBack: true });
  try {
    const yuki = await join(strict, 'Yuki');
    // Chromium plays to whoever lets it hear them.
    await yuki.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('refused', 'NotAllowedError'));
    });
    await enter(yuki).click();
    await inCall(yuki);
    // Nobody is heard yet, and the click is soon forgotten.
    await yuki.waitForTimeout(CLICK_COUNTS_MS + 1_000);
    await enter(mirela).click();
    await inCall(mirela);
    // Looking at Yuki's page counts as a click, too: nobody does until she would hear.
    await mirela.waitForTimeout(2_000);
    await yuki.getByText('The browser holds the sound back.').first().waitFor();
    await yuki.screenshot({ path: 'e2e/out/sound-held-back.png' });
    await yuki.getByRole('button', { name: 'Turn sound on' }).first().click();
    await yuki.getByText('The browser holds the sound back.').waitFor({ state: 'hidden' });
    await hears(yuki);
  } finally {
    await strict.close();
  }
});
