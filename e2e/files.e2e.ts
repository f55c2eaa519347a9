import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import {
  chooseFor,
  composer,
  copyInvite,
  createServer,
  joinAs,
  message,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

/** Where files go and where they are read, on one's own disk or in a bucket. */
const SENT = /\/incoming\/\d+/;
const SHARED = /\/attachments\/\d+/;

describe('files', () => {
  let product: Product;
  let browsers: Browsers;
  let mirela: Page;
  let tomas: Page;

  beforeAll(async () => {
    product = await Product.start({ MAX_UPLOAD_SIZE: '2000000' });
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

  beforeEach(() => keepPicturesOfFailure({ 'files-mirela': mirela, 'files-tomas': tomas }));

  const cards = (page: Page) =>
    page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');

  async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) {
    await page.locator('input[type=file]').setInputFiles(files);
  }

  /** A picture as a camera would have made it, in one colour. */
  async function picture(page: Page, name: string, width = 640, height = 480) {
    const base64 = await page.evaluate(
      ([w, h]) => {
        const canvas = document.createElement('canvas');
        canvas.width = w;
        canvas.height = h;
        const pen = canvas.getContext('2d');
        if (pen === null) return '';
        for (let at = 0; at < 40; at += 1) {
          pen.fillStyle = `hsl(${20 + at * 3} 60% ${20 + at}%)`;
          pen.fillRect(0, (at * h) / 40, w, h / 40 + 1);
        }
        return canvas.toDataURL('image/png').split(',')[1] ?? '';
      },
      [width, height] as const,
    );
    return { name, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
  }

  /** As the browser tells of what is pasted, or dragged over the page. */
  async function bring(page: Page, how: 'paste' | 'dragenter' | 'drop', name: string) {
    const { buffer } = await picture(page, name, 320, 200);
    await composer(page).evaluate(
      (field, given) => {
        const bytes = Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], given.name, { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        field.dispatchEvent(
          given.how === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: data })
            : new DragEvent(given.how, { ...options, dataTransfer: data }),
        );
      },
      { base64: buffer.toString('base64'), name, how },
    );
  }

  const width = (page: Page, name: string) =>
    page
      .getByRole('button', { name: `Look at ${name}` })
      .locator('img')
      .evaluate((image: HTMLImageElement) => (image.complete ? image.naturalWidth : 0));

  test('a picture that is pasted goes with the words', async () => {
    await bring(mirela, 'paste', 'pasted.png');
    await cards(mirela).filter({ hasText: 'pasted.png' }).waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
    await say(mirela, 'Fresh from the workshop');
    await message(tomas, 'Fresh from the workshop')
      .getByRole('button', { name: 'Look at pasted.png' })
      .waitFor();
    await expect.poll(() => width(tomas, 'pasted.png')).toBe(320);
    await cards(mirela).waitFor({ state: 'detached' });
  });

  test('a picture takes its place before it is there', async () => {
    await tomas.route(SHARED, (route) => route.abort());
    await tomas.reload();
    const button = tomas.getByRole('button', { name: 'Look at pasted.png' });
    await tomas.getByText('This picture could not be loaded.').waitFor();
    await tomas.unroute(SHARED);
    await tomas.reload();
    await button.waitFor();
    const box = await button.boundingBox();
    expect([box?.width, box?.height]).toEqual([320, 200]);
  });

  test('what is dragged over the channel says where it goes, and goes there', async () => {
    await bring(mirela, 'dragenter', 'dropped.png');
    await mirela.getByText('Drop files to send them to #general').waitFor();
    await bring(mirela, 'drop', 'dropped.png');
    await mirela.getByText('Drop files').waitFor({ state: 'detached' });
    await cards(mirela).filter({ hasText: 'dropped.png' }).waitFor();
    await mirela.getByRole('button', { name: 'Remove dropped.png' }).click();
    await cards(mirela).waitFor({ state: 'detached' });
  });

  test('several go together; one that is taken out does not', async () => {
    const all = await Promise.all(
      ['one.png', 'two.png', 'three.png', 'four.png'].map((name) => picture(mirela, name)),
    );
    const notes = {
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('do\nre\nmi\n'),
    };
    await choose(mirela, [...all, notes]);
    await mirela.getByRole('button', { name: 'Remove two.png' }).click();
    await expect.poll(() => cards(mirela).count()).toBe(4);
    await composer(mirela).press('Enter');
    for (const name of ['one.png', 'three.png', 'four.png']) {
      await tomas.getByRole('button', { name: `Look at ${name}` }).waitFor();
    }
    expect(await tomas.getByRole('button', { name: 'Look at two.png' }).count()).toBe(0);
    await tomas.getByRole('button', { name: 'Show the beginning' }).click();
    await tomas.getByText('do\nre\nmi').waitFor();
  });

  test('pictures are looked at one by one, by keys', async () => {
    const opener = tomas.getByRole('button', { name: 'Look at one.png' });
    await opener.click();
    const viewer = tomas.getByRole('dialog');
    await viewer.getByText('one.png, 1 of 3').waitFor();
    await viewer.getByText('Mirela').waitFor();
    expect(await seriousFindings(tomas)).toEqual([]);
    await tomas.keyboard.press('ArrowRight');
    await viewer.getByText('three.png, 2 of 3').waitFor();
    await tomas.keyboard.press('+');
    await viewer.getByRole('button', { name: 'Show as a whole' }).waitFor();
    await tomas.keyboard.press('ArrowLeft');
    await viewer.getByText('one.png, 1 of 3').waitFor();
    await tomas.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    const isFocused = () => opener.evaluate((button) => button === document.activeElement);
    await expect.poll(isFocused).toBe(true);
  });

  test('a file is saved under its name', async () => {
    const [download] = await Promise.all([
      tomas.waitForEvent('download'),
      tomas.getByRole('link', { name: 'Download notes.txt' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('notes.txt');
    expect(await readFile(await download.path(), 'utf8')).toBe('do\nre\nmi\n');
  });

  test('what is too large, or too much, is said with what one can do', async () => {
    const large = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(2_500_000) };
    const small = Array.from({ length: 12 }, (_, at) => ({
      name: `note ${at}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(`note ${at}`),
    }));
    await choose(mirela, [large, ...small]);
    await mirela.getByText('film.mp4 is too large', { exact: false }).waitFor();
    await mirela.getByText('2 were left out', { exact: false }).waitFor();
    await expect.poll(() => cards(mirela).count()).toBe(10);
    for (let left = 10; left > 0; left -= 1) {
      await mirela
        .getByRole('button', { name: /^Remove note/ })
        .first()
        .click();
    }
  });

  test('what says that it is a picture and is none is a file like any other', async () => {
    const page = '<!doctype html><script>document.title = "caught"</script>';
    await choose(mirela, [{ name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from(page) }]);
    await say(mirela, 'Look, a cat');
    const said = message(tomas, 'Look, a cat');
    const link = said.getByRole('link', { name: 'Download cat.png' });
    await link.waitFor();
    expect(await said.getByRole('button', { name: 'Look at cat.png' }).count()).toBe(0);
    await expect.poll(() => link.getAttribute('href')).toBeTruthy();
    const answer = await tomas.request.get(
      new URL((await link.getAttribute('href')) ?? '', product.url).href,
    );
    expect(answer.headers()['content-type']).toBe('application/octet-stream');
    expect(answer.headers()['content-disposition']).toContain('attachment');
  });

  test('a message is sent before its files are there, and waits for them in sight', async () => {
    let go = () => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    await mirela.route(SENT, async (route) => {
      await held;
      await route.continue();
    });
    await choose(mirela, [await picture(mirela, 'slow.png')]);
    await cards(mirela).waitFor();
    await say(mirela, 'It is coming');
    await message(mirela, 'It is coming').getByText('Sending a file').waitFor();
    await say(mirela, 'And this is here first');
    await message(tomas, 'And this is here first').waitFor();
    expect(await message(tomas, 'It is coming').count()).toBe(0);
    go();
    await message(tomas, 'It is coming')
      .getByRole('button', { name: 'Look at slow.png' })
      .waitFor();
    await mirela.getByText('Sending a file').waitFor({ state: 'detached' });
    await mirela.unroute(SENT);
  });

  test('a reload in the middle keeps what is there, and says what is not', async () => {
    await choose(mirela, [await picture(mirela, 'there.png')]);
    await cards(mirela)
      .filter({ hasText: /^there\.png[\d.]+ KB$/ })
      .waitFor();
    const underWay = Promise.withResolvers<void>();
    await mirela.route(SENT, () => underWay.resolve());
    await choose(mirela, [await picture(mirela, 'under way.png')]);
    await cards(mirela).nth(1).waitFor();
    await underWay.promise;
    await mirela.reload();
    await mirela.unroute(SENT);
    await cards(mirela)
      .filter({ hasText: 'Interrupted' })
      .filter({ hasText: 'under way' })
      .waitFor();
    await mirela.getByText('Choose it again', { exact: false }).waitFor();
    await composer(mirela).fill('After the reload');
    await expect.poll(() => mirela.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await mirela.getByRole('button', { name: 'Remove under way.png' }).click();
    await composer(mirela).press('Enter');
    await message(tomas, 'After the reload')
      .getByRole('button', { name: 'Look at there.png' })
      .waitFor();
  });

  test('a message that waits for a file whose page was closed says so, and goes without it', async () => {
    await mirela.route(SENT, () => undefined);
    await choose(mirela, [await picture(mirela, 'never.png')]);
    await cards(mirela).waitFor();
    await say(mirela, 'Words that stay');
    await message(mirela, 'Words that stay').getByText('Sending a file').waitFor();
    await mirela.reload();
    await mirela.unroute(SENT);
    await message(mirela, 'Words that stay').getByText('The page was closed').waitFor();
    await mirela.getByRole('button', { name: 'Remove never.png' }).click();
    await message(tomas, 'Words that stay').waitFor();
  });

  test('what is too long for a message goes as a file', async () => {
    await composer(mirela).fill('lorem ipsum '.repeat(400));
    await mirela.getByRole('button', { name: 'Make it a text file' }).click();
    await cards(mirela).filter({ hasText: 'message.txt' }).waitFor();
    await composer(mirela).press('Enter');
    await tomas.getByRole('link', { name: 'Download message.txt' }).waitFor();
  });

  test('with its message a file goes, wherever its address is known', async () => {
    const link = message(tomas, 'Look, a cat').getByRole('link', { name: 'Download cat.png' });
    const address = new URL((await link.getAttribute('href')) ?? '', product.url).href;
    expect((await tomas.request.get(address)).status()).toBe(200);
    await chooseFor(mirela, 'Look, a cat', 'Delete');
    await mirela.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await message(tomas, 'Look, a cat').waitFor({ state: 'detached' });
    await expect.poll(async () => (await tomas.request.get(address)).status()).toBe(404);
  });
});
