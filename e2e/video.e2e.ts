import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { loudnessHeard, openBrowsers, picturesReceived, type Browsers } from './browser.ts';
import {
  composer,
  copyInvite,
  createServer,
  fillRegistration,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

const SOON = { timeout: 20_000 };
/** A tile that moves keeps its picture for a moment; after this it is let go. */
const LET_GO_MS = 2_500;

describe('people show cameras and screens in a call', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;
  /** On a phone. */
  let signe: Page;

  beforeAll(async () => {
    product = await Product.start({ DEFAULT_MODE: 'system' });
    browsers = await openBrowsers();
    mirela = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Open Source Guild');
    const invite = await copyInvite(mirela);
    tomas = await join('Tomas', invite);
    signe = await join('Signe', invite, { phone: true, mode: 'light' });
    // Three browsers encode pictures on the processors of one machine.
    for (const page of [mirela, tomas, signe]) page.setDefaultTimeout(45_000);
    for (const page of [mirela, tomas]) await lookAtCall(page);
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() => {
    onTestFailed(async () => {
      for (const [name, page] of Object.entries({ mirela, tomas, signe })) {
        await page?.screenshot({ path: `e2e/out/video-${name}.png` });
      }
    });
  });

  async function join(
    name: string,
    invite: string,
    options?: { phone?: boolean; mode?: 'dark' | 'light' },
  ): Promise<Page> {
    const page = await browsers.person(options);
    await page.goto(invite);
    await page.getByRole('link', { name: 'Create an account to join' }).click();
    await fillRegistration(page, name);
    await composer(page).waitFor();
    return page;
  }

  const lounge = (page: Page) => page.getByRole('button', { name: /Lounge/ });
  const tile = (page: Page, name: RegExp) =>
    page.getByRole('main').getByRole('button', { name }).first();
  const press = (page: Page, name: string) =>
    page.getByRole('main').getByRole('button', { name, exact: true }).click();

  async function lookAtCall(page: Page): Promise<void> {
    await lounge(page).click();
    await page.getByText('Voice connected').first().waitFor();
    await lounge(page).click();
    await tile(page, /^Mirela/).waitFor();
  }

  const framesGrow = async (page: Page) => {
    const { frames } = await picturesReceived(page);
    await expect
      .poll(async () => (await picturesReceived(page)).frames, SOON)
      .toBeGreaterThan(frames + 3);
  };
  /** What is under way still arrives; after it nothing does. */
  const nothingComes = async (page: Page) => {
    await page.waitForTimeout(LET_GO_MS);
    const { bytes } = await picturesReceived(page);
    await page.waitForTimeout(1_500);
    expect((await picturesReceived(page)).bytes - bytes).toBeLessThan(3_000);
  };

  test('Tomas turns his camera on, and Mirela sees him', async () => {
    await press(tomas, 'Turn camera on');
    await tile(mirela, /^Tomas.*camera on/).waitFor();
    await tile(tomas, /^Tomas \(you\).*camera on/).waitFor();
    await framesGrow(mirela);
    await mirela
      .getByRole('button', { name: /^Tomas.*camera on/ })
      .first()
      .waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
  });

  test('his screen takes the large place, with its sound', async () => {
    const before = await loudnessHeard(mirela);
    await press(tomas, 'Share your screen');
    const screen = tile(mirela, /^Screen of Tomas, with sound/);
    await screen.waitFor();
    await mirela.getByRole('region', { name: 'shown large' }).waitFor();
    await expect(screen.getAttribute('aria-pressed')).resolves.toBe('true');
    await framesGrow(mirela);
    await expect.poll(() => loudnessHeard(mirela), SOON).toBeGreaterThan(before * 1.1);
    expect(await seriousFindings(mirela)).toEqual([]);
    await mirela.screenshot({ path: 'e2e/out/video-desktop-dark.png' });
  });

  test('a click brings back everyone alike, another one the face', async () => {
    await tile(mirela, /^Screen of Tomas/).click();
    await mirela.getByRole('region', { name: 'shown large' }).waitFor({ state: 'detached' });
    await tile(mirela, /^Tomas/).click();
    await mirela
      .getByRole('region', { name: 'shown large' })
      .getByRole('button', { name: /^Tomas/ })
      .waitFor();
    await press(mirela, 'Show everyone alike');
    await framesGrow(mirela);
  });

  test('who reads elsewhere has the screen beside it; put away, nothing of it comes', async () => {
    await mirela.getByRole('link', { name: /general/ }).click();
    const float = mirela.getByRole('region', { name: 'The call in Lounge' });
    await float.waitFor();
    await say(mirela, 'I can read and watch.');
    await message(mirela, 'I can read').waitFor();
    await framesGrow(mirela);
    expect(await seriousFindings(mirela)).toEqual([]);
    await mirela.screenshot({ path: 'e2e/out/video-float.png' });
    await float.hover();
    await float.getByRole('button', { name: 'Put the picture away' }).click();
    await float.waitFor({ state: 'detached' });
    await nothingComes(mirela);
    await lounge(mirela).click();
    await framesGrow(mirela);
  });

  test('what one does not want to watch does not come, and is silent', async () => {
    await press(tomas, 'Turn camera off');
    await tomas.getByRole('main').getByRole('button', { name: 'Turn camera on' }).waitFor();
    const loud = await loudnessHeard(mirela);
    await tile(mirela, /^Screen of Tomas/).click({ button: 'right' });
    await mirela.getByRole('menuitem', { name: 'Stop watching' }).click();
    await tile(mirela, /^Screen of Tomas.*You do not watch/).waitFor();
    await nothingComes(mirela);
    await expect.poll(() => loudnessHeard(mirela), SOON).toBeLessThan(loud * 0.95);
    await tile(mirela, /^Screen of Tomas/).click();
    await framesGrow(mirela);
  });

  test('on a phone the screen stands above the people', async () => {
    await signe.getByRole('button', { name: 'Servers and channels' }).first().tap();
    await lounge(signe).tap();
    await signe.getByText('Voice connected').first().waitFor();
    await lounge(signe).tap();
    await tile(signe, /^Screen of Tomas/).waitFor();
    await framesGrow(signe);
    const large = await tile(signe, /^Screen of Tomas/).boundingBox();
    const person = await tile(signe, /^Mirela/).boundingBox();
    expect((large?.y ?? 0) + (large?.height ?? 0)).toBeLessThanOrEqual(person?.y ?? 0);
    expect(await seriousFindings(signe)).toEqual([]);
    await signe.screenshot({ path: 'e2e/out/video-phone-light.png' });
  });

  test('stopped, the screen is gone for everyone', async () => {
    await press(tomas, 'Stop sharing your screen');
    await tile(mirela, /^Screen of Tomas/).waitFor({ state: 'detached' });
    await tile(signe, /^Screen of Tomas/).waitFor({ state: 'detached' });
  });

  test('who may not show any more is told so, and seen no more', async () => {
    await press(tomas, 'Turn camera on');
    await tile(mirela, /^Tomas.*camera on/).waitFor();
    await forbidStreaming(mirela);
    await tomas.getByText('You may not share here any more', { exact: false }).waitFor();
    const button = tomas.getByRole('main').getByRole('button', { name: 'Turn camera on' });
    await expect(button.getAttribute('aria-disabled')).resolves.toBe('true');
  });

  /** For everyone; the owner may still. */
  async function forbidStreaming(owner: Page): Promise<void> {
    await owner.getByRole('button', { name: /server menu/ }).click();
    await owner.getByRole('menuitem', { name: 'Server settings' }).click();
    await owner.getByRole('link', { name: 'Roles' }).click();
    await owner.getByRole('button', { name: 'everyone' }).click();
    await owner.getByRole('switch', { name: 'Share a screen' }).uncheck();
    await owner.getByRole('button', { name: 'Save' }).click();
    await owner.getByText('You have changes.').waitFor({ state: 'detached' });
  }
});
