import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AttachmentTicket } from '@harmonium/api/ticket';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq, sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDiskFiles } from '../adapters/files-disk.ts';
import type { DiskFiles } from '../adapters/files-disk.ts';
import { createSharpImages } from '../adapters/images-sharp.ts';
import { attachments, messages } from '../db/schema.ts';
import { sweep } from '../instance/sweep.ts';
import { createAccessTokens } from '../sessions/access-token.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const MAX_BYTES = 4_000_000;
const DAY_MS = 24 * 60 * 60 * 1000;
let folder: string;
let clock = { now: 0 };
let files: DiskFiles;
let first: Community;
let here: Community;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmonium-uploads-'));
  files = createDiskFiles({ folder, secret: 'a secret for tests', now: () => clock.now });
  const quota = { user: 0, instance: 0 };
  // Days go by here, and nobody logs in anew.
  const accessTokens = createAccessTokens('a secret for tests', () => 0);
  const images = createSharpImages();
  first = await openCommunity({ files, images, uploadQuota: quota, accessTokens });
  clock = first.app.clock;
  first.app.deps.instance.limits.uploadSize = MAX_BYTES;
}, 30_000);
afterAll(async () => {
  await first.app.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  here = await first.again();
  count += 1;
});

const words = (text: string): Bytes => new TextEncoder().encode(text);
const picture = async (width = 40, height = 30) =>
  new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: 'teal' } })
      .png()
      .toBuffer(),
  );

async function promise(who: LoggedIn, name: string, size: number, type?: string) {
  return who.call('POST /api/uploads', { body: { channelId: here.textId, name, size, type } });
}

async function send(
  { uploadUrl, method, headers }: Awaited<ReturnType<typeof promise>>,
  body: Bytes,
) {
  return files.handle(new Request(`http://chat.example${uploadUrl}`, { method, headers, body }));
}

const complete = (who: LoggedIn, id: Snowflake) =>
  who.call('POST /api/uploads/:id/complete', { params: { id } });

/** All of it. */
async function upload(who: LoggedIn, name: string, body: Bytes, type?: string) {
  const made = await promise(who, name, body.byteLength, type);
  expect((await send(made, body)).status).toBe(200);
  return complete(who, made.id);
}

/** As the room stores a message with these files. */
async function say(who: LoggedIn, ...ids: Snowflake[]): Promise<Snowflake> {
  const { ids: made, database } = here.app.deps;
  const id = made.next();
  const createdAt = new Date(clock.now);
  const row = { id, channelId: here.textId, authorId: who.user.id, content: '', createdAt };
  await database.db.insert(messages).values(row);
  for (const file of ids) {
    await database.db.update(attachments).set({ messageId: id }).where(eq(attachments.id, file));
  }
  return id;
}

const addresses = (who: LoggedIn, ...ids: Snowflake[]) =>
  who.call('POST /api/channels/:id/attachments', { params: { id: here.textId }, body: { ids } });
const read = (url: string, init?: RequestInit) =>
  files.handle(new Request(`http://chat.example${url}`, init));
const stored = async () => [
  ...(await readdir(join(folder, 'incoming')).catch(() => [])),
  ...(await readdir(join(folder, 'attachments')).catch(() => [])),
];

test('a file goes into a message, and who may read it reads the file', async () => {
  const { attachment, ticket } = await upload(here.owner, 'notes.txt', words('hello, world'));
  expect(attachment).toEqual({
    id: attachment.id,
    name: 'notes.txt',
    size: 12,
    type: 'text/plain',
  });
  expect(await here.app.deps.tickets.verifyAttachment(ticket)).toEqual(
    AttachmentTicket.parse({ channelId: here.textId, userId: here.owner.user.id, attachment }),
  );
  expect(await addresses(here.owner, attachment.id)).toEqual([]);
  await say(here.owner, attachment.id);
  const member = await here.join(`reader-${count}`);
  const [address] = await addresses(member, attachment.id);
  const answer = await read(address?.url ?? '');
  expect(await answer.text()).toBe('hello, world');
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `inline; filename="notes.txt"; filename*=UTF-8''notes.txt`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  });
  const saved = await read(address?.downloadUrl ?? '');
  expect(saved.headers.get('content-disposition')).toMatch(/^attachment; filename="notes\.txt"/);
});

test('an address is the same within the hour, and ends', async () => {
  const { attachment } = await upload(here.owner, 'notes.txt', words('hello'));
  await say(here.owner, attachment.id);
  clock.now = Math.ceil(clock.now / 3_600_000) * 3_600_000;
  const [one] = await addresses(here.owner, attachment.id);
  clock.now += 59 * 60_000;
  expect(await addresses(here.owner, attachment.id)).toEqual([one]);
  clock.now += 60_000;
  const [next] = await addresses(here.owner, attachment.id);
  expect(next?.url).not.toBe(one?.url);
  expect((await read(one?.url ?? '')).status).toBe(200);
  clock.now = Date.parse(one?.expiresAt ?? '');
  expect((await read(one?.url ?? '')).status).toBe(403);
});

test('a removed message keeps its files to itself', async () => {
  const { attachment } = await upload(here.owner, 'notes.txt', words('hello'));
  const messageId = await say(here.owner, attachment.id);
  const { db } = here.app.database;
  await db
    .update(messages)
    .set({ removedAt: new Date(clock.now) })
    .where(eq(messages.id, messageId));
  expect(await addresses(here.owner, attachment.id)).toEqual([]);
});

test('what the room has not handed over yet counts: sent is sent, removed is removed', async () => {
  const fresh = (await upload(here.owner, 'one.txt', words('one'))).attachment;
  const old = (await upload(here.owner, 'two.txt', words('two'))).attachment;
  const oldId = await say(here.owner, old.id);
  const [id, at] = [here.app.deps.ids.next(), new Date(clock.now).toISOString()];
  const author = { id: here.owner.user.id, username: 'owner', avatar: null };
  const message = {
    id,
    channelId: here.textId,
    author,
    content: '',
    createdAt: at,
    editedAt: null,
  };
  here.app.rooms.answer = () => ({
    ok: true,
    messages: [{ ...message, removedAt: null, attachments: [fresh] }],
    removed: [{ id: oldId, removedAt: at }],
  });
  const found = await addresses(here.owner, fresh.id, old.id);
  expect(found.map((address) => address.id)).toEqual([fresh.id]);
  here.app.rooms.answer = () => ({ ok: true });
});

test('files of other channels, and of nobody, are left out', async () => {
  const { attachment } = await upload(here.owner, 'notes.txt', words('hello'));
  await say(here.owner, attachment.id);
  const ids = [attachment.id, here.app.deps.ids.next()];
  const params = { id: here.voiceId };
  expect(
    await here.owner.call('POST /api/channels/:id/attachments', { params, body: { ids } }),
  ).toEqual([]);
  expect(await addresses(here.owner, ...ids)).toHaveLength(1);
});

test('without permission nothing is promised, and nothing of another is touched', async () => {
  const member = await here.join(`member-${count}`);
  const mine = await promise(here.owner, 'a.txt', 5);
  await send(mine, words('hello'));
  expect(await outcome(complete(member, mine.id))).toBe('not_found');
  const giveUp = (who: LoggedIn) =>
    who.call('DELETE /api/uploads/:id', { params: { id: mine.id } });
  expect(await outcome(giveUp(member))).toBe('not_found');
  const theirs = await promise(member, 'b.txt', 5);
  await send(theirs, words('hello'));
  await here.owner.call('PATCH /api/servers/:id/roles/:rid', {
    params: { id: here.serverId, rid: here.serverId },
    body: { permissions: String(Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES) },
  });
  expect(await outcome(promise(member, 'c.txt', 5))).toBe('forbidden');
  expect(await outcome(complete(member, theirs.id))).toBe('forbidden');
  const stranger = await here.app.register(`stranger-${count}`);
  expect(await outcome(promise(stranger, 'c.txt', 5))).toBe('not_found');
  expect(await outcome(addresses(stranger, mine.id))).toBe('not_found');
});

test('sizes: nothing, one byte too many, not as promised, not there', async () => {
  expect(await outcome(promise(here.owner, 'empty', 0))).toBe('invalid_body');
  expect(await outcome(promise(here.owner, 'large', MAX_BYTES + 1))).toBe('too_large');
  const made = await promise(here.owner, 'largest', MAX_BYTES);
  expect((await send(made, new Uint8Array(MAX_BYTES - 1))).status).toBe(400);
  expect((await send(made, new Uint8Array(MAX_BYTES + 1))).status).toBe(400);
  expect(await outcome(complete(here.owner, made.id))).toBe('upload_missing');
  expect((await send(made, new Uint8Array(MAX_BYTES))).status).toBe(200);
  expect((await complete(here.owner, made.id)).attachment.size).toBe(MAX_BYTES);
});

test('a store that kept something else than promised is not believed', async () => {
  const made = await promise(here.owner, 'a.txt', 5);
  await files.put(`incoming/${made.id}`, words('hello!'), { size: 6, type: 'text/plain' });
  expect(await outcome(complete(here.owner, made.id))).toBe('upload_broken');
  expect(await outcome(complete(here.owner, made.id))).toBe('upload_missing');
});

test('completed twice it is the same file, and what is sent later does not reach it', async () => {
  const made = await promise(here.owner, 'a.txt', 5);
  await send(made, words('hello'));
  const one = await complete(here.owner, made.id);
  await send(made, words('<svg>'));
  expect((await complete(here.owner, made.id)).attachment).toEqual(one.attachment);
  await say(here.owner, made.id);
  const [address] = await addresses(here.owner, made.id);
  expect(await (await read(address?.url ?? '')).text()).toBe('hello');
  expect(await outcome(complete(here.owner, made.id))).toBe('not_found');
});

test('of two who complete at once one is asked to come again', async () => {
  const made = await promise(here.owner, 'a.png', (await picture()).byteLength);
  await send(made, await picture());
  const outcomes = await Promise.all([
    outcome(complete(here.owner, made.id)),
    outcome(complete(here.owner, made.id)),
  ]);
  expect(outcomes.sort()).toEqual(['unavailable', 'yes']);
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
test.each([
  ['a page that says it is a picture', 'cat.png', 'image/png', () => words('<!doctype html><p>hi')],
  ['a drawing', 'cat.svg', 'image/svg+xml', () => words(SVG)],
  ['a drawing that says it is text', 'cat.txt', 'text/plain', () => words(`  \n${SVG}`)],
  ['a page behind words', 'a.txt', 'text/plain', () => words('hello <script>alert(1)</script>')],
  ['an empty page by its name', 'a.html', 'text/plain', () => words('hello')],
  ['a document', 'a.pdf', 'application/pdf', () => words('%PDF-1.7\n%\u00e2\u00e3\n\0\0')],
  ['bytes', 'a.txt', 'text/plain', () => new Uint8Array([0, 1, 2, 0xff])],
  ['text of no alphabet', 'a.txt', 'text/plain', () => new Uint8Array([0x61, 0xc3, 0x28])],
  ['half a picture', 'a.png', 'image/png', async () => (await picture(300, 300)).slice(0, 200)],
  [
    'a film by its beginning',
    'a.mp4',
    'video/mp4',
    () => words('\0\0\0\u0010ftypisom\0\0\0\0<html>'),
  ],
  ['a picture by its first bytes alone', 'a.gif', 'image/gif', () => words('GIF89a=1;alert(1)')],
] as const)('%s is saved and never shown', async (_, name, type, body) => {
  const { attachment } = await upload(here.owner, name, await body(), type);
  expect(attachment).toMatchObject({ name, type: 'application/octet-stream' });
  expect(attachment.width).toBeUndefined();
  await say(here.owner, attachment.id);
  const [address] = await addresses(here.owner, attachment.id);
  const answer = await read(address?.url ?? '');
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
});

test('a picture that lies about its kind is what it is', async () => {
  const jpeg = await sharp(await picture(900, 450))
    .jpeg()
    .toBuffer();
  const { attachment } = await upload(here.owner, 'film.mp4', new Uint8Array(jpeg), 'video/mp4');
  expect(attachment).toMatchObject({ type: 'image/jpeg', width: 900, height: 450 });
  expect(attachment.blur).toMatch(/^[\w+/=]{20,40}$/);
  await say(here.owner, attachment.id);
  const [address] = await addresses(here.owner, attachment.id);
  const small = await read(address?.thumbnailUrl ?? '');
  expect(small.headers.get('content-type')).toBe('image/webp');
  expect(await sharp(await small.arrayBuffer()).metadata()).toMatchObject({
    width: 800,
    height: 400,
  });
});

test('a picture that is a script, too, is only a picture when it is read', async () => {
  const both = new Uint8Array([...(await picture()), ...words('*/<script>alert(1)</script>')]);
  const { attachment } = await upload(here.owner, 'both.png', both);
  expect(attachment).toMatchObject({ type: 'image/png', size: both.byteLength - 27 });
  const file = await files.get(`attachments/${attachment.id}`);
  expect(await new Response(file?.body).text()).not.toContain('script');
});

test('a picture that would unfold into gigabytes is not unfolded', async () => {
  const bomb = await picture(12_000, 12_000);
  expect(bomb.byteLength).toBeLessThan(MAX_BYTES);
  const { attachment } = await upload(here.owner, 'bomb.png', bomb);
  expect(attachment.type).toBe('application/octet-stream');
});

test('a quota holds, also for those who come at once, and for everyone together', async () => {
  const quota = here.app.deps.uploadQuota;
  const member = await here.join(`member-${count}`);
  quota.user = 1000;
  const all = await Promise.all(
    Array.from({ length: 10 }, () => outcome(promise(member, 'a', 300))),
  );
  expect(all.sort()).toEqual([
    ...Array.from({ length: 7 }, () => 'quota_reached'),
    'yes',
    'yes',
    'yes',
  ]);
  expect(await outcome(promise(member, 'a', 100))).toBe('yes');
  expect(await outcome(promise(member, 'a', 1))).toBe('quota_reached');
  const [sum] = await here.app.database.db
    .select({ bytes: sql<string>`sum(size)` })
    .from(attachments);
  quota.user = 0;
  quota.instance = Number(sum?.bytes) + 10;
  expect(await outcome(promise(here.owner, 'a', 11))).toBe('storage_full');
  const made = await promise(here.owner, 'a', 10);
  expect(await outcome(promise(here.owner, 'a', 1))).toBe('storage_full');
  await here.owner.call('DELETE /api/uploads/:id', { params: { id: made.id } });
  await here.app.settled();
  // It may be sent all the same, for as long as its address holds.
  expect(await outcome(promise(here.owner, 'a', 1))).toBe('storage_full');
  clock.now += 3 * 60 * 60 * 1000;
  await sweep(here.app.deps);
  expect(await outcome(promise(here.owner, 'a', 1))).toBe('yes');
  quota.instance = 0;
});

test('what is sent after it was looked at, or given up, does not stay', async () => {
  const before = await stored();
  const given = await promise(here.owner, 'a.txt', 5);
  await here.owner.call('DELETE /api/uploads/:id', { params: { id: given.id } });
  await here.app.settled();
  expect((await send(given, words('hello'))).status).toBe(200);
  const made = await promise(here.owner, 'b.txt', 5);
  await send(made, words('hello'));
  await complete(here.owner, made.id);
  await say(here.owner, made.id);
  expect((await send(made, words('again'))).status).toBe(200);
  for (let hour = 0; hour < 4; hour += 1) {
    clock.now += 60 * 60 * 1000;
    await sweep(here.app.deps);
  }
  const left = (await stored()).filter((name) => !before.includes(name));
  expect(left).toEqual([made.id]);
  expect((await readdir(join(folder, 'attachments'))).includes(made.id)).toBe(true);
});

test('files of one name do not meet', async () => {
  const one = await upload(here.owner, 'a.txt', words('one'));
  const two = await upload(here.owner, 'a.txt', words('two'));
  await say(here.owner, one.attachment.id, two.attachment.id);
  const found = await addresses(here.owner, two.attachment.id, one.attachment.id);
  const texts = found.map(async ({ id, url }) => [id, await (await read(url)).text()]);
  expect(new Map((await Promise.all(texts)) as [string, string][])).toEqual(
    new Map([
      [one.attachment.id, 'one'],
      [two.attachment.id, 'two'],
    ]),
  );
});

test('what is given up is gone at once, at whatever point it is', async () => {
  const before = await stored();
  const giveUp = (id: Snowflake) => here.owner.call('DELETE /api/uploads/:id', { params: { id } });
  const sent = await promise(here.owner, 'a.txt', 5);
  await send(sent, words('hello'));
  const done = await upload(here.owner, 'b.txt', words('hello'));
  await giveUp(sent.id);
  await giveUp(done.attachment.id);
  await here.app.settled();
  expect(await stored()).toEqual(before);
  expect(await outcome(complete(here.owner, sent.id))).toBe('not_found');
  expect(await outcome(giveUp(done.attachment.id))).toBe('not_found');
  const kept = await upload(here.owner, 'c.txt', words('hello'));
  await say(here.owner, kept.attachment.id);
  expect(await outcome(giveUp(kept.attachment.id))).toBe('not_found');
});

test('what nobody sent is swept away, what is in a message stays', async () => {
  const before = await stored();
  const pending = await promise(here.owner, 'a.txt', 5);
  await send(pending, words('hello'));
  const unsent = await upload(here.owner, 'b.txt', words('hello'));
  const kept = await upload(here.owner, 'c.txt', words('hello'));
  await say(here.owner, kept.attachment.id);
  const left = async () => (await stored()).filter((name) => !before.includes(name)).sort();
  clock.now += DAY_MS;
  await sweep(here.app.deps);
  expect(await left()).toHaveLength(3);
  clock.now += 2 * 60 * 60 * 1000;
  expect(await outcome(complete(here.owner, unsent.attachment.id))).toBe('not_found');
  await sweep(here.app.deps);
  expect(await left()).toHaveLength(2);
  clock.now += 2 * DAY_MS;
  await Promise.all([
    sweep(here.app.deps),
    sweep({ ...here.app.deps, database: { ...here.app.database } }),
  ]);
  expect(await left()).toEqual([kept.attachment.id]);
});

test('while the store fails a file stays on the list of what is to go', async () => {
  const { attachment } = await upload(here.owner, 'a.txt', words('hello'));
  const { deps } = here.app;
  await deps.database.db
    .update(attachments)
    .set({ state: 'gone' })
    .where(eq(attachments.id, attachment.id));
  const broken = { ...files, delete: () => Promise.reject(new Error('the disk is full')) };
  const isListed = async () =>
    (await deps.database.db.select().from(attachments).where(eq(attachments.id, attachment.id)))
      .length === 1;
  clock.now += DAY_MS;
  await sweep({ ...deps, files: broken });
  expect(await isListed()).toBe(true);
  await sweep(deps);
  expect(await isListed()).toBe(false);
  expect(await stored()).not.toContain(attachment.id);
});

test('with a channel go its files', async () => {
  const { attachment } = await upload(here.owner, 'a.txt', words('hello'));
  await say(here.owner, attachment.id);
  await here.owner.call('DELETE /api/channels/:id', { params: { id: here.textId } });
  await here.app.settled();
  expect(await stored()).not.toContain(attachment.id);
  const other = await first.again();
  here = other;
  const more = await upload(here.owner, 'a.txt', words('hello'));
  await say(here.owner, more.attachment.id);
  await here.owner.call('DELETE /api/servers/:id', { params: { id: here.serverId } });
  await here.app.settled();
  expect(await stored()).not.toContain(more.attachment.id);
});

test('with a message go its files', async () => {
  const { attachment } = await upload(here.owner, 'a.png', await picture(900, 900));
  const id = here.app.deps.ids.next();
  const at = new Date(clock.now).toISOString();
  const message = {
    id,
    channelId: here.textId,
    content: '',
    createdAt: at,
    editedAt: null,
    removedAt: null,
    author: { id: here.owner.user.id, username: 'owner', avatar: null },
    attachments: [attachment],
  };
  const token = await here.app.deps.serviceTokens.issue('rooms', 'api');
  const store = async (...entries: unknown[]) => {
    const answer = await here.app.fetch('/api/internal/outbox', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channelId: here.textId, entries }),
    });
    expect(answer.status).toBe(204);
    await here.app.settled();
  };
  await store({ op: 'create', message });
  expect(await addresses(here.owner, attachment.id)).toHaveLength(1);
  const own = [attachment.id, `${attachment.id}-small`];
  expect(await stored()).toEqual(expect.arrayContaining(own));
  await store({ op: 'remove', id, removedAt: at });
  expect(await addresses(here.owner, attachment.id)).toEqual([]);
  expect((await stored()).filter((name) => own.includes(name))).toEqual([]);
});

test('given up while it is looked at, nothing is left of it', async () => {
  const before = await stored();
  const body = await picture(600, 600);
  for (let pause = 0; pause < 40; pause += 4) {
    const made = await promise(here.owner, 'a.png', body.byteLength);
    await send(made, body);
    const looking = outcome(complete(here.owner, made.id));
    await new Promise((resolve) => setTimeout(resolve, pause));
    await here.owner.call('DELETE /api/uploads/:id', { params: { id: made.id } });
    expect(['yes', 'not_found', 'upload_missing']).toContain(await looking);
    await here.app.settled();
  }
  expect(await stored()).toEqual(before);
});
