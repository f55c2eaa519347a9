import type { Snowflake } from '@harmonium/api/ids';
import type { OutboxEntry } from '@harmonium/api/internal';
import type { User } from '@harmonium/api/user';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Files } from '../files.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';
import { sweepPictures } from './pictures.ts';
import type { WebPage, WebPicture, WebRefusal } from './web.ts';

const SOMEWHERE = '100' as Snowflake;
const SOMEBODY: User = { id: '7' as Snowflake, username: 'tomas', avatar: null };
const HOUR_MS = 3_600_000;

let app: TestApp;
let channelId: Snowflake;
let asked: string[];
let kept: Map<string, number>;
let web: Record<string, WebPage | WebPicture | WebRefusal>;

beforeEach(async () => {
  channelId = SOMEWHERE;
  asked = [];
  kept = new Map();
  web = {};
  const read = (address: string) => {
    asked.push(address);
    return Promise.resolve(web[address] ?? { kind: 'refused' as const, why: 'away' as const });
  };
  const shrink = (bytes: Uint8Array<ArrayBuffer>) =>
    Promise.resolve(bytes.byteLength === 0 ? undefined : { bytes, width: 400, height: 200 });
  app = await openTestApp({ files: keepFiles(kept), previews: { web: { read }, shrink } });
});
afterEach(() => app.close());

/** What the channel's room stores; ends when all that follows has. */
async function store(...entries: OutboxEntry[]): Promise<void> {
  const token = await app.deps.serviceTokens.issue('rooms', 'api');
  const response = await app.fetch('/api/internal/outbox', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ channelId, entries }),
  });
  expect(response.status).toBe(204);
  await app.settled();
}

function create(id: string, content: string, previews = true, author = SOMEBODY): OutboxEntry {
  return {
    op: 'create',
    previews,
    message: {
      id: id as Snowflake,
      channelId,
      author,
      content,
      createdAt: '2026-01-01T00:00:00.000Z',
      editedAt: null,
      removedAt: null,
    },
  };
}
const edit = (id: string, content: string): OutboxEntry => ({
  op: 'edit',
  id: id as Snowflake,
  content,
  editedAt: '2026-01-01T00:01:00.000Z',
  previews: true,
});
const remove = (id: string): OutboxEntry => ({
  op: 'remove',
  id: id as Snowflake,
  removedAt: '2026-01-01T00:02:00.000Z',
});
const told = () => app.rooms.to('main', channelId);
const page = (address: string, title: string, image = ''): WebPage => ({
  kind: 'page',
  address,
  html: `<title>${title}</title><meta property="og:image" content="${image}">`,
});
const picture = (): WebPicture => ({ kind: 'picture', bytes: new Uint8Array([1, 2, 3]) });

test('a link is looked at behind its message, and what it is told to the room', async () => {
  web['https://a.test/'] = page('https://a.test/', 'A page', '/p.png');
  web['https://a.test/p.png'] = picture();
  await store(create('1', 'see https://a.test'));
  const [key = ''] = kept.keys();
  expect(key).toMatch(/^previews\/100\/[0-9a-f]{32}$/);
  const image = { address: `/api/images/${key}`, width: 400, height: 200 };
  const list = [{ url: 'https://a.test/', title: 'A page', image }];
  expect(told()).toEqual([{ type: 'annotate', id: '1', embeds: { of: null, list } }]);
});

test('a link to a picture is the picture', async () => {
  web['https://a.test/p.png'] = picture();
  await store(create('1', 'https://a.test/p.png'));
  expect(told()).toMatchObject([
    { embeds: { list: [{ url: 'https://a.test/p.png', image: { width: 400 } }] } },
  ]);
});

test('the first three are looked at, in order, each once', async () => {
  for (const name of 'abcd') web[`https://${name}.test/`] = page(`https://${name}.test/`, name);
  await store(
    create('1', 'https://c.test https://a.test https://c.test https://b.test https://d.test'),
  );
  expect(told()).toMatchObject([
    { embeds: { list: [{ title: 'c' }, { title: 'a' }, { title: 'b' }] } },
  ]);
  expect(asked).toHaveLength(3);
});

test('nothing is looked at for whoever may not have links shown, or has none', async () => {
  await store(
    create('1', 'https://a.test', false),
    create('2', 'nothing'),
    create('3', '`https://a.test`'),
  );
  expect(asked).toEqual([]);
  expect(told()).toEqual([]);
});

test('nothing is said of what answers nothing', async () => {
  web['https://a.test/'] = { kind: 'page', address: 'https://a.test/', html: '<p>no title' };
  await store(create('1', 'https://a.test https://b.test'));
  expect(told()).toEqual([]);
});

test('a link that goes round is asked for once in a while', async () => {
  web['https://a.test/'] = page('https://a.test/', 'A');
  await store(create('1', 'https://a.test'));
  await store(create('2', 'https://a.test'));
  expect(asked).toHaveLength(1);
  expect(told()).toHaveLength(2);
  app.clock.now += HOUR_MS;
  await store(create('3', 'https://a.test'));
  expect(asked).toHaveLength(2);
});

test('a batch that is stored twice is looked at once', async () => {
  web['https://a.test/'] = page('https://a.test/', 'A');
  await store(create('1', 'https://a.test'));
  await store(create('1', 'https://a.test'));
  expect(told()).toHaveLength(1);
});

test('of words that were changed the last count', async () => {
  web['https://a.test/'] = page('https://a.test/', 'A', '/p.png');
  web['https://b.test/'] = page('https://b.test/', 'B');
  web['https://a.test/p.png'] = picture();
  await store(create('1', 'https://a.test'));
  expect(kept.size).toBe(1);
  await store(edit('1', 'https://b.test'));
  expect(told().at(-1)).toMatchObject({
    embeds: { of: '2026-01-01T00:01:00.000Z', list: [{ title: 'B' }] },
  });
  // The picture of what was there before went with it.
  expect(kept.size).toBe(0);
});

test('links that were taken out take their previews along', async () => {
  await store(create('1', 'https://a.test'), edit('1', 'nothing'));
  expect(told()).toMatchObject([{ embeds: { of: '2026-01-01T00:01:00.000Z', list: [] } }]);
});

test('a removed message takes its pictures along, and not another’s', async () => {
  web['https://a.test/p.png'] = picture();
  await store(create('1', 'https://a.test/p.png'), create('2', 'https://a.test/p.png'));
  expect(kept.size).toBe(2);
  await store(remove('1'));
  expect(kept.size).toBe(1);
});

test('a picture that no message shows is swept away after a while', async () => {
  web['https://a.test/p.png'] = picture();
  await store(create('1', 'https://a.test/p.png'));
  await sweepPictures(app.deps);
  expect(kept.size).toBe(1);
  app.clock.now += 2 * HOUR_MS;
  await sweepPictures(app.deps);
  expect(kept.size).toBe(0);
});

test('one that a message shows is not', async () => {
  const mirela = await app.register('mirela');
  const { channels } = await mirela.call('POST /api/servers', { body: { name: 'Choir' } });
  channelId = channels.find(({ type }) => type === 'text')?.id ?? SOMEWHERE;
  web['https://a.test/p.png'] = picture();
  await store(create('1', 'https://a.test/p.png', true, mirela.user));
  const [event] = told();
  if (event?.type !== 'annotate') throw new Error('nothing was told');
  await store({ op: 'update', id: event.id, embeds: event.embeds?.list ?? [] });
  app.clock.now += 2 * HOUR_MS;
  await sweepPictures(app.deps);
  expect(kept.size).toBe(1);
});

test('where it is turned off nothing is looked at', async () => {
  await app.close();
  app = await openTestApp();
  await store(create('1', 'https://a.test'));
  expect(asked).toEqual([]);
  expect(told()).toEqual([]);
});

/** Keeps how much was put where. */
function keepFiles(sizes: Map<string, number>): Files {
  const files: Partial<Files> = {
    put: (key, _, { size }) => Promise.resolve(void sizes.set(key, size)),
    delete: (key) => Promise.resolve(void sizes.delete(key)),
  };
  return files as Files; // Nothing else is asked of them here.
}
