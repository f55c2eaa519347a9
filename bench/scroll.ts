import { join } from 'node:path';
import { createClient } from '@harmonium/api/client';
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { openPglite } from '../api/src/adapters/db-pglite.ts';
import { openBrowsers } from '../e2e/browser.ts';
import { PASSWORD, logIn } from '../e2e/people.ts';
import { Product } from '../e2e/product.ts';
import type { Figure, Measurement } from './measurement.ts';
import { percentile } from './statistics.ts';
import { someId } from './tickets.ts';

const MESSAGES = 100_000;
const NAME = 'Reader';
/** How a wheel is turned: pixels a step, and milliseconds between them. */
const STEP_PX = 240;
const STEP_MS = 24;
const STEPS = 600;
/** A frame that takes longer is seen, in milliseconds. */
const LATE_MS = 20;
const SWITCHES = 15;

/** A long channel in Chromium: how it scrolls, whether it keeps its place, how fast others show. */
export const scroll: Measurement = {
  bare: 'a page of plain text of the same height, scrolled alike in the same browser',
  async run(): Promise<Figure[]> {
    const product = await Product.start();
    try {
      const path = await furnish(product);
      const browsers = await openBrowsers();
      try {
        const page = await browsers.person();
        await logIn(page, product.url, NAME);
        await page.getByRole('navigation', { name: 'Channels' }).waitFor();
        await page.goto(product.url + path);
        await page.getByTestId('message-content').first().waitFor();
        const moved = await moveWhileLoading(page);
        const list = await scrolled(page, '[role=log]');
        const held = await page.evaluate(() => document.querySelectorAll('article').length);
        const switches = await switched(page);
        await page.setContent(PLAIN);
        const bare = await scrolled(page, '#plain');
        return [
          share('frames over 20 ms', list.late, bare.late),
          { what: 'frame, p99', unit: 'ms', value: list.p99, bare: bare.p99 },
          { what: 'longest task', unit: 'ms', value: list.longest, bare: bare.longest },
          { what: 'messages gone by', unit: '', value: list.passed },
          { what: 'rows on the page', unit: '', value: held, aim: { of: 'value', atMost: 120 } },
          {
            what: 'a row moved while older pages came',
            unit: 'px',
            value: moved,
            aim: { of: 'value', atMost: 1 },
          },
          {
            what: 'a visited channel shows, p50',
            unit: 'ms',
            value: percentile(switches, 0.5),
            aim: { of: 'value', atMost: 100 },
          },
        ];
      } finally {
        await browsers.close();
      }
    } finally {
      await product.discard();
    }
  },
};

const PLAIN = `<div id="plain" style="height:100vh;overflow-y:scroll">${'<p>A line of plain text.</p>'.repeat(4_000)}</div>`;

function share(what: string, value: number, bare: number): Figure {
  return { what, unit: '%', value: value * 100, bare: bare * 100 };
}

/** A server with a short channel and a long one, which no room has seen yet. Answers its path. */
async function furnish(product: Product): Promise<string> {
  let token: string | undefined;
  const call = createClient({ baseUrl: product.url, fetch, token: () => token });
  const body = { username: NAME, email: 'reader@example.org', password: PASSWORD };
  const session = await call('POST /api/auth/register', { body });
  token = session.accessToken;
  const { server } = await call('POST /api/servers', { body: { name: 'Library' } });
  const long = await call('POST /api/servers/:id/channels', {
    params: { id: server.id },
    body: { name: 'long', type: 'text' },
  });
  await product.stop();
  await fill(join(product.dataDir, 'pg'), BigInt(long.id), BigInt(session.user.id));
  await product.start();
  return `/servers/${server.id}/${long.id}`;
}

async function fill(folder: string, channelId: bigint, authorId: bigint): Promise<void> {
  const database = await openPglite({ folder });
  const oldest = BigInt(someId()) - BigInt(MESSAGES);
  await database.db.execute(sql`
    insert into messages (channel_id, id, author_id, content, created_at)
    select ${channelId}::bigint, ${oldest}::bigint + n, ${authorId}::bigint,
      n || ': ' || repeat('some **words** of a long evening, ', 1 + (n * 7919) % 9),
      now() - (${MESSAGES}::int - n) * interval '40 seconds'
    from generate_series(0, ${MESSAGES - 1}::int) as n`);
  await database.close();
}

interface Scrolled {
  /** Share of frames that came late, 0 to 1. */
  late: number;
  p99: number;
  longest: number;
  passed: number;
}

/** Turns the wheel upwards and looks at the frames meanwhile. */
async function scrolled(page: Page, selector: string): Promise<Scrolled> {
  await page.locator(selector).hover();
  await page.evaluate((target) => {
    const list = document.querySelector(target);
    if (target === '#plain') list?.scrollTo(0, list.scrollHeight);
    const watch = { frames: [] as number[], tasks: [] as number[], last: 0, isOn: true };
    Object.assign(globalThis, { watch });
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) watch.tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
    const look = (now: number) => {
      if (watch.last > 0) watch.frames.push(now - watch.last);
      watch.last = now;
      if (watch.isOn) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, selector);
  const before = await firstNumber(page);
  for (let step = 0; step < STEPS; step++) {
    await page.mouse.wheel(0, -STEP_PX);
    await page.waitForTimeout(STEP_MS);
  }
  const after = await firstNumber(page);
  const { frames, tasks } = await page.evaluate(() => {
    const watch: { frames: number[]; tasks: number[]; isOn: boolean } = Reflect.get(
      globalThis,
      'watch',
    );
    watch.isOn = false;
    return watch;
  });
  return {
    late: frames.filter((frame) => frame > LATE_MS).length / frames.length,
    p99: percentile(frames, 0.99),
    longest: Math.max(0, ...tasks),
    passed: before - after,
  };
}

/** The number of the topmost message that is drawn. */
async function firstNumber(page: Page): Promise<number> {
  const text = await page
    .getByTestId('message-content')
    .first()
    .textContent({ timeout: 500 })
    .catch(() => '0');
  return Number.parseInt(text ?? '0', 10) || 0;
}

/** How far a row in sight goes while pages are put above it and nobody scrolls, in pixels. */
function moveWhileLoading(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const list = document.querySelector('[role=log]');
    if (list === null) return Number.NaN;
    const frame = () => new Promise(requestAnimationFrame);
    let most = 0;
    for (let pages = 0; pages < 8; pages++) {
      // One step at a time, as a reader does; the next page is asked for on the way.
      for (let step = 0; step < 6; step++) {
        list.scrollBy(0, -300);
        await frame();
        await frame();
      }
      const top = list.getBoundingClientRect().top;
      const row = [...list.querySelectorAll('article')].find(
        (each) => each.getBoundingClientRect().top > top,
      );
      const from = row?.getBoundingClientRect().top ?? 0;
      for (let frames = 0; frames < 50; frames++) {
        await frame();
        if (row?.isConnected !== true) break;
        most = Math.max(most, Math.abs(row.getBoundingClientRect().top - from));
      }
    }
    return most;
  });
}

/** From the click on a channel that one was in before to its rows on the screen, in milliseconds. */
async function switched(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < SWITCHES; turn++) {
    for (const name of ['general', 'long']) {
      const took = await page.evaluate(async (channel) => {
        const links = document.querySelectorAll<HTMLElement>('nav a[href*="/servers/"]');
        const link = [...links].find((each) => each.textContent.includes(channel));
        const start = performance.now();
        link?.click();
        const isThere = () => document.querySelector('h1')?.textContent?.includes(channel) === true;
        const hasRows = () => channel !== 'long' || document.querySelector('article') !== null;
        while (!isThere() || !hasRows()) {
          if (performance.now() - start > 5_000) return Number.NaN;
          await new Promise(requestAnimationFrame);
        }
        return performance.now() - start;
      }, name);
      if (turn > 0 && name === 'long') times.push(took);
    }
  }
  return times;
}
