import { expect, test } from 'vitest';
import { migrations } from './migrations/index.ts';

/**
 * While one process brings the database up to date, others of the version before go on. So a
 * migration adds, and nothing else; what goes beyond has a reason here.
 */
const REASONS: Record<string, string> = {
  'ALTER TABLE "channels" ALTER COLUMN "server_id" DROP NOT NULL':
    'Rows without a server are direct conversations, which an older version never asks for.',
  'CREATE UNIQUE INDEX "channels_direct_key" ON "channels"':
    'Of a column that is new, and empty: one look at each channel.',
  'CREATE INDEX "messages_author" ON "messages"':
    'Messages are not stored while it is made, about a second a million of them; rooms keep them meanwhile.',
  'CREATE INDEX "channels_parent" ON "channels"':
    'Of a column that is new, and empty: one look at each channel.',
  'CREATE UNIQUE INDEX "channels_starter" ON "channels"':
    'Of a column that is new, and empty: one look at each channel.',
};

const IDENTIFIER = '"(\\w+)"';
const CREATE_TABLE = new RegExp(`^CREATE TABLE ${IDENTIFIER}`);
const ADD_COLUMN = new RegExp(`^ALTER TABLE ${IDENTIFIER} ADD COLUMN ${IDENTIFIER} (.*)$`);
const FOREIGN_KEY = new RegExp(
  `^ALTER TABLE ${IDENTIFIER} ADD CONSTRAINT ${IDENTIFIER} FOREIGN KEY \\(([^)]*)\\)`,
);
const CREATE_INDEX = new RegExp(`^CREATE (?:UNIQUE )?INDEX ${IDENTIFIER} ON ${IDENTIFIER}`);

/** What of a migration could disturb a version that does not know it. */
function disturbances(sql: string): string[] {
  const statements = sql.split('--> statement-breakpoint').map((one) => one.trim());
  /** Tables, and columns as `table.column`, that nobody used before. */
  const fresh = new Set<string>();
  return statements.filter((statement) => {
    const table = CREATE_TABLE.exec(statement)?.[1];
    const [, changed, column, type = ''] = ADD_COLUMN.exec(statement) ?? [];
    if (table !== undefined) fresh.add(table);
    if (changed !== undefined) fresh.add(`${changed}.${column}`);
    if (table !== undefined) return false;
    if (changed !== undefined) return !isHarmless(type);
    const [, owner = '', , columns = ''] = FOREIGN_KEY.exec(statement) ?? [];
    if (owner !== '') return !fresh.has(owner) && !namesIn(columns).every(isFresh(owner));
    const indexed = CREATE_INDEX.exec(statement)?.[2];
    return indexed === undefined || !fresh.has(indexed);
  });

  function isFresh(owner: string) {
    return (name: string) => fresh.has(`${owner}.${name}`);
  }
}

/** Rows of a version that does not name the column can be written, and no table is written anew. */
function isHarmless(type: string): boolean {
  const isConstant = /DEFAULT (?:'[^']*'(?:::\w+)?|\d+|true|false|null)(?: NOT NULL)?;?$/i.test(
    type,
  );
  return isConstant || !/NOT NULL|DEFAULT|UNIQUE|PRIMARY|REFERENCES|CHECK|GENERATED/i.test(type);
}

function namesIn(list: string): string[] {
  return list.split(',').map((name) => name.trim().replaceAll('"', ''));
}

function unexplained(sql: string): string[] {
  const known = Object.keys(REASONS);
  return disturbances(sql).filter((one) => !known.some((start) => one.startsWith(start)));
}

test.each(migrations)('$name adds, and takes nothing away', ({ sql }) => {
  expect(unexplained(sql)).toEqual([]);
});

test.each([
  'DROP TABLE "users"',
  'ALTER TABLE "users" DROP COLUMN "email"',
  'ALTER TABLE "users" RENAME COLUMN "email" TO "mail"',
  'ALTER TABLE "users" RENAME TO "people"',
  'ALTER TABLE "users" ALTER COLUMN "email" SET DATA TYPE bigint',
  'ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL',
  'ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL',
  'ALTER TABLE "users" ADD COLUMN "key" uuid DEFAULT gen_random_uuid() NOT NULL',
  'ALTER TABLE "users" ADD COLUMN "age" integer UNIQUE',
  'ALTER TABLE "users" ADD CONSTRAINT "u" UNIQUE ("email")',
  'ALTER TABLE "users" ADD CONSTRAINT "f" FOREIGN KEY ("email") REFERENCES "public"."mails"("id")',
  'CREATE INDEX "users_email" ON "users" USING btree ("email")',
  'UPDATE "users" SET "email" = null',
])('%s is found', (statement) => {
  expect(unexplained(statement)).toEqual([statement]);
});

test('no reason outlives what it was for', () => {
  const found = migrations.flatMap(({ sql }) => disturbances(sql));
  const unused = Object.keys(REASONS).filter(
    (start) => !found.some((one) => one.startsWith(start)),
  );
  expect(unused).toEqual([]);
});
