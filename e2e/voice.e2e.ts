import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audioEnergyReceived, loudnessHeard, openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { getsSilence, hears, hearsNothing, loudestOf } from './hearing.ts';
import {
  composer,
  copyInvite,
  createServer,
  enterLounge,
  joinAs,
  leaveCall,
  lounge,
  register,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

/** Click to hearing, when the way was prepared by the pointer. */
const JOIN_WITHIN_MS = 3_000;
/** Five seconds of it are recorded. */
const RECORDED = { timeout: 30_000 };

describe('people talk in a voice channel', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;
  let yuki: Page;
  /** On a phone. */
  let signe: Page;
  let invite: string;

  beforeAll(async () => {
    product = await Product.start({ DEFAULT_MODE: 'system' });
    browsers = await openBrowsers();
    mirela = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Open Source Guild');
    invite = await copyInvite(mirela);
    tomas = await join('Tomas');
    yuki = await join('Yuki', { mode: 'light' });
    signe = await join('Signe', { phone: true });
  });

  afterAll(async () => {
    await browsers?.close();
    await product?.discard();
  });

  beforeEach(() =>
    keepPicturesOfFailure({
      'voice-mirela': mirela,
      'voice-tomas': tomas,
      'voice-yuki': yuki,
      'voice-signe': signe,
    }),
  );

  async function join(
    name: string,
    options?: { phone?: boolean; mode?: 'dark' | 'light' },
  ): Promise<Page> {
    const page = await browsers.person(options);
    await joinAs(page, invite, name);
    return page;
  }

  const tile = (page: Page, name: string) =>
    page.getByRole('list', { name: 'People in the call' }).getByRole('button', {
      name: new RegExp(`^${name}`),
    });

  test('two join with a click, and hear each other within moments', async () => {
    await enterLounge(mirela);
    await lounge(tomas).hover();
    // What the pointer asked for is there.
    await tomas.waitForTimeout(1_000);
    const clicked = Date.now();
    await lounge(tomas).click();
    await expect.poll(() => audioEnergyReceived(tomas), { interval: 20 }).toBeGreaterThan(0.0001);
    const took = Date.now() - clicked;
    console.log(`click to hearing, prepared: ${took} ms`);
    expect(took).toBeLessThan(JOIN_WITHIN_MS);
    await hears(tomas);
  });

  test('a second click looks at the call: who is in it, lit while they speak', async () => {
    await lounge(mirela).click();
    await tile(mirela, 'Mirela').waitFor();
    await mirela
      .getByRole('button', { name: /^Tomas, speaking/ })
      .first()
      .waitFor();
    await mirela.getByRole('button', { name: 'Connection figures' }).click();
    const figures = mirela.getByRole('region', { name: 'Connection figures' });
    await figures.getByText('opus').first().waitFor();
    await figures
      .getByText(/\d+ kbit\/s/)
      .first()
      .waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
    await mirela.screenshot({ path: 'e2e/out/call-desktop-dark.png' });
    await mirela.getByRole('button', { name: 'Connection figures' }).click();
  });

  test('four are heard by each, and the call fits on a phone and in the light', async () => {
    // The second click comes before anything of the call is there.
    await lounge(yuki).dblclick();
    await tile(yuki, 'Yuki').waitFor();
    await signe.getByRole('button', { name: 'Servers and channels' }).first().tap();
    await lounge(signe).tap();
    await lounge(signe).tap();
    for (const name of ['Mirela', 'Tomas', 'Yuki', 'Signe']) await tile(signe, name).waitFor();
    for (const page of [mirela, tomas, yuki, signe]) {
      const before = await audioEnergyReceived(page);
      await expect.poll(() => audioEnergyReceived(page)).toBeGreaterThan(before + 0.01);
    }
    await yuki.waitForTimeout(500);
    await yuki.screenshot({ path: 'e2e/out/call-desktop-light.png' });
    await signe.screenshot({ path: 'e2e/out/call-phone-dark.png' });
    expect(await seriousFindings(signe)).toEqual([]);
    for (const page of [yuki, signe]) await leaveCall(page);
    await expect.poll(() => tile(mirela, 'Signe').count()).toBe(0);
  });

  test('Mirela turns Tomas down, silences him, and makes him louder than he is', async () => {
    await hears(mirela);
    const plain = await loudestOf(mirela, 3);
    await tile(mirela, 'Tomas').click();
    const volume = mirela.getByRole('slider', { name: 'Volume' });
    await volume.fill('50');
    await expect
      .poll(async () => (await loudnessHeard(mirela)) / plain)
      .toSatisfy((share: number) => share > 0.4 && share < 0.6);
    await volume.fill('200');
    await expect.poll(async () => (await loudnessHeard(mirela)) / plain).toBeGreaterThan(1.6);
    await mirela.screenshot({ path: 'e2e/out/call-volume.png' });
    await mirela.getByRole('switch', { name: 'Mute for me' }).check();
    await expect.poll(async () => (await loudnessHeard(mirela)) / plain).toBeLessThan(0.02);
    await mirela.getByRole('switch', { name: 'Mute for me' }).uncheck();
    await volume.fill('100');
    await expect.poll(async () => (await loudnessHeard(mirela)) / plain).toBeGreaterThan(0.8);
    await mirela.keyboard.press('Escape');
  });

  test('muted, nothing of Tomas arrives, and he is told when he talks all the same', async () => {
    await tomas.getByRole('button', { name: 'Mute' }).first().click();
    await mirela
      .getByRole('button', { name: /^Tomas, muted/ })
      .first()
      .waitFor();
    await hearsNothing(mirela);
    await tomas.getByText('You are muted: nobody hears you.').waitFor();
    await tomas.getByRole('button', { name: 'Unmute' }).first().click();
    await hears(mirela);
  });

  test('deaf, Mirela hears nothing and says nothing; after it she is as she was', async () => {
    const tomasBefore = await audioEnergyReceived(tomas);
    await mirela.getByRole('button', { name: 'Deafen' }).first().click();
    await tomas
      .getByRole('button', { name: /^Mirela, deafened/ })
      .first()
      .waitFor();
    await hearsNothing(mirela);
    await getsSilence(tomas);
    const silent = await audioEnergyReceived(tomas);
    expect(silent).toBeGreaterThanOrEqual(tomasBefore);
    await mirela.getByRole('button', { name: 'Undeafen' }).first().click();
    await expect.poll(() => audioEnergyReceived(tomas)).toBeGreaterThan(silent + 0.01);
    await hears(mirela);
  });

  test('with push-to-talk Tomas is heard while he holds the key', async () => {
    await chooseInSettings(tomas, async () => {
      await tomas.getByText('Push to talk', { exact: true }).click();
      await tomas.getByRole('button', { name: 'F9' }).waitFor();
      await tomas.getByRole('button', { name: 'Test microphone' }).click();
      await tomas.getByText('Say something.').waitFor();
      await tomas.keyboard.down('F9');
      await expect
        .poll(() => tomas.getByRole('meter').getAttribute('aria-valuenow').then(Number))
        .toBeGreaterThan(40);
      await tomas.keyboard.up('F9');
      expect(await seriousFindings(tomas)).toEqual([]);
      await tomas.screenshot({ path: 'e2e/out/voice-settings.png', fullPage: true });
    });
    await enterLounge(tomas);
    await hearsNothing(mirela);
    await tomas.keyboard.down('F9');
    await hears(mirela);
    await tomas.keyboard.up('F9');
    await hearsNothing(mirela);
    await chooseInSettings(tomas, async () => {
      await tomas.getByText('When you speak', { exact: true }).click();
    });
    await enterLounge(tomas);
  });

  /** A page of its own: the settings end no call, but loading them anew does. */
  async function chooseInSettings(page: Page, choose: () => Promise<void>): Promise<void> {
    const conversation = page.url();
    await page.goto(`${product.url}/settings/voice`);
    await choose();
    await page.goto(conversation);
    await composer(page).waitFor();
  }

  test('a microphone that is unplugged is told, and one listens on; it comes back by itself', async () => {
    await tomas.evaluate(() => {
      const { mediaDevices } = navigator;
      const real = mediaDevices.getUserMedia.bind(mediaDevices);
      Object.assign(globalThis, { plugIn: () => (mediaDevices.getUserMedia = real) });
      mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('unplugged', 'NotFoundError'));
    });
    // Another choice asks for the microphone anew, as an unplugged one does.
    await tomas.getByRole('button', { name: 'Microphone and speaker' }).first().click();
    await tomas.getByRole('menuitem', { name: /^Microphone/ }).click();
    await tomas.getByRole('menuitemradio').last().click();
    await tomas.getByText('No microphone found', { exact: false }).first().waitFor();
    await hears(tomas);
    await hearsNothing(mirela);
    await tomas.screenshot({ path: 'e2e/out/call-no-microphone.png' });

    await tomas.evaluate(() => {
      const plugIn: unknown = Reflect.get(globalThis, 'plugIn');
      if (typeof plugIn === 'function') plugIn();
    });
    await tomas.getByRole('button', { name: 'Try the microphone again' }).first().click();
    await tomas.getByText('No microphone found', { exact: false }).waitFor({ state: 'hidden' });
    await hears(mirela);
  });

  test('a signalling socket that is lost is back before anybody notices, and sound goes on', async () => {
    await tomas.addInitScript(keepCallSockets);
    await tomas.reload();
    await composer(tomas).waitFor();
    await enterLounge(tomas);
    await hears(mirela);
    const before = await tomas.evaluate(callSockets);
    await tomas.evaluate(loseCallSocket);
    await expect
      .poll(() => tomas.evaluate(callSockets))
      .toEqual([...before, expect.stringContaining('?resume=')]);
    await hears(mirela);
    // It answers: what is pressed now is told to the others.
    await tomas.getByRole('button', { name: 'Mute' }).first().click();
    await mirela
      .getByRole('button', { name: /^Tomas, muted/ })
      .first()
      .waitFor();
    await tomas.getByRole('button', { name: 'Unmute' }).first().click();
    await hears(mirela);
    expect(await tomas.evaluate(callSockets)).toHaveLength(before.length + 1);
  });

  test('noise suppression takes noise away, and nothing of it is against the policy', async () => {
    const blocked: string[] = [];
    tomas.on('console', (line) => line.type() === 'error' && blocked.push(line.text()));
    await tomas.addInitScript(hearNoise);
    await tomas.reload();
    await composer(tomas).waitFor();
    await enterLounge(tomas);
    await hears(mirela);
    const noisy = await loudestOf(mirela, 5);

    await chooseInSettings(tomas, async () => {
      await tomas.getByRole('radio', { name: 'RNNoise' }).check();
      await tomas.getByRole('button', { name: 'Record 5 seconds' }).click();
      await tomas.getByRole('button', { name: 'Play with', exact: true }).click(RECORDED);
    });
    await enterLounge(tomas);
    // A machine that has no time for sound makes noise of its own: the best moment counts.
    await expect
      .poll(async () => (await loudnessHeard(mirela)) / noisy, { timeout: 40_000 })
      .toBeLessThan(0.4);
    expect(blocked).toEqual([]);
  });
});

/** Runs in the page: its sockets to calls are at hand. */
function keepCallSockets(): void {
  const sockets: WebSocket[] = [];
  Object.assign(globalThis, { sockets });
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (String(url).includes('/sfu?')) sockets.push(this);
    }
  };
}

/** Runs in the page. */
function callSockets(): string[] {
  const sockets: unknown = Reflect.get(globalThis, 'sockets');
  return Array.isArray(sockets) ? sockets.map((socket: WebSocket) => socket.url) : [];
}

/** Runs in the page: the youngest one ends, as the sfu sees it, without having been meant to. */
function loseCallSocket(): void {
  const sockets: unknown = Reflect.get(globalThis, 'sockets');
  if (Array.isArray(sockets)) (sockets.at(-1) as WebSocket).close(3000); // They were kept above.
}

/** Runs in the page: the microphone stands beside a waterfall. */
function hearNoise(): void {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const noise = context.createBuffer(1, context.sampleRate * 2, context.sampleRate);
    const samples = noise.getChannelData(0);
    for (let i = 0; i < samples.length; i++) samples[i] = (Math.random() - 0.5) * 0.4;
    const source = context.createBufferSource();
    source.buffer = noise;
    source.loop = true;
    const end = context.createMediaStreamDestination();
    source.connect(end);
    source.start();
    await context.resume();
    return end.stream;
  };
}
