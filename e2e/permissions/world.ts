import type { Snowflake } from '@harmonium/api/ids';
import { ALL_PERMISSIONS, Permission } from '@harmonium/api/permissions';
import type { CallPlace } from '@harmonium/sfu/node';
import { sql } from 'drizzle-orm';
import { createMemoryCache } from '../../api/src/adapters/cache-memory.ts';
import { createLocalRooms } from '../../api/src/adapters/rooms-local.ts';
import type { Cache } from '../../api/src/cache.ts';
import type { Deps } from '../../api/src/deps.ts';
import { openTestApp, type LoggedIn, type TestApp } from '../../api/src/testing/test-app.ts';
import { FakeHost } from '../../rooms/src/testing/fake-host.ts';
import { createRoomsApi } from '../../rooms/src/rooms-api.ts';
import { ACCOUNTS, MEMBERS, type Account } from './people.ts';
import type { Place } from './place.ts';

const BEGUN = Date.UTC(2026, 0, 1);
const EVERY_MINUTE = 60_000;
/** What rooms are asked, or decide about themselves. */
const ASKING = new Set<string>(['undrained', 'pins', 'accept']);

/**
 * One server with everyone in it who may try something, on the real api and the real rooms. What
 * was done to it is undone by `restore`.
 */
export interface World {
  app: TestApp;
  /** The rooms; another object after each `restore`. */
  readonly host: FakeHost;
  people: Record<Account, LoggedIn>;
  home: Place;
  /** A server of somebody else, in which nobody of these people is. */
  elsewhere: Place;
  /** By who wrote it, in the text channel. */
  ownMessages: Record<Account, Snowflake>;
  serviceToken: string;
  /** What rooms were told since the last `restore`, questions left out. */
  told: string[];
  /** Puts everything back as it was. */
  restore(): Promise<void>;
  /** Says what `needed` is, and what `without` lacks of it. */
  need(needed: bigint, lacked: bigint): Promise<void>;
  /** The same text as long as nothing that is stored has changed. */
  fingerprint(): Promise<string>;
  /** Until nothing is under way, and what rooms hold is stored. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  let host: FakeHost;
  let cache: Cache;
  const told: string[] = [];
  const publish: FakeHost['publisher']['publish'] = async (party, roomId, events) => {
    const telling = events.filter(({ type }) => !ASKING.has(type));
    told.push(...telling.map((event) => `${party}/${roomId} ${JSON.stringify(event)}`));
    return host.publisher.publish(party, roomId, events);
  };
  const inCall: CallPlace[] = [];
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const app = await openTestApp({
    cache: throughout(() => cache),
    rooms: createLocalRooms({ publisher: { publish }, stats: () => Promise.resolve() }),
    images: {
      canScale: true,
      square: (bytes) => Promise.resolve(bytes),
      emoji: (bytes) => Promise.resolve({ bytes, isAnimated: false }),
      share: () => Promise.resolve('bad_image'),
    },
    sfus: withPeople(inCall),
    files: keptIn(files),
    ownerCode: 'the code',
    rateLimitScale: 1e9,
  });
  const { tickets, serviceTokens } = app.deps;
  const api = createRoomsApi({ baseUrl: '', fetch: app.fetch, tokens: serviceTokens });
  const begin = () => {
    app.clock.now = BEGUN + EVERY_MINUTE;
    cache = createMemoryCache({ now: () => app.clock.now });
    host = new FakeHost({ tickets, api, rateLimitScale: 1e6 }, app.clock.now);
    told.length = 0;
  };
  begin();

  const people = await everyone(app);
  const home = await settleIn(app, people);
  inCall.push({ userId: home.targetId, channelId: home.voiceId });
  const elsewhere = await anotherServer(app);
  const ownMessages = await write(app, people, home);
  await app.settled();
  const serviceToken = await serviceTokens.issue('rooms', 'api');
  const store = await storeOf(app);
  begin();

  return {
    app,
    get host() {
      return host;
    },
    people,
    home,
    elsewhere,
    ownMessages,
    serviceToken,
    told,
    async restore() {
      await app.settled();
      await store.restore();
      begin();
    },
    async need(needed, lacked) {
      const rest = ALL_PERMISSIONS & ~Permission.ADMINISTRATOR & ~lacked;
      await store.setBits('needed', needed);
      await store.setBits('rest', rest);
    },
    fingerprint: () => store.fingerprint(),
    async settle() {
      await app.settled();
      await host.advance(2_000);
      app.clock.now = host.now;
      await app.settled();
    },
    close: () => app.close(),
  };
}

/** An sfu whose calls these people are in; what is done to them changes nothing. */
function withPeople(inCall: readonly CallPlace[]): Deps['sfus'] {
  const isNamed = ({ userId }: CallPlace, userIds: readonly string[] = [userId]) =>
    userIds.includes(userId);
  return {
    choose: (_, origin) => Promise.resolve({ url: `${origin}/sfu` }),
    disconnect: () => Promise.resolve(),
    accessChanged: () => Promise.resolve([]),
    places: ({ userIds }) => Promise.resolve(inCall.filter((place) => isNamed(place, userIds))),
    move: () => Promise.resolve(true),
    permit: () => Promise.resolve(),
    trouble: () => Promise.resolve(undefined),
  };
}

async function everyone(app: TestApp): Promise<World['people']> {
  const people = await Promise.all(
    ACCOUNTS.map(async (who) => [who, await app.register(who)] as const),
  );
  await app.database.db.execute(
    sql`update users set instance_owner = true where username = 'keeper'`,
  );
  return Object.fromEntries(people) as World['people']; // One for each.
}

/** Roles from the lowest up; `needed` and `rest` are given their permissions by `need`. */
const ROLES = ['plain', 'needed', 'rest', 'all', 'admins', 'low', 'rank', 'high'] as const;
type RoleName = (typeof ROLES)[number];

const HELD: Record<(typeof MEMBERS)[number] | 'left', RoleName[]> = {
  without: ['rest', 'high'],
  member: ['needed', 'high'],
  equal: ['needed', 'rank'],
  lower: ['needed', 'low'],
  admin: ['admins', 'low'],
  timedOut: ['needed', 'high'],
  shutOut: ['all', 'high'],
  target: ['rank'],
  owner: [],
  left: ['all'],
};

async function settleIn(app: TestApp, people: World['people']): Promise<Place> {
  const { owner, banned, left, target, member } = people;
  const view = await owner.call('POST /api/servers', { body: { name: 'Home' } });
  const serverId = view.server.id;
  const params = { id: serverId };
  const [text, voice] = view.channels;
  if (text === undefined || voice === undefined) throw new Error('A new server has channels.');
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  for (const who of [...MEMBERS, 'banned', 'left'] as const) {
    await people[who].call('POST /api/invites/:code', { params: { code } });
  }
  const roles = new Map<RoleName, Snowflake>();
  for (const name of ROLES.toReversed()) {
    const { id } = await owner.call('POST /api/servers/:id/roles', {
      params,
      body: { name, permissions: String(BITS[name] ?? 0n) },
    });
    roles.set(name, id);
  }
  const roleId = (name: RoleName) => roles.get(name) ?? serverId;
  for (const [who, names] of Object.entries(HELD) as [Account, RoleName[]][]) {
    await owner.call('PATCH /api/servers/:id/members/:uid', {
      params: { id: serverId, uid: people[who].user.id },
      body: { roles: names.map(roleId) },
    });
  }
  await owner.call('PATCH /api/servers/:id/roles/:rid', {
    params: { id: serverId, rid: serverId },
    body: { permissions: String(Permission.VIEW_CHANNEL) },
  });
  const { id: categoryId } = await owner.call('POST /api/servers/:id/categories', {
    params,
    body: { name: 'Rooms' },
  });
  const override = (id: Snowflake, targetId: Snowflake, sets: object) =>
    owner.call('PUT /api/channels/:id/overrides/:targetId', {
      params: { id, targetId },
      body: { kind: 'member', allow: '0', deny: '0', ...sets },
    });
  const view1 = String(Permission.VIEW_CHANNEL);
  for (const id of [text.id, voice.id]) {
    await override(id, people.shutOut.user.id, { deny: view1 });
    await override(id, left.user.id, { allow: view1 });
    await override(id, roleId('plain'), { kind: 'role' });
  }
  const group = await owner.call('POST /api/users/@me/channels', {
    body: { userIds: [member.user.id, target.user.id], name: 'Group' },
  });
  await left.call('DELETE /api/users/@me/servers/:id', { params });
  const bannedId = banned.user.id;
  await owner.call('PUT /api/servers/:id/bans/:uid', {
    params: { id: serverId, uid: bannedId },
    body: {},
  });
  await owner.call('PATCH /api/servers/:id/members/:uid', {
    params: { id: serverId, uid: people.timedOut.user.id },
    body: { timeoutUntil: new Date(BEGUN + 24 * 3_600_000).toISOString() },
  });
  return {
    serverId,
    textId: text.id,
    voiceId: voice.id,
    categoryId,
    rankId: roleId('rank'),
    emojiId: await addEmoji(owner, serverId),
    plainId: roleId('plain'),
    allId: roleId('all'),
    targetId: target.user.id,
    targetName: 'target',
    bannedId,
    inviteCode: code,
    messageId: app.deps.ids.next(),
    groupId: group.id,
    groupMessageId: app.deps.ids.next(),
    sessionId: await sessionOf(target),
  };
}

const BITS: Partial<Record<RoleName, bigint>> = {
  all: ALL_PERMISSIONS & ~Permission.ADMINISTRATOR,
  admins: Permission.ADMINISTRATOR,
};

async function sessionOf(who: LoggedIn): Promise<Snowflake> {
  const [session] = await who.call('GET /api/users/@me/sessions');
  if (session === undefined) throw new Error('Whoever asks has a session.');
  return session.id;
}

async function anotherServer(app: TestApp): Promise<Place> {
  const [owner, target, banned] = [
    await app.register('elsewhere-owner'),
    await app.register('elsewhere-target'),
    await app.register('elsewhere-banned'),
  ];
  const view = await owner.call('POST /api/servers', { body: { name: 'Elsewhere' } });
  const serverId = view.server.id;
  const params = { id: serverId };
  const [text, voice] = view.channels;
  if (text === undefined || voice === undefined) throw new Error('A new server has channels.');
  const { code } = await owner.call('POST /api/servers/:id/invites', { params, body: {} });
  await target.call('POST /api/invites/:code', { params: { code } });
  const role = (name: string) =>
    owner.call('POST /api/servers/:id/roles', { params, body: { name } });
  const category = await owner.call('POST /api/servers/:id/categories', {
    params,
    body: { name: 'theirs' },
  });
  const [rank, plain] = [await role('rank'), await role('plain')];
  await owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: text.id, targetId: plain.id },
    body: { kind: 'role', allow: '0', deny: '0' },
  });
  const group = await owner.call('POST /api/users/@me/channels', {
    body: { userIds: [target.user.id], name: '' },
  });
  await owner.call('PUT /api/servers/:id/bans/:uid', {
    params: { id: serverId, uid: banned.user.id },
    body: {},
  });
  return {
    serverId,
    textId: text.id,
    voiceId: voice.id,
    categoryId: category.id,
    rankId: rank.id,
    emojiId: await addEmoji(owner, serverId),
    plainId: plain.id,
    allId: rank.id,
    targetId: target.user.id,
    targetName: 'elsewhere-target',
    bannedId: banned.user.id,
    inviteCode: code,
    messageId: await keepMessage(app, target, text.id),
    groupId: group.id,
    groupMessageId: await keepMessage(app, target, group.id),
    sessionId: await sessionOf(target),
  };
}

async function addEmoji(who: LoggedIn, serverId: Snowflake): Promise<Snowflake> {
  const { id } = await who.call('POST /api/servers/:id/emojis', {
    params: { id: serverId },
    query: { name: 'wave' },
    body: new Uint8Array([1]),
  });
  return id;
}

async function write(app: TestApp, people: World['people'], home: Place) {
  await keepMessage(app, people.target, home.textId, home.messageId);
  await keepMessage(app, people.target, home.groupId, home.groupMessageId);
  const own: [string, Snowflake][] = [];
  for (const who of ACCOUNTS) own.push([who, await keepMessage(app, people[who], home.textId)]);
  return Object.fromEntries(own) as World['ownMessages']; // One for each.
}

async function keepMessage(
  app: TestApp,
  { user }: LoggedIn,
  channelId: Snowflake,
  id: Snowflake = app.deps.ids.next(),
): Promise<Snowflake> {
  const createdAt = new Date(BEGUN).toISOString();
  const author = { id: user.id, username: user.username, avatar: null };
  const message = { id, channelId, author, content: `by ${user.username}`, createdAt };
  const answer = await app.fetch('/api/internal/outbox', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await app.deps.serviceTokens.issue('rooms', 'api')}`,
    },
    body: JSON.stringify({
      channelId,
      entries: [{ op: 'create', message: { ...message, editedAt: null, removedAt: null } }],
    }),
  });
  if (answer.status !== 204) throw new Error(await answer.text());
  return id;
}

/** Copies of all tables, and how to go back to them. */
async function storeOf(app: TestApp) {
  const { db } = app.database;
  const run = (text: string) => db.execute(sql.raw(text));
  const found = await db
    .select({ name: sql<string>`tablename` })
    .from(sql`pg_tables`)
    .where(sql`schemaname = 'public'`);
  const tables = found.map(({ name }) => `"${name}"`);
  await run('create schema kept');
  for (const table of tables) await run(`create table kept.${table} as table public.${table}`);
  const sums = tables.map(
    (name) => `(select md5(string_agg(t::text, ';' order by t::text)) from public.${name} t)`,
  );
  const read = async () => {
    const all = sql<(string | null)[]>`array[${sql.raw(sums.join())}]`;
    const [row] = await db.select({ all }).from(sql`(select 1) as once`);
    return row?.all ?? [];
  };
  const asKept = await read();
  return {
    async restore() {
      const now = await read();
      const changed = tables.filter((_, index) => now[index] !== asKept[index]);
      if (changed.length === 0) return;
      // Nobody looks at references meanwhile, and nothing goes along with what is deleted.
      const steps = [`set session_replication_role = replica`];
      for (const name of changed) {
        steps.push(`delete from public.${name}`, `insert into public.${name} table kept.${name}`);
      }
      await run([...steps, `set session_replication_role = default`].join(';'));
    },
    fingerprint: async () => (await read()).join(),
    setBits: (name: RoleName, bits: bigint) =>
      run(`update roles set permissions = ${bits} where name = '${name}'`),
  };
}

function throughout(current: () => Cache): Cache {
  return {
    get: (key) => current().get(key),
    set: (key, value, ttl) => current().set(key, value, ttl),
    replace: (key, before, after, ttl) => current().replace(key, before, after, ttl),
    delete: (key) => current().delete(key),
    increment: (key, window) => current().increment(key, window),
    ping: () => current().ping(),
  };
}

function keptIn(files: Map<string, Uint8Array<ArrayBuffer>>): Deps['files'] {
  return {
    async put(key, body) {
      files.set(key, new Uint8Array(await new Response(body).arrayBuffer()));
    },
    async get(key) {
      const bytes = files.get(key);
      const { body } = new Response(bytes);
      if (bytes === undefined || body === null) return undefined;
      return { size: bytes.byteLength, type: 'image/webp', body };
    },
    async head(key) {
      const size = files.get(key)?.byteLength;
      return size === undefined ? undefined : { size, type: 'image/webp' };
    },
    async delete(key) {
      files.delete(key);
    },
    move: async (from, to) => {
      const bytes = files.get(from);
      if (bytes !== undefined) files.set(to, bytes);
      return files.delete(from);
    },
    signUpload: (key) => Promise.resolve({ url: `/files/${key}`, method: 'PUT', headers: {} }),
    signDownload: (key) => Promise.resolve(`/files/${key}`),
    ping: () => Promise.resolve(),
  };
}
