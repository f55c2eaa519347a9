import { firstSnowflakeAt } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { OutboxEntry } from '@harmonium/api/internal';
import type { Message } from '@harmonium/api/message';
import { Permission } from '@harmonium/api/permissions';
import { matches, searchTerms } from '@harmonium/api/search-terms';
import * as fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OpenDatabase } from '../db/database.ts';
import { messageWords } from '../db/schema.ts';
import { storeOutbox } from '../internal/store-outbox.ts';
import { openCommunity } from '../testing/community.ts';
import type { Community } from '../testing/community.ts';
import type { LoggedIn } from '../testing/test-app.ts';
import { indexPast } from './index-past.ts';

/** What is found, and by whom; the same on every database. */
export function searchSuite(open: () => Promise<OpenDatabase>): void {
  let database: OpenDatabase;
  let home: Community;
  let base: Community;
  beforeAll(async () => {
    database = await open();
    base = await openCommunity({ database, rateLimitScale: 1e9 });
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    home = await base.again();
    home.app.rooms.answer = () => ({ ok: true });
  });

  const at = (second: number) => new Date(home.app.clock.now + second * 1000).toISOString();

  function said(content: string, more: Partial<Message> = {}): Message {
    const { user } = home.owner;
    return {
      id: home.app.deps.ids.next(),
      channelId: home.textId,
      author: { id: user.id, username: user.username, avatar: null },
      content,
      createdAt: at(0),
      editedAt: null,
      removedAt: null,
      ...more,
    };
  }

  const entries = (channelId: Snowflake, ...list: OutboxEntry[]) =>
    storeOutbox(home.app.deps, { channelId, entries: list });

  async function store(...list: Message[]): Promise<void> {
    for (const [channelId, there] of Map.groupBy(list, (message) => message.channelId)) {
      await entries(channelId, ...there.map((message) => ({ op: 'create' as const, message })));
    }
  }

  async function find(query: object | string, who: LoggedIn = home.owner): Promise<string[]> {
    const asked = typeof query === 'string' ? { query } : query;
    const page = await who.call('GET /api/servers/:id/search', {
      params: { id: home.serverId },
      query: asked,
    });
    return page.messages.map(({ content }) => content);
  }

  test.each([
    ['German', 'In der Straße über Gießen', 'strasse uber'],
    ['Turkish', 'IĞDIR’dan İstanbul’a ısınıyor', 'istanbul ISINIYOR'],
    ['Japanese', '私は日本語を話します', '日本語'],
    ['Chinese', '我们明天去买东西', '买东西'],
    ['Thai', 'ฉันพูดภาษาไทยได้', 'ภาษาไทย'],
    ['Arabic', 'ذهبتُ إلى المدرسةِ', 'المدرسه'],
    ['Korean', '오늘 학교에서 만나요', '학교'],
    ['emoji', 'done 🎉', '🎉'],
    ['code', "`import { readFile } from 'node:fs/promises'`", 'node:fs readfile'],
    ['a link', 'see https://example.org/notes', 'example.org'],
  ])('words are found in %s', async (_, content, query) => {
    await store(said(content), said('something else'));
    expect(await find(query)).toEqual([content]);
  });

  test('the database finds what the words of the contract say, and nothing else', async () => {
    const texts = [
      "pump organ don't O'Neil \\ back\\slash",
      '日本語 と 日本 の 東京',
      'a_b a.b a b',
      '\u{1F389} \u{1F1E9}\u{1F1EA} ½ ﷺ',
      '東北と京都',
      'Orgel orgelpfeife',
    ];
    await store(...texts.map((content) => said(content)));
    const words = fc.constantFrom(
      'pump',
      'organ',
      "don't",
      "O'Neil",
      '\\',
      'back\\slash',
      '日本',
      '東京',
      '京',
      'a.b',
      'a b',
      '½',
      'ﷺ',
      '\u{1F389}',
      'orgel',
      'org',
      '日',
      "'",
      '語',
    );
    const part = fc.tuple(fc.constantFrom('', '-', '"', '-"'), words);
    const query = fc
      .array(part, { minLength: 1, maxLength: 4 })
      .map((parts) =>
        parts.map(([mark, word]) => `${mark}${word}${mark.includes('"') ? '"' : ''}`).join(' '),
      );
    await fc.assert(
      fc.asyncProperty(query, async (typed) => {
        const terms = searchTerms(typed);
        const wanted = texts.filter((text) => terms.length > 0 && matches(terms, text)).reverse();
        expect([typed, await find(typed)]).toEqual([typed, wanted]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('each filter narrows it down', async () => {
    const other = await home.join(`other-${home.serverId}`);
    const author = { id: other.user.id, username: 'other', avatar: null };
    const file = (type: string) => ({
      id: home.app.deps.ids.next(),
      name: 'holiday.bin',
      size: 1,
      type,
    });
    const named = { users: [other.user.id], roles: [], everyone: false };
    await store(
      said('plain'),
      said('theirs', { author }),
      said('picture', { attachments: [file('image/png')] }),
      said('film', { attachments: [file('video/mp4')] }),
      said('song', { attachments: [file('audio/ogg')] }),
      said('https://example.org'),
      said(`<@${other.user.id}> come`, { mentions: named }),
      said('elsewhere', { channelId: home.voiceId }),
    );
    expect(await find({ from: other.user.id })).toEqual(['theirs']);
    expect(await find({ has: 'file' })).toEqual(['song', 'film', 'picture']);
    expect(await find({ has: 'image' })).toEqual(['picture']);
    expect(await find({ has: 'video' })).toEqual(['film']);
    expect(await find({ has: 'audio,file' })).toEqual(['song']);
    expect(await find({ has: 'link' })).toEqual(['https://example.org']);
    expect(await find({ has: 'embed' })).toEqual([]);
    expect(await find({ mentions: other.user.id, query: 'come' })).toHaveLength(1);
    expect(await find({ in: home.voiceId })).toEqual(['elsewhere']);
    expect(await find('holiday')).toEqual(['song', 'film', 'picture']);
    expect(await find({ query: '-theirs', in: home.textId, has: 'link' })).toHaveLength(1);
  });

  test('pins and previews that came later are found', async () => {
    const [one, two] = [said('first'), said('second')];
    await store(one, two);
    await entries(
      home.textId,
      { op: 'pin', id: one.id, by: home.owner.user.id, at: at(1) },
      { op: 'update', id: two.id, embeds: [{ url: 'https://example.org' }] },
    );
    expect(await find({ has: 'pin' })).toEqual(['first']);
    expect(await find({ has: 'embed' })).toEqual(['second']);
  });

  test('before and after take days, moments and messages', async () => {
    const list = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day) =>
      said(day, { id: firstSnowflakeAt(Date.parse(`${day}T12:00:00Z`)) }),
    );
    await store(...list);
    expect(await find({ after: '2026-01-02' })).toEqual(['2026-01-03', '2026-01-02']);
    expect(await find({ before: '2026-01-02' })).toEqual(['2026-01-01']);
    expect(await find({ after: '2026-01-02', before: '2026-01-03' })).toEqual(['2026-01-02']);
    expect(await find({ before: list[1]?.id, sort: 'oldest' })).toEqual(['2026-01-01']);
    expect(await find({ after: '2026-01-02T14:00:00+01:00' })).toEqual(['2026-01-03']);
    expect(await find({ before: '9999-12-31' })).toHaveLength(3);
    expect(await find({ before: '1970-01-01' })).toEqual([]);
  });

  test('turning the pages shows everything once, from either end', async () => {
    const list = Array.from({ length: 60 }, (_, index) => said(`word ${index}`));
    await store(...list);
    for (const sort of ['newest', 'oldest'] as const) {
      const seen: string[] = [];
      let cursor: Snowflake | null | undefined;
      do {
        const page = await home.owner.call('GET /api/servers/:id/search', {
          params: { id: home.serverId },
          query: { query: 'word', sort, limit: 7, ...(cursor && { cursor }) },
        });
        seen.push(...page.messages.map(({ content }) => content));
        ({ cursor } = page);
      } while (cursor !== null);
      const all = list.map(({ content }) => content);
      expect(seen).toEqual(sort === 'oldest' ? all : all.reverse());
    }
  });

  test('what was edited is found by its new words, what was removed by none', async () => {
    const [one, two] = [said('harbour'), said('harbour too')];
    await store(one, two);
    await entries(
      home.textId,
      { op: 'edit', id: one.id, content: 'lighthouse', editedAt: at(1) },
      { op: 'remove', id: two.id, removedAt: at(1) },
    );
    expect(await find('harbour')).toEqual([]);
    expect(await find('lighthouse')).toEqual(['lighthouse']);
    const rows = await home.app.database.db.select().from(messageWords);
    expect(rows.some(({ id }) => id === two.id)).toBe(false);
  });

  test('what changed a moment ago and is not stored yet does not show its old words', async () => {
    const [one, two, three] = [said('secret one'), said('secret two'), said('secret three')];
    await store(one, two, three);
    home.app.rooms.answer = (event) => {
      if (event.type !== 'undrained') return { ok: true };
      const holds = ({ id }: Message) =>
        BigInt(id) > BigInt(event.after ?? 0) && BigInt(id) < BigInt(event.before ?? 2n ** 63n);
      const changed = { ...one, content: 'public', editedAt: at(1) };
      return {
        ok: true,
        messages: [changed].filter(holds),
        removed: [two].filter(holds).map(({ id }) => ({ id, removedAt: at(1) })),
      };
    };
    expect(await find('secret')).toEqual(['secret three']);
  });

  test('while a room cannot be asked the page is refused, to be asked for again', async () => {
    await store(said('word'));
    home.app.rooms.answer = () => {
      throw new Error('away');
    };
    await expect(find('word')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await find('nothing of it')).toEqual([]);
  });

  test('nobody finds what they may not view', async () => {
    const member = await home.join(`member-${home.serverId}`);
    await store(said('in the open'), said('in the booth', { channelId: home.voiceId }));
    expect(await find('in', member)).toEqual(['in the booth', 'in the open']);
    await home.owner.call('PUT /api/channels/:id/overrides/:targetId', {
      params: { id: home.voiceId, targetId: home.serverId },
      body: { kind: 'role', allow: '0', deny: Permission.VIEW_CHANNEL.toString() },
    });
    expect(await find('in', member)).toEqual(['in the open']);
    expect(await find('in')).toHaveLength(2);
    await expect(find({ in: home.voiceId }, member)).rejects.toMatchObject({ code: 'not_found' });
    const stranger = await home.app.register(`stranger-${home.serverId}`);
    await expect(find('in', stranger)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a thread is found by whoever may view its channel', async () => {
    const member = await home.join(`threads-${home.serverId}`);
    const id = home.app.deps.ids.next();
    await home.app.database.db.execute(sql`
    insert into channels (id, server_id, type, name, position, parent_id, created_at)
    values (${id}, ${home.serverId}, 'thread', 'aside', 0, ${home.textId}, now())`);
    await store(said('said aside', { channelId: id }));
    expect(await find('aside', member)).toEqual(['said aside']);
    await home.owner.call('PUT /api/channels/:id/overrides/:targetId', {
      params: { id: home.textId, targetId: home.serverId },
      body: { kind: 'role', allow: '0', deny: Permission.VIEW_CHANNEL.toString() },
    });
    expect(await find('aside', member)).toEqual([]);
  });

  test('a direct conversation is searched by those who take part', async () => {
    const [one, two] = [
      await home.join(`one-${home.serverId}`),
      await home.join(`two-${home.serverId}`),
    ];
    const { id } = await one.call('POST /api/users/@me/channels', {
      body: { userIds: [two.user.id] },
    });
    await store(said('between us', { channelId: id }));
    const search = async (who: LoggedIn) =>
      (
        await who.call('GET /api/channels/:id/search', {
          params: { id },
          query: { query: 'between' },
        })
      ).messages.map(({ content }) => content);
    expect(await search(two)).toEqual(['between us']);
    await expect(search(home.owner)).rejects.toMatchObject({ code: 'not_found' });
    expect(await find('between', one)).toEqual([]);
  });

  test('what was stored before search knew its words is found once it was read', async () => {
    const { db } = home.app.database;
    await store(said('antique'));
    await db.execute(sql`delete from message_words`);
    expect(await find('antique')).toEqual([]);
    await indexPast(home.app.deps);
    expect(await find('antique')).toEqual(['antique']);
    await db.execute(sql`delete from message_words`);
    await indexPast(home.app.deps);
    expect(await find('antique')).toEqual([]);
    await db.execute(sql`delete from settings where name like 'search.%'`);
  });

  test.each([
    { query: 'x'.repeat(201) },
    { from: 'me' },
    { has: 'nothing' },
    { has: 'file,' },
    { before: 'yesterday' },
    { sort: 'best' },
    { limit: '26' },
    { limit: '0' },
    { cursor: '-1' },
  ])('%j is refused', async (query) => {
    const search = new URLSearchParams(Object.entries(query));
    const response = await home.app.fetch(`/api/servers/${home.serverId}/search?${search}`, {
      headers: { authorization: `Bearer ${home.owner.accessToken}` },
    });
    expect(response.status).toBe(400);
  });
}
