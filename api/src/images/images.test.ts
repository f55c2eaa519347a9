import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDiskFiles } from '../adapters/files-disk.ts';
import { createSharpImages } from '../adapters/images-sharp.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

let folder: string;
let first: Community;
let here: Community;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmonium-images-'));
  const files = createDiskFiles({ folder, secret: 'a secret for tests', now: Date.now });
  first = await openCommunity({ files, images: createSharpImages() });
}, 30_000);
afterAll(async () => {
  await first.app.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  here = await first.again();
  count += 1;
});

async function picture(color: string, width = 640, height = 480) {
  const image = sharp({ create: { width, height, channels: 3, background: color } });
  return new Uint8Array(await image.png().toBuffer());
}
const setIcon = (who: LoggedIn, body: Uint8Array<ArrayBuffer>) =>
  who.call('PUT /api/servers/:id/icon', { params: { id: here.serverId }, body });
const kept = () => readdir(join(folder, 'icons', here.serverId));
const send = (type: string, body: BodyInit, more: Record<string, string> = {}) =>
  here.app.fetch('/api/users/@me/avatar', {
    method: 'PUT',
    headers: { authorization: `Bearer ${here.owner.accessToken}`, 'content-type': type, ...more },
    body,
  });

test('an icon has a new address at each change, and the old picture is gone', async () => {
  const one = await setIcon(here.owner, await picture('red'));
  const two = await setIcon(here.owner, await picture('blue'));
  expect(one.icon).toMatch(new RegExp(`^/api/images/icons/${here.serverId}/[0-9a-f]{32}$`));
  expect(two.icon).not.toBe(one.icon);
  await here.app.settled();
  expect(await kept()).toHaveLength(1);
  const again = await setIcon(here.owner, await picture('blue'));
  expect(again.icon).toBe(two.icon);
  await here.app.settled();
  expect(await kept()).toHaveLength(1);
  expect(here.app.rooms.to('server', here.serverId)).toMatchObject([
    { change: { type: 'server.updated', server: { icon: one.icon } } },
    { change: { type: 'server.updated', server: { icon: two.icon } } },
  ]);
  await here.owner.call('DELETE /api/servers/:id/icon', { params: { id: here.serverId } });
  await here.app.settled();
  expect(await kept()).toEqual([]);
});

test('anyone looks at a picture, and keeps it for good', async () => {
  const { icon } = await setIcon(here.owner, await picture('green', 300, 900));
  const answer = await here.app.fetch(icon ?? '');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/webp');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  const shown = await sharp(await answer.arrayBuffer()).metadata();
  expect(shown).toMatchObject({ format: 'webp', width: 256, height: 256 });
  const nothing = await here.app.fetch(`${icon?.slice(0, -1)}x`);
  expect(nothing.status).toBe(400);
  const gone = `/api/images/icons/${here.serverId}/${'0'.repeat(32)}`;
  expect((await here.app.fetch(gone)).status).toBe(404);
});

test('an icon is changed by who manages the server, an avatar by its owner', async () => {
  const member = await here.join(`member-${count}`);
  expect(await outcome(setIcon(member, await picture('red')))).toBe('forbidden');
  const me = await member.call('PUT /api/users/@me/avatar', { body: await picture('red') });
  expect(me.avatar).toMatch(/^\/api\/images\/avatars\//);
  await here.app.settled();
  expect(here.app.rooms.to('server', here.serverId).at(-1)).toMatchObject({
    change: { type: 'member.updated', member: { user: { avatar: me.avatar } } },
  });
  await member.call('DELETE /api/users/@me/avatar');
  expect((await member.call('GET /api/users/@me')).avatar).toBeNull();
});

test('what is no picture is refused, whatever it says it is', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const refused = [
    await send('image/png', svg),
    await send('image/svg+xml', svg),
    await send('text/html', '<html>'),
    await send('application/json', '{}'),
    await send('image/png', new Uint8Array()),
    await send('image/png', (await picture('red')).slice(0, 100)),
    await send('image/gif', `GIF89a${'x'.repeat(100)}`),
  ];
  for (const answer of refused) {
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ error: { code: 'bad_image' } });
  }
});

test('a picture that would unfold into gigabytes is refused, and so is a large file', async () => {
  const bomb = await picture('red', 12_000, 12_000);
  expect(bomb.byteLength).toBeLessThan(3_000_000);
  expect((await send('image/png', bomb)).status).toBe(415);
  expect((await send('image/png', new Uint8Array(8 * 1024 * 1024 + 1))).status).toBe(413);
});

test('a repeated upload is done once, and another one under its key is a mistake', async () => {
  const key = { 'idempotency-key': `avatar-${count}` };
  const [one, two] = [await picture('red'), await picture('blue')];
  const answers = [await send('image/png', one, key), await send('image/png', one, key)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[1]?.headers.get('idempotency-replayed')).toBe('true');
  expect((await send('image/png', two, key)).status).toBe(409);
});
