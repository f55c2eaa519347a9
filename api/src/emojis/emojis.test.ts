import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_EMOJIS } from '@harmonium/api/emoji';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDiskFiles } from '../adapters/files-disk.ts';
import { createSharpImages } from '../adapters/images-sharp.ts';
import { emojis } from '../db/schema.ts';
import { openCommunity, outcome } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';

let folder: string;
let first: Community;
let here: Community;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmonium-emojis-'));
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

async function picture(color = 'red') {
  const image = sharp({ create: { width: 200, height: 100, channels: 3, background: color } });
  return new Uint8Array(await image.png().toBuffer());
}
const params = () => ({ id: here.serverId });
const add = async (who: LoggedIn, name: string, body?: Uint8Array<ArrayBuffer>) =>
  who.call('POST /api/servers/:id/emojis', {
    params: params(),
    query: { name },
    body: body ?? (await picture()),
  });
const rename = (who: LoggedIn, { id }: { id: string }, name: string) =>
  who.call('PATCH /api/servers/:id/emojis/:eid', {
    params: { ...params(), eid: id },
    body: { name },
  });
const remove = (who: LoggedIn, { id }: { id: string }) =>
  who.call('DELETE /api/servers/:id/emojis/:eid', { params: { ...params(), eid: id } });
const list = (who: LoggedIn) => who.call('GET /api/servers/:id/emojis', { params: params() });
const kept = (id: string) => readdir(join(folder, 'emojis', id)).catch(() => []);

test('an added emoji is in the list, in the server, and told to its room', async () => {
  const added = await add(here.owner, ' Party_Parrot ');
  expect(added).toMatchObject({ name: 'party_parrot', animated: false, serverId: here.serverId });
  expect(added.image).toMatch(new RegExp(`^/api/images/emojis/${added.id}/[0-9a-f]{32}$`));
  const shown = await sharp(await (await here.app.fetch(added.image)).arrayBuffer()).metadata();
  expect(shown).toMatchObject({ format: 'webp', width: 128, height: 64 });
  const member = await here.join(`member-${count}`);
  expect(await list(member)).toMatchObject([
    { id: added.id, creator: { id: here.owner.user.id }, createdAt: expect.any(String) },
  ]);
  const view = await member.call('GET /api/servers/:id', { params: params() });
  expect(view.emojis).toEqual([added]);
  expect(view.channels).toHaveLength(2);
  expect(here.app.rooms.to('server', here.serverId)[0]).toMatchObject({
    structure: { emojis: [added] },
    change: { type: 'emoji.created', emoji: added },
  });
});

test('a new name, and it keeps its id and its picture', async () => {
  const added = await add(here.owner, 'one');
  const renamed = await rename(here.owner, added, 'TWO');
  expect(renamed).toEqual({ ...added, name: 'two' });
  expect(await rename(here.owner, added, 'two')).toEqual(renamed);
  expect(here.app.rooms.to('server', here.serverId)).toMatchObject([
    { change: { type: 'emoji.created' } },
    { change: { type: 'emoji.updated', emoji: { name: 'two' } } },
  ]);
});

test('a name is there once in a server, whatever its case', async () => {
  const one = await add(here.owner, 'same');
  expect(await outcome(add(here.owner, 'SAME'))).toBe('emoji_taken');
  const other = await add(here.owner, 'other');
  expect(await outcome(rename(here.owner, other, 'same'))).toBe('emoji_taken');
  await remove(here.owner, one);
  expect(await outcome(rename(here.owner, other, 'same'))).toBe('yes');
});

test('the same name added twice at once is there once, and no picture is left of the other', async () => {
  const before = await readdir(join(folder, 'emojis')).catch((): string[] => []);
  const outcomes = await Promise.all([
    outcome(add(here.owner, 'rush', await picture('red'))),
    outcome(add(here.owner, 'rush', await picture('blue'))),
  ]);
  expect(outcomes.toSorted()).toEqual(['emoji_taken', 'yes']);
  await here.app.settled();
  const [only] = await list(here.owner);
  const folders = await readdir(join(folder, 'emojis'));
  const left = await Promise.all(folders.filter((id) => !before.includes(id)).map(kept));
  expect(left.flat()).toEqual([only?.image.split('/').at(-1)]);
});

test.each(['a', 'x'.repeat(33), 'with space', 'dash-ed', 'naïve', ':colon:', '<b>', '../up', '١٢'])(
  'no emoji is called %j',
  async (name) => {
    const picked = await picture();
    expect(await outcome(add(here.owner, name, picked))).toBe('bad_request');
    const added = await add(here.owner, 'fine', picked);
    expect(await outcome(rename(here.owner, added, name))).toBe('invalid_body');
  },
);

test('what is no picture is refused', async () => {
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"></svg>');
  expect(await outcome(add(here.owner, 'svg', svg))).toBe('bad_image');
  expect(await outcome(add(here.owner, 'none', new Uint8Array()))).toBe('bad_image');
  const cut = (await picture()).slice(0, 80);
  expect(await outcome(add(here.owner, 'cut', cut))).toBe('bad_image');
  expect(await list(here.owner)).toEqual([]);
});

test('there are at most so many', async () => {
  const rows = Array.from({ length: MAX_EMOJIS - 1 }, (_, at) => ({
    id: here.app.deps.ids.next(),
    serverId: here.serverId,
    name: `e${at}`,
    image: '',
    creatorId: here.owner.user.id,
    createdAt: new Date(),
  }));
  await here.app.database.db.insert(emojis).values(rows);
  const last = await add(here.owner, 'last');
  expect(await outcome(add(here.owner, 'more'))).toBe('limit_reached');
  const view = await here.owner.call('GET /api/servers/:id', { params: params() });
  expect(view.emojis).toHaveLength(MAX_EMOJIS);
  await remove(here.owner, last);
  expect(await outcome(add(here.owner, 'more'))).toBe('yes');
});

test('with an emoji its picture goes, and another one that looks the same keeps its own', async () => {
  const [one, twin] = [await add(here.owner, 'one'), await add(here.owner, 'twin')];
  expect(await kept(one.id)).toHaveLength(1);
  await remove(here.owner, one);
  await here.app.settled();
  expect(await kept(one.id)).toEqual([]);
  expect((await here.app.fetch(twin.image)).status).toBe(200);
  expect(await outcome(remove(here.owner, one))).toBe('not_found');
});

test('with a server the pictures of its emoji go', async () => {
  const added = await add(here.owner, 'gone');
  await here.owner.call('DELETE /api/servers/:id', { params: params() });
  await here.app.settled();
  expect(await kept(added.id)).toEqual([]);
});

test('who may manage emoji does, others do not, and it is written down', async () => {
  const member = await here.join(`member-${count}`);
  const added = await add(here.owner, 'mine');
  expect(await outcome(add(member, 'theirs'))).toBe('forbidden');
  expect(await outcome(rename(member, added, 'theirs'))).toBe('forbidden');
  expect(await outcome(remove(member, added))).toBe('forbidden');
  await here.give(member, await here.role('artist', Permission.MANAGE_EMOJI));
  await rename(member, added, 'ours');
  await remove(member, added);
  const log = await here.owner.call('GET /api/servers/:id/audit-log', { params: params() });
  const acts = log.filter(({ action }) => action.startsWith('emoji.'));
  expect(acts.map(({ action, before, after }) => [action, before, after])).toEqual([
    ['emoji.delete', { name: 'ours' }, null],
    ['emoji.update', { name: 'mine' }, { name: 'ours' }],
    ['emoji.create', null, { name: 'mine' }],
  ]);
});

test('another server’s emoji is not there', async () => {
  const added = await add(here.owner, 'here');
  const elsewhere = await first.again();
  const asked = { id: elsewhere.serverId, eid: added.id };
  const attempts = [
    here.owner.call('DELETE /api/servers/:id/emojis/:eid', { params: asked }),
    here.owner.call('PATCH /api/servers/:id/emojis/:eid', {
      params: asked,
      body: { name: 'mine' },
    }),
  ];
  expect(await Promise.all(attempts.map(outcome))).toEqual(['not_found', 'not_found']);
});

test('who meets one elsewhere learns its name and picture, and not its server', async () => {
  const stranger = await here.app.register(`stranger-${count}`);
  const { serverId, ...met } = await add(here.owner, 'met');
  const meet = (id: Snowflake) => stranger.call('GET /api/emojis/:id', { params: { id } });
  expect(await meet(met.id)).toEqual(met);
  expect(await outcome(meet(serverId))).toBe('not_found');
});

test('a repeated request under another name is another request', async () => {
  const body = await picture();
  const send = (name: string) =>
    here.app.fetch(`/api/servers/${here.serverId}/emojis?name=${name}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${here.owner.accessToken}`,
        'content-type': 'image/png',
        'idempotency-key': `emoji-${count}`,
      },
      body,
    });
  expect((await send('one')).status).toBe(201);
  expect((await send('one')).headers.get('idempotency-replayed')).toBe('true');
  expect((await send('two')).status).toBe(409);
});
