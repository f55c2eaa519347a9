import type { Snowflake } from '@harmonium/api/ids';
import { MAX_MENTIONED_USERS } from '@harmonium/api/message';
import { expect, test } from 'vitest';
import { mentionsOf, namedIn } from './mentions.ts';

const users = (content: string) => [...namedIn(content).users];

test('people and roles are named wherever the words are shown as a name', () => {
  expect(users('<@1>, **<@2>** and ||<@!3>||')).toEqual(['1', '2', '3']);
  expect(users('> <@1>\n- one\n  - <@2>\n# <@3>')).toEqual(['1', '2', '3']);
  expect([...namedIn('<@&7> <@&8> <@&7>').roles]).toEqual(['7', '8']);
});

test('nobody is named in code, behind a backslash, or by what only looks like a name', () => {
  for (const content of ['`<@1>`', '``a ` <@1>``', '```\n<@1>\n@everyone\n```', '\\<@1>']) {
    expect(namedIn(content)).toMatchObject({ users: new Set(), crowd: undefined });
  }
  expect(users('<@> <@x> <@0> <@99999999999999999999> @1')).toEqual([]);
  expect(users('`<@1> <@2>')).toEqual(['1', '2']);
});

test('of everyone and those who are here, everyone counts', () => {
  expect(namedIn('@here').crowd).toBe('here');
  expect(namedIn('@everyone @here').crowd).toBe('everyone');
  expect(namedIn('@here @everyone').crowd).toBe('everyone');
  expect(namedIn('@everyones').crowd).toBeUndefined();
});

test('who names nobody, or a crowd without the right to, has no mentions', () => {
  expect(mentionsOf(namedIn('hello'), [], true)).toBeUndefined();
  expect(mentionsOf(namedIn('@everyone'), [], false)).toBeUndefined();
  expect(mentionsOf(namedIn('@here'), [], true)).toEqual({ users: [], roles: [], everyone: true });
});

test('of more people than can be named the first count, and whoever is answered', () => {
  const content = Array.from({ length: MAX_MENTIONED_USERS + 20 }, (_, at) => `<@${at + 1}>`);
  const answered = '500' as Snowflake; // An id.
  const mentions = mentionsOf(namedIn(content.join('')), [answered], false);
  expect(mentions?.users).toHaveLength(MAX_MENTIONED_USERS);
  expect(mentions?.users.slice(0, 2)).toEqual([answered, '1']);
});
