import { randomUUID } from 'node:crypto';
import { Snowflake, createSnowflakes } from '@harmonium/api/ids';
import { count, eq, like, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database, OpenDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import * as schema from './schema.ts';
import { isUniqueViolation } from './unique-violation.ts';

const { messages, servers, settings, users } = schema;
const ids = createSnowflakes({ node: 7, now: Date.now });
const SAID_AT = new Date('2026-02-28T23:59:59.123Z');

/** What api asks of a database. Need not be empty: every test makes its own rows. */
export function testDatabase(name: string, open: () => OpenDatabase) {
  describe(`database: ${name}`, () => {
    let db: Database;
    beforeAll(() => {
      ({ db } = open());
    });

    it('stores a snowflake as a number and gives it back as the same text', async () => {
      const largest = Snowflake.parse('9223372036854775807');
      const unique = randomUUID();
      await db.delete(users).where(eq(users.id, largest));
      await db.insert(users).values({ ...account(unique), id: largest });
      const [row] = await db.select().from(users).where(eq(users.id, largest));
      expect(row?.id).toBe('9223372036854775807');
      await db.delete(users).where(eq(users.id, largest));
    });

    it('orders snowflakes by age, not as text', async () => {
      const channelId = await channel(db);
      const young = Snowflake.parse('10000000000000000');
      const old = Snowflake.parse('9999999999999999');
      await db.insert(messages).values([message(channelId, young), message(channelId, old)]);
      const rows = await db
        .select({ id: messages.id })
        .from(messages)
        .where(eq(messages.channelId, channelId))
        .orderBy(messages.id);
      expect(rows.map(({ id }) => id)).toEqual([old, young]);
    });

    it('keeps a moment to the millisecond', async () => {
      const channelId = await channel(db);
      await db.insert(messages).values(message(channelId, ids.next()));
      const [row] = await db.select().from(messages).where(eq(messages.channelId, channelId));
      expect(row?.createdAt).toEqual(SAID_AT);
      expect(row?.editedAt).toBeNull();
    });

    it('keeps permission bits beyond what a JavaScript number holds', async () => {
      const { id: serverId } = await server(db);
      const permissions = (1n << 62n) | 1n;
      await db
        .insert(schema.roles)
        .values({ id: serverId, serverId, name: 'everyone', permissions, position: 0 });
      const [role] = await db.select().from(schema.roles).where(eq(schema.roles.id, serverId));
      expect(role?.permissions).toBe(permissions);
    });

    it('keeps every character of a message', async () => {
      const channelId = await channel(db);
      const content = `'; drop table users; -- \\ "\n\t👩‍🚀 ${'ü'.repeat(4000)}`;
      await db.insert(messages).values({ ...message(channelId, ids.next()), content });
      const [row] = await db.select().from(messages).where(eq(messages.channelId, channelId));
      expect(row?.content).toBe(content);
    });

    it('undoes everything of a transaction that fails', async () => {
      const unique = randomUUID();
      const failure = new Error('changed my mind');
      await expect(
        db.transaction(async (tx) => {
          await tx.insert(settings).values({ name: unique, value: 'half' });
          throw failure;
        }),
      ).rejects.toBe(failure);
      expect(await db.select().from(settings).where(eq(settings.name, unique))).toEqual([]);
    });

    it('goes on after a statement that was refused', async () => {
      await expect(db.execute(sql`select no_such_column`)).rejects.toThrow('no_such_column');
      await expect(db.transaction((tx) => tx.execute(sql`select no_such_column`))).rejects.toThrow(
        'no_such_column',
      );
      expect(await db.execute(sql`select 1 as one`)).toMatchObject({ rows: [{ one: 1 }] });
    });

    it('says which unique rule was broken, and no other', async () => {
      const first = account(randomUUID());
      await db.insert(users).values(first);
      const error = await refused(
        db.insert(users).values({ ...account(randomUUID()), email: first.email }),
      );
      expect(isUniqueViolation(error, 'users_email')).toBe(true);
      expect(isUniqueViolation(error, 'users_username_key')).toBe(false);
      expect(isUniqueViolation(await refused(db.execute(sql`select nope`)), 'users_email')).toBe(
        false,
      );
    });

    it('says so inside a transaction too', async () => {
      const first = account(randomUUID());
      await db.insert(users).values(first);
      const error = await refused(
        db.transaction(async (tx) => {
          await tx
            .insert(users)
            .values({ ...account(randomUUID()), usernameKey: first.usernameKey });
        }),
      );
      expect(isUniqueViolation(error, 'users_username_key')).toBe(true);
    });

    it('counts every increment of many made at once', async () => {
      const { id } = await server(db);
      const grow = () =>
        db
          .update(servers)
          .set({ rev: sql`${servers.rev} + 1` })
          .where(eq(servers.id, id))
          .returning({ rev: servers.rev });
      const grown = await Promise.all(Array.from({ length: 50 }, grow));
      const revs = grown.flat().map(({ rev }) => rev);
      expect(revs.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    });

    it('keeps transactions that run at once apart', async () => {
      const { id } = await server(db);
      const grow = () =>
        db.transaction(async (tx) => {
          const [row] = await tx.select().from(servers).where(eq(servers.id, id)).for('update');
          await tx
            .update(servers)
            .set({ rev: (row?.rev ?? 0) + 1 })
            .where(eq(servers.id, id));
        });
      await Promise.all(Array.from({ length: 20 }, grow));
      const [row] = await db.select().from(servers).where(eq(servers.id, id));
      expect(row?.rev).toBe(20);
    });

    it('stores a whole batch of messages in one statement, and the same batch once', async () => {
      const channelId = await channel(db);
      const batch = Array.from({ length: 500 }, () => message(channelId, ids.next()));
      await db.insert(messages).values(batch).onConflictDoNothing();
      await db.insert(messages).values(batch).onConflictDoNothing();
      const [stored] = await db
        .select({ total: count() })
        .from(messages)
        .where(eq(messages.channelId, channelId));
      expect(stored?.total).toBe(500);
    });

    it('migrates once when several processes start at once, and again at no harm', async () => {
      const table = `migrated_${randomUUID().replaceAll('-', '')}`;
      const list = [
        { name: `${table}/1`, sql: `create table ${table} (n int)` },
        { name: `${table}/2`, sql: `insert into ${table} values (1)` },
      ];
      await Promise.all([migrate(db, list), migrate(db, list), migrate(db, list)]);
      await migrate(db, list);
      const stored = await db.execute(sql.raw(`select n from ${table}`));
      expect(stored).toMatchObject({ rows: [{ n: 1 }] });
      await db.execute(sql.raw(`drop table ${table}`));
      await db.execute(sql`delete from migrations where name like ${`${table}/%`}`);
    });

    it('leaves nothing of a migration that fails half-way', async () => {
      const mark = randomUUID();
      const list = [
        { name: `${mark}/1`, sql: `insert into settings values ('${mark}', 'x')` },
        { name: `${mark}/2`, sql: 'select no_such_column' },
      ];
      await expect(migrate(db, list)).rejects.toThrow('no_such_column');
      expect(await db.select().from(settings).where(like(settings.name, mark))).toEqual([]);
    });

    it('answers a ping', async () => {
      await open().ping();
    });
  });
}

function account(unique: string) {
  return {
    id: ids.next(),
    username: 'ada',
    usernameKey: unique,
    email: `${unique}@example.org`,
    passwordHash: 'none',
    createdAt: SAID_AT,
  };
}

async function server(db: Database) {
  const owner = account(randomUUID());
  await db.insert(users).values(owner);
  const row = { id: ids.next(), name: 'Home', ownerId: owner.id, createdAt: SAID_AT };
  await db.insert(servers).values(row);
  return row;
}

async function channel(db: Database) {
  const { id: serverId } = await server(db);
  const id = ids.next();
  await db
    .insert(schema.channels)
    .values({ id, serverId, type: 'text', name: 'general', position: 0, createdAt: SAID_AT });
  return id;
}

function message(channelId: Snowflake, id: Snowflake) {
  return { channelId, id, authorId: ids.next(), content: 'hello', createdAt: SAID_AT };
}

async function refused(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('was not refused');
}
