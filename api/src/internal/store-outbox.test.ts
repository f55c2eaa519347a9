import type { Snowflake } from '@harmonium/api/ids';
import type { OutboxEntry } from '@harmonium/api/internal';
import type { Message } from '@harmonium/api/message';
import { asc, eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { attachments, pins, reactions } from '../db/schema.ts';
import { openTestApp } from '../testing/test-app.ts';
import type { LoggedIn, TestApp } from '../testing/test-app.ts';
import { storeOutbox } from './store-outbox.ts';

/* What rooms accept of everything that a message can be, and what is done to it. */

let app: TestApp;
let owner: LoggedIn;
let friend: LoggedIn;
let id: Snowflake;
let serverId: Snowflake;
beforeAll(async () => {
  app = await openTestApp({ rateLimitScale: 1e9 });
  owner = await app.register('owner');
  friend = await app.register('friend');
}, 30_000);
afterAll(() => app.close());
beforeEach(async () => {
  app.rooms.answer = () => ({ ok: true });
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  serverId = view.server.id;
  id = view.channels[0]?.id ?? serverId; // A new server has channels.
});

const at = (second: number) => new Date(app.clock.now + second * 1000).toISOString();
const message = (over: Partial<Message> = {}): Message => ({
  id: app.deps.ids.next(),
  channelId: id,
  author: { id: owner.user.id, username: 'owner', avatar: null },
  content: 'hello',
  createdAt: at(0),
  editedAt: null,
  removedAt: null,
  ...over,
});
const create = (over?: Partial<Message>) => ({ op: 'create', message: message(over) }) as const;
const store = (...entries: OutboxEntry[]) => storeOutbox(app.deps, { channelId: id, entries });
const page = (reader = owner) => reader.call('GET /api/channels/:id/messages', { params: { id } });
const react = (to: Snowflake, emoji: string, { user } = owner, second = 1) =>
  ({ op: 'react', id: to, emoji, userId: user.id, at: at(second) }) as const;
const unreact = (to: Snowflake, emoji: string, { user } = owner) =>
  ({ op: 'unreact', id: to, emoji, userId: user.id }) as const;
const remove = (of: Snowflake, by?: Snowflake) =>
  ({ op: 'remove', id: of, removedAt: at(9), ...(by && { by }) }) as const;
const pin = (of: Snowflake, second = 1) =>
  ({ op: 'pin', id: of, by: owner.user.id, at: at(second) }) as const;
const unpin = (of: Snowflake) => ({ op: 'unpin', id: of, by: friend.user.id }) as const;

const FILE = { name: 'a.png', size: 3, type: 'image/png', width: 1, height: 1 };
async function upload(): Promise<Message['attachments']> {
  const fileId = app.deps.ids.next();
  await app.database.db.insert(attachments).values({
    ...FILE,
    id: fileId,
    channelId: id,
    uploaderId: owner.user.id,
    state: 'ready',
    createdAt: new Date(app.clock.now),
  });
  return [{ id: fileId, ...FILE }];
}
const filesOf = async () => {
  const rows = await app.database.db
    .select({ messageId: attachments.messageId, state: attachments.state })
    .from(attachments)
    .where(eq(attachments.channelId, id));
  return rows;
};
const EMBEDS = [{ url: 'https://example.org/', title: 'Example' }];
const full = async () => {
  const mentions = { users: [friend.user.id], roles: ['7' as Snowflake], everyone: true };
  return create({ replyTo: '5' as Snowflake, mentions, attachments: await upload() });
};

test('a message comes back with all that was in it, and nothing of what was not', async () => {
  const [plain, rich] = [create(), await full()];
  await store(plain, rich);
  const [second, first] = await page();
  expect(second).toEqual(rich.message);
  expect(Object.keys(first ?? {}).toSorted()).toEqual(Object.keys(plain.message).toSorted());
  expect(await filesOf()).toEqual([{ messageId: rich.message.id, state: 'ready' }]);
});

test('an edit says anew whom a message names, and ends its previews; its thread stays', async () => {
  const entry = await full();
  const { id: of } = entry.message;
  await store(
    entry,
    { op: 'update', id: of, embeds: EMBEDS },
    { op: 'update', id: of, threadId: of },
  );
  expect(await page()).toMatchObject([{ embeds: EMBEDS, threadId: of, content: 'hello' }]);
  await store({ op: 'edit', id: of, content: 'bye', editedAt: at(1) });
  const [edited] = await page();
  expect(edited).toMatchObject({ content: 'bye', threadId: of });
  expect([edited?.mentions, edited?.embeds]).toEqual([undefined, undefined]);
  expect(edited?.attachments).toHaveLength(1);
  await store({ op: 'update', id: of, embeds: EMBEDS });
  expect((await page())[0]?.embeds).toEqual(EMBEDS);
  await store({ op: 'update', id: of, embeds: [] });
  expect((await page())[0]?.embeds).toBeUndefined();
});

test('of an edit’s links that were there before the previews stay', async () => {
  const [kept, ended] = [EMBEDS[0], { url: 'https://example.org/other', title: 'Other' }];
  const entry = create();
  const { id: of } = entry.message;
  const content = 'only https://example.org/ now, and not `https://example.org/other`';
  const found: OutboxEntry = { op: 'update', id: of, embeds: [ended, ...EMBEDS] };
  const edit = { op: 'edit', id: of, content, editedAt: at(1) } as const;
  await store(entry, found);
  await store(edit);
  expect((await page())[0]?.embeds).toEqual([kept]);
  await store({ ...edit, content: 'none', editedAt: at(2) });
  expect((await page())[0]?.embeds).toBeUndefined();
  await store(found, { ...edit, editedAt: at(3) });
  expect((await page())[0]?.embeds).toEqual([kept]);
});

test('an edit and what was found out about it come in one batch', async () => {
  const entry = create();
  const { id: of } = entry.message;
  const edit = { op: 'edit', id: of, content: 'new', editedAt: at(2) } as const;
  await store(entry, edit, { op: 'update', id: of, embeds: EMBEDS });
  await store({ ...edit, editedAt: at(1) });
  // An older edit that comes again takes nothing back, and holds nothing up.
  await store({ ...edit, content: 'old', editedAt: at(1) }, { op: 'update', id: of, threadId: of });
  expect(await page()).toMatchObject([
    { content: 'new', editedAt: at(2), embeds: EMBEDS, threadId: of },
  ]);
});

test('whatever is written comes back letter by letter', { timeout: 60_000 }, async () => {
  const kept = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(kept, kept, async (content, name) => {
      const [file] = (await upload()) ?? [];
      if (file === undefined) throw new Error('no file');
      const entry = create({ content, attachments: [{ ...file, name: `${name}.` }] });
      await store(entry);
      expect((await page())[0]).toEqual(entry.message);
    }),
    { numRuns: 40 },
  );
});

test('text that PostgreSQL cannot keep is kept as near as can be, in titles and names too', async () => {
  const title = 'a\0b\ud800';
  const [file] = (await upload()) ?? [];
  if (file === undefined) throw new Error('no file');
  const entry = create({ embeds: [{ url: 'https://example.org/', title }] });
  await store(entry, create({ attachments: [{ ...file, name: title }] }));
  expect(await page()).toMatchObject([
    { attachments: [{ name: 'a\ufffdb\ufffd' }] },
    { embeds: [{ title: 'a\ufffdb\ufffd' }] },
  ]);
});

test('of a removed message nothing is left: words, files, pins, nor what was put on it', async () => {
  const entry = await full();
  const { id: of } = entry.message;
  await store(entry, { op: 'update', id: of, embeds: EMBEDS }, react(of, '👍'), pin(of));
  await store(remove(of), react(of, '🎉'), pin(of, 3));
  // All of it again, as after a crash.
  await store(entry, react(of, '👍'), pin(of));
  const [gone] = await page();
  expect(gone).toEqual({
    ...message(),
    id: of,
    content: '',
    removedAt: at(9),
    replyTo: entry.message.replyTo,
  });
  expect(await filesOf()).toEqual([{ messageId: of, state: 'gone' }]);
  expect(await app.database.db.select().from(pins).where(eq(pins.channelId, id))).toEqual([]);
  expect(await app.database.db.select().from(reactions).where(eq(reactions.channelId, id))).toEqual(
    [],
  );
});

test('reactions are counted for each reader, in the order in which each emoji came', async () => {
  const entry = create();
  const { id: of } = entry.message;
  await store(
    entry,
    create(),
    react(of, '🎉', owner, 1),
    react(of, '👍', friend, 2),
    react(of, '👍', owner, 3),
    react(of, '41', friend, 4),
  );
  expect((await page())[1]?.reactions).toEqual([
    { emoji: '🎉', count: 1, me: true },
    { emoji: '👍', count: 2, me: true },
    { emoji: '41', count: 1, me: false },
  ]);
  expect((await page())[0]?.reactions).toBeUndefined();
});

test(
  'of reactions the last word counts, however often the batch comes again',
  { timeout: 60_000 },
  async () => {
    const entries = [create(), create()] as const;
    await store(...entries);
    const targets = entries.map((entry) => entry.message.id);
    const word = fc.record({
      put: fc.boolean(),
      to: fc.constantFrom(...targets),
      emoji: fc.constantFrom('👍', '🎉', '👩‍🚀'),
      who: fc.constantFrom(owner, friend),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        async (words, cut) => {
          const batch = words.map(({ put, to, emoji, who }, second) =>
            put ? react(to, emoji, who, second) : unreact(to, emoji, who),
          );
          const there = new Set<string>();
          for (const { put, to, emoji, who } of words) {
            const key = [to, emoji, who.user.id].join(' ');
            if (put) there.add(key);
            else there.delete(key);
          }
          await app.database.db.delete(reactions);
          // A part whose answer was lost, then all of it, twice.
          await store(...entries, ...batch.slice(0, cut % (batch.length + 1)));
          await store(...entries, ...batch);
          await store(...batch);
          const rows = await app.database.db.select().from(reactions);
          const stored = rows.map((row) => [row.messageId, row.emoji, row.userId].join(' '));
          expect(stored.toSorted()).toEqual([...there].toSorted());
        },
      ),
      { numRuns: 40 },
    );
  },
);

test('who put it on anew is last in line', async () => {
  const entry = create();
  const { id: of } = entry.message;
  await store(entry, react(of, '👍', owner, 1), react(of, '🎉', owner, 2));
  await store(unreact(of, '👍'), react(of, '👍', owner, 3));
  const [first] = await page();
  expect(first?.reactions?.map(({ emoji }) => emoji)).toEqual(['🎉', '👍']);
});

test('what somebody put on messages goes with their account, and does not come back', async () => {
  const leaver = await app.register('leaver');
  const entry = create();
  const { id: of } = entry.message;
  await store(entry, react(of, '👍', leaver), react(of, '👍'));
  await leaver.call('DELETE /api/users/@me', { body: { password: 'correct horse' } });
  await store(entry, react(of, '👍', leaver));
  expect((await page())[0]?.reactions).toEqual([{ emoji: '👍', count: 1, me: true }]);
});

test('pins come and go by the last word, and the log says who, once', async () => {
  const entries = [create(), create(), create()] as const;
  const [one, two, three] = entries.map((entry) => entry.message.id) as [
    Snowflake,
    Snowflake,
    Snowflake,
  ]; // Three of three.
  await store(...entries, pin(one, 1), pin(two, 2), pin(three, 3));
  await store(...entries, pin(one, 1), pin(two, 2), pin(three, 3), unpin(two));
  await store(pin(one, 1), unpin(two), unpin(three), remove(three, owner.user.id));
  const rows = await app.database.db
    .select({ messageId: pins.messageId, pinnedBy: pins.pinnedBy })
    .from(pins)
    .where(eq(pins.channelId, id))
    .orderBy(asc(pins.pinnedAt));
  expect(rows).toEqual([{ messageId: one, pinnedBy: owner.user.id }]);
  const log = await owner.call('GET /api/servers/:id/audit-log', { params: { id: serverId } });
  const acts = log
    .filter(({ action }) => action.startsWith('message.'))
    .map(({ action, actor, targetId, before, after }) => [
      action,
      actor.username,
      targetId,
      (after ?? before)?.['messageId'],
    ])
    .toReversed();
  expect(acts).toEqual([
    ['message.pin', 'owner', owner.user.id, one],
    ['message.pin', 'owner', owner.user.id, two],
    ['message.pin', 'owner', owner.user.id, three],
    ['message.unpin', 'friend', owner.user.id, two],
  ]);
});

test('a whole batch of each kind is stored at once', async () => {
  const entries = Array.from({ length: 250 }, () => create());
  await store(...entries, ...entries.map((entry) => react(entry.message.id, '👍')));
  const edits = entries.map(({ message: { id: of } }) => ({
    op: 'edit' as const,
    id: of,
    content: 'x',
    editedAt: at(1),
  }));
  await store(...edits, ...entries.map((entry) => unreact(entry.message.id, '👍')));
  await store(...entries.map((entry) => remove(entry.message.id)));
  expect(await page()).toHaveLength(50);
});
