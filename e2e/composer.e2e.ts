import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowsers, type Browsers } from './browser.ts';
import { keepPicturesOfFailure } from './failure.ts';
import { createCable, type Cable } from './network.ts';
import {
  composer,
  copyInvite,
  createChannel,
  createServer,
  joinAs,
  logIn,
  message,
  openChannel,
  register,
  say,
} from './people.ts';
import { Product } from './product.ts';
import { seriousFindings } from './serious-findings.ts';

describe('writing', () => {
  let product: Product;
  let browsers: Browsers;
  let cable: Cable;
  let mirela: Page;
  /** Reaches the product by a cable that can be pulled. */
  let tomas: Page;

  const options = (page: Page) => page.getByRole('listbox').getByRole('option');
  const lines = async (page: Page) => {
    const texts = await page.getByTestId('message-content').allInnerTexts();
    return texts.map((text) => text.trim());
  };

  beforeAll(async () => {
    product = await Product.start();
    cable = await createCable(product.port);
    browsers = await openBrowsers();
    mirela = await browsers.person();
    tomas = await browsers.person();
    await register(mirela, product.url, 'Mirela');
    await createServer(mirela, 'Reed Choir');
    const invite = new URL(await copyInvite(mirela)).pathname;
    await createChannel(mirela, 'tenors');
    await openChannel(mirela, 'general');
    await joinAs(tomas, cable.url + invite, 'Tomas');
    await mirela.getByRole('complementary', { name: 'Members' }).getByText('Tomas').waitFor();
  });

  afterAll(async () => {
    await browsers?.close();
    await cable?.close();
    await product?.discard();
  });

  beforeEach(() => keepPicturesOfFailure({ 'composer-mirela': mirela, 'composer-tomas': tomas }));

  test('who is picked from the list reads as a name, and is named where it arrives', async () => {
    const field = composer(mirela);
    await field.pressSequentially('Welcome @to');
    await options(mirela).filter({ hasText: 'Tomas' }).waitFor();
    await field.press('Enter');
    expect(await field.inputValue()).toBe('Welcome @Tomas ');
    await field.pressSequentially('see #ten');
    await options(mirela).filter({ hasText: 'tenors' }).waitFor();
    await field.press('Tab');
    await field.press('Enter');
    await message(tomas, 'Welcome @Tomas see').waitFor();
    expect(await message(tomas, 'Welcome').innerText()).not.toContain('<@');
    // Changed, it is a name as well, and an id where it is sent.
    await field.press('ArrowUp');
    const editor = mirela.getByRole('textbox', { name: 'Edit message' });
    expect(await editor.inputValue()).toBe('Welcome @Tomas see #tenors');
    await editor.press('Home');
    await editor.pressSequentially('Very ');
    await editor.press('Enter');
    await message(tomas, 'Very Welcome @Tomas see').getByText('edited').waitFor();
    expect(await message(tomas, 'Very Welcome').innerText()).not.toContain('<@');
    // One letter less is a word like any other.
    await field.pressSequentially('@to');
    await options(mirela).filter({ hasText: 'Tomas' }).waitFor();
    await field.press('Enter');
    await field.press('Backspace');
    await field.press('Backspace');
    await field.press('Escape');
    await field.press('Enter');
    await message(tomas, '@Toma').last().waitFor();
  });

  test('Escape closes the list, and Enter sends what is written', async () => {
    const field = composer(mirela);
    await field.pressSequentially('mail @tom');
    await options(mirela).first().waitFor();
    await field.press('Escape');
    await options(mirela).first().waitFor({ state: 'detached' });
    await field.press('Enter');
    await message(tomas, 'mail @tom').waitFor();
  });

  test('an emoji is found by its name, typed out, or picked from all', async () => {
    const field = composer(mirela);
    await field.pressSequentially(':tad');
    await options(mirela).first().waitFor();
    await field.press('Enter');
    await field.pressSequentially(':fire:');
    await expect.poll(() => field.inputValue()).toBe('🎉 🔥');
    await mirela.getByRole('button', { name: 'Emoji' }).click();
    const search = mirela.getByRole('combobox', { name: 'Find an emoji' });
    await search.fill('octopus');
    await mirela.getByRole('gridcell', { name: 'octopus' }).waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
    await search.press('Enter');
    await expect.poll(() => field.inputValue()).toBe('🎉 🔥 🐙 ');
    await field.press('Enter');
    await message(tomas, '🎉 🔥 🐙').waitFor();
    await mirela.getByRole('button', { name: 'Emoji' }).click();
    await mirela.getByRole('gridcell', { name: 'octopus' }).first().waitFor();
    await mirela.keyboard.press('Escape');
  });

  test('a skin tone is chosen once', async () => {
    await mirela.getByRole('button', { name: 'Emoji' }).click();
    await mirela.getByRole('button', { name: /^Skin tone/ }).click();
    await mirela.getByRole('button', { name: 'Medium', exact: true }).click();
    await mirela.getByRole('combobox', { name: 'Find an emoji' }).fill('thumbs up');
    await mirela.getByRole('gridcell', { name: 'thumbs up' }).first().click();
    await expect.poll(() => composer(mirela).inputValue()).toContain('👍🏽');
    await composer(mirela).fill('');
  });

  test('what is selected is made bold by a key or a button, and undone', async () => {
    const field = composer(mirela);
    await field.fill('a word');
    await field.press('Shift+Control+ArrowLeft');
    await field.press('Control+b');
    expect(await field.inputValue()).toBe('a **word**');
    await mirela.getByRole('toolbar').getByRole('button', { name: 'Strikethrough' }).click();
    expect(await field.inputValue()).toBe('a **~~word~~**');
    await field.press('Control+z');
    expect(await field.inputValue()).toBe('a **word**');
    await field.fill('');
  });

  test('the coloured text stands exactly where the field has its own', async () => {
    const field = composer(mirela);
    const texts = [
      'plain words and **bold** ones, `code`, ~~gone~~ ||hidden|| and https://example.org/a/very/long/path/that/goes/on',
      'AVAVAV To Ty We fi ffi -> => @everyone **AVAV** *Ty* ``a`` é ü 漢字 👩‍👩‍👧 '.repeat(6),
      '> quote\n- item\n\n# head\n```js\nconst a = 1;\n```\n',
      'x'.repeat(700),
      `${'word '.repeat(200)}\n\n`,
      'a\n'.repeat(30),
    ];
    for (const width of [1360, 1111, 700, 390]) {
      await mirela.setViewportSize({ width, height: 840 });
      for (const text of texts) {
        await field.fill(text);
        const [own, coloured] = await field.evaluate((element: HTMLElement) => {
          const mirror = element.previousElementSibling;
          element.style.height = '0';
          const height = element.scrollHeight;
          element.style.height = '';
          return [height, Math.round(mirror?.getBoundingClientRect().height ?? -1)];
        });
        expect([width, text.slice(0, 20), own]).toEqual([width, text.slice(0, 20), coloured]);
      }
    }
    await mirela.setViewportSize({ width: 1360, height: 840 });
    await field.fill('');
  });

  test('a reply says whom it answers, and may be quiet', async () => {
    const field = composer(mirela);
    await say(tomas, 'Shall we begin?');
    const asked = message(mirela, 'Shall we begin?');
    await asked.hover();
    await asked.getByRole('button', { name: 'Reply' }).click();
    await mirela.getByText('Replying to Tomas').waitFor();
    await field.press('Escape');
    await mirela.getByText('Replying to Tomas').waitFor({ state: 'detached' });
    await asked.hover();
    await asked.getByRole('button', { name: 'Reply' }).click();
    await mirela.getByRole('button', { name: 'Tell Tomas' }).click();
    await field.pressSequentially('Gladly');
    // It is all still there after a reload.
    await mirela.reload();
    await mirela.getByText('Replying to Tomas').waitFor();
    expect(await field.inputValue()).toBe('Gladly');
    const quiet = mirela.getByRole('button', { name: 'Tell Tomas' });
    expect(await quiet.getAttribute('aria-pressed')).toBe('false');
    await field.press('Enter');
    await message(tomas, 'Gladly').getByText('Shall we begin?').waitFor();
  });

  test('a channel in which something is begun has a pencil', async () => {
    await composer(mirela).fill('to be continued');
    const channels = mirela.getByRole('navigation', { name: 'Channels' });
    await channels.getByRole('link', { name: /tenors/ }).click();
    await channels
      .getByRole('link', { name: /general/ })
      .getByRole('img')
      .waitFor();
    await channels.getByRole('link', { name: /general/ }).click();
    await expect.poll(() => composer(mirela).inputValue()).toBe('to be continued');
    await composer(mirela).fill('');
  });

  test('one goes anywhere by its name', async () => {
    await mirela.keyboard.press('Control+k');
    const where = mirela.getByRole('combobox', { name: 'Go to' });
    await where.waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
    await where.fill('tnr');
    await options(mirela).filter({ hasText: 'tenors' }).waitFor();
    await where.press('Enter');
    await mirela.getByRole('textbox', { name: 'Message #tenors' }).waitFor();
    await mirela.keyboard.press('Control+k');
    await where.fill('@tom');
    await options(mirela).filter({ hasText: 'Tomas' }).waitFor();
    await where.press('Enter');
    await mirela.getByRole('textbox', { name: 'Message @Tomas' }).waitFor();
    await mirela.goBack();
    await mirela.goBack();
    await composer(mirela).waitFor();
  });

  test('the keys are listed', async () => {
    await mirela.keyboard.press('Control+/');
    const dialog = mirela.getByRole('dialog');
    await dialog.getByText('Go to a channel, a server or a person').waitFor();
    expect(await seriousFindings(mirela)).toEqual([]);
    await mirela.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('what was written in the dark goes out in order from the next tab, once', async () => {
    cable.pull();
    for (const line of ['dark one', 'dark two', 'dark three']) await say(tomas, line);
    await message(tomas, 'dark three').waitFor();
    const context = tomas.context();
    const place = tomas.url();
    await tomas.close();
    cable.plug();
    tomas = await context.newPage();
    await tomas.goto(place);
    await message(mirela, 'dark three').waitFor();
    await message(tomas, 'dark three').waitFor();
    for (const page of [mirela, tomas]) {
      const dark = (await lines(page)).filter((line) => line.startsWith('dark'));
      expect(dark).toEqual(['dark one', 'dark two', 'dark three']);
    }
    await tomas.getByText('Will be sent').waitFor({ state: 'detached' });
  });

  test('a tab that crashed has its messages sent by one that looks elsewhere', async () => {
    const context = tomas.context();
    const other = await context.newPage();
    await other.goto(tomas.url());
    await composer(other).waitFor();
    await openChannel(other, 'tenors');
    cable.pull();
    for (const line of ['crash one', 'crash two', 'crash three']) await say(tomas, line);
    await message(tomas, 'crash three').waitFor();
    const session = await context.newCDPSession(tomas);
    void session.send('Page.crash').catch(() => undefined);
    await tomas.waitForTimeout(500).catch(() => undefined);
    cable.plug();
    await message(mirela, 'crash three').waitFor();
    const arrived = (await lines(mirela)).filter((line) => line.startsWith('crash'));
    expect(arrived).toEqual(['crash one', 'crash two', 'crash three']);
    tomas = other;
  });

  test('what is left on its way in a channel one has left arrives as well', async () => {
    await openChannel(tomas, 'general');
    cable.pull();
    await say(tomas, 'left behind');
    await openChannel(tomas, 'tenors');
    cable.plug();
    await message(mirela, 'left behind').waitFor();
  });

  test('slow mode counts down on the button, and typing goes on', async () => {
    await mirela.goto(
      mirela.url().replace(/\/servers\/(\d+)\/(\d+).*/, '/servers/$1/channels/$2/settings'),
    );
    await mirela.getByLabel('Slow mode').selectOption('5');
    await mirela.getByRole('button', { name: 'Save' }).click();
    await mirela.goBack();
    await openChannel(tomas, 'general');
    await tomas.getByText('Slow mode: one message every 5 seconds').waitFor();
    await say(tomas, 'slow one');
    await message(mirela, 'slow one').waitFor();
    await composer(tomas).pressSequentially('slow two');
    await composer(tomas).press('Enter');
    expect(await composer(tomas).inputValue()).toBe('slow two');
    await tomas.getByText(/You can send again in/).waitFor();
    await expect.poll(() => tomas.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
    await composer(tomas).press('Enter');
    await message(mirela, 'slow two').waitFor();
  });

  test('what is too long says by how much', async () => {
    await composer(mirela).fill('a'.repeat(4_123));
    await mirela.getByText('This is 123 characters too long to send.').waitFor();
    expect(await mirela.getByRole('button', { name: 'Send' }).isEnabled()).toBe(false);
    await composer(mirela).fill('');
  });

  test('on a phone one picks by touch', async () => {
    const phone = await browsers.person({ phone: true });
    await logIn(phone, product.url, 'Tomas');
    await composer(phone).waitFor();
    await composer(phone).pressSequentially('hello @mir');
    await options(phone).filter({ hasText: 'Mirela' }).tap();
    expect(await composer(phone).inputValue()).toBe('hello @Mirela ');
    await phone.getByRole('button', { name: 'Emoji' }).tap();
    await phone.getByRole('gridcell', { name: 'red heart' }).first().tap();
    await expect.poll(() => composer(phone).inputValue()).toBe('hello @Mirela ❤️ ');
  });
});
