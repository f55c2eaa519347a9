import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loudnessHeard, openBrowsers, picturesReceived, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { hears } from './hearing.ts';
import {
  copyInvite,
  createServer,
  enterLounge,
  inCall,
  joinAs,
  lounge,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

/** Three browsers encode pictures on the processors of one machine. */
const SOON = { timeout: 45_000 };

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
    for (const page of [mirela, tomas, signe]) page.setDefaultTimeout(SOON.timeout);
    for (const page of [mirela, tomas]) await lookAtCall(page);
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() =>
    keepPicturesOfFailure({ 'video-mirela': mirela, 'video-tomas': tomas, 'video-signe': signe }),
  );

  async function join(
    name: string,
    invite: string,
    options?: { phone?: boolean; mode?: 'dark' | 'light' },
  ): Promise<Page> {
    const page = await browsers.person(options);
    await joinAs(page, invite, name);
    return page;
  }

  const tile = (page: Page, name: RegExp) =>
    page.getByRole('main').getByRole('button', { name }).first();
  const press = (page: Page, name: string) =>
    page.getByRole('main').getByRole('button', { name, exact: true }).click();

  async function lookAtCall(page: Page): Promise<void> {
    await enterLounge(page);
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
  const nothingComes = (page: Page) =>
    expect
      .poll(async () => {
        const { bytes } = await picturesReceived(page);
        await page.waitForTimeout(1_500);
        return (await picturesReceived(page)).bytes - bytes;
      }, SOON)
      .toBeLessThan(3_000);

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

  test('a tab that nobody sees gets no pictures, and is heard and hears on', async () => {
    await setSeen(mirela, false);
    await nothingComes(mirela);
    await hears(mirela);
    await hears(tomas);
    await setSeen(mirela, true);
    await framesGrow(mirela);
  });

  test('in a window of its own a screen is seen while its tab is not, and is back when that is closed', async () => {
    await tile(mirela, /^Screen of Tomas/).click({ button: 'right' });
    await mirela.getByRole('menuitem', { name: 'Open in its own window' }).click();
    const shown = () => mirela.evaluate(framesInWindow);
    await expect.poll(shown, SOON).toBeGreaterThan(0);
    await setSeen(mirela, false);
    const before = await shown();
    await expect.poll(shown, SOON).toBeGreaterThan(before + 3);
    await mirela.evaluate(closeWindow);
    await nothingComes(mirela);
    await setSeen(mirela, true);
    await tile(mirela, /^Screen of Tomas/).waitFor();
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
    await inCall(signe);
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

  test('a camera that is unplugged is told, the call goes on, and a click has it back', async () => {
    await tomas.evaluate(keepCamera);
    await press(tomas, 'Turn camera on');
    await tile(mirela, /^Tomas.*camera on/).waitFor();
    await tomas.evaluate(unplugCamera);
    await tomas.getByText('Your camera went away, so nobody sees you any more.').waitFor();
    await tomas.getByRole('main').getByRole('button', { name: 'Turn camera on' }).waitFor();
    await tile(mirela, /^Tomas.*camera on/).waitFor({ state: 'detached' });
    await hears(mirela);
    await hears(tomas);
    await press(tomas, 'Turn camera on');
    await tile(mirela, /^Tomas.*camera on/).waitFor();
    await framesGrow(mirela);
    await press(tomas, 'Turn camera off');
    await tile(mirela, /^Tomas.*camera on/).waitFor({ state: 'detached' });
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

/** As a browser tells a page that its tab is covered, or in sight again. */
async function setSeen(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isSeen ? 'visible' : 'hidden',
  );
}

/** Runs in the page: pictures that were drawn in the window beside it; 0 while there is none. */
function framesInWindow(): number {
  const windows: unknown = Reflect.get(globalThis, 'documentPictureInPicture');
  const { window: opened } = windows as { window: Window | null }; // As the browser has it.
  const video = opened?.document.querySelector('video');
  return video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
}

/** Runs in the page. */
function closeWindow(): void {
  const windows: unknown = Reflect.get(globalThis, 'documentPictureInPicture');
  const { window: opened } = windows as { window: Window | null }; // As the browser has it.
  opened?.close();
}

/** Runs in the page: keeps the camera that is opened next, so that it can be unplugged. */
function keepCamera(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wish) => {
    const stream = await open(wish);
    const [camera] = stream.getVideoTracks();
    if (camera !== undefined) Object.assign(globalThis, { camera });
    return stream;
  };
}

/** Runs in the page: what the browser does when the device is gone. */
function unplugCamera(): void {
  const camera: unknown = Reflect.get(globalThis, 'camera');
  if (!(camera instanceof MediaStreamTrack)) throw new Error('No camera is open.');
  camera.stop();
  camera.dispatchEvent(new Event('ended'));
}
