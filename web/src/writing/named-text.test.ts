import { expect, test } from 'vitest';
import { canStand, namedText, stillPicked, wireText } from './named-text.ts';
import type { Mention } from './named-text.ts';

const NAMES: Record<string, string> = {
  'user 1': '@Ann',
  'user 2': '@Ann Lee',
  'user 3': '@Ann',
  'user 4': '@everyone',
  'role 7': '@Moderators',
  'channel 9': '#general',
  'emoji 5': ':party:',
};
const nameOf = (mention: Mention) => NAMES[`${mention.kind} ${mention.id}`];
const picked = new Map([
  ['@Ann', '<@1>'],
  ['@Ann Lee', '<@2>'],
  ['#general', '<#9>'],
  [':party:', '<:party:5>'],
]);
const sent = (text: string) => wireText({ text, picked });

test('names become ids, the longer name first', () => {
  expect(sent('@Ann and @Ann Lee, see #general :party:')).toBe(
    '<@1> and <@2>, see <#9> <:party:5>',
  );
});

test('a name that was changed by a letter is plain text', () => {
  expect(sent('@Anna @An me@Ann #general-chat \\@Ann')).toBe(
    '@Anna @An me@Ann #general-chat \\@Ann',
  );
  expect(sent('(@Ann) **@Ann**: @Ann, @Ann.')).toBe('(<@1>) **<@1>**: <@1>, <@1>.');
});

test('in code names are letters', () => {
  expect(sent('`@Ann` ```\n@Ann\n``` ``a ` @Ann`` @Ann')).toBe(
    '`@Ann` ```\n@Ann\n``` ``a ` @Ann`` <@1>',
  );
});

test('ids become names, and the same ids again', () => {
  const wire = '<@1> <@2> <@&7> <#9> <:party:5> `<@1>`';
  const named = namedText(wire, nameOf);
  expect(named.text).toBe('@Ann @Ann Lee @Moderators #general :party: `<@1>`');
  expect(wireText(named)).toBe(wire);
});

test('what nobody knows the name of stays as it is', () => {
  expect(namedText('<@404> <t:1:R> <b>', nameOf).text).toBe('<@404> <t:1:R> <b>');
});

test('of two with one name the second keeps the id', () => {
  const named = namedText('<@1> <@3>', nameOf);
  expect(named.text).toBe('@Ann <@3>');
  expect(wireText(named)).toBe('<@1> <@3>');
});

test('nobody called everyone stands for all', () => {
  expect(namedText('<@4>', nameOf).text).toBe('<@4>');
  expect(canStand('@here', '<@1>', new Map())).toBe(false);
  expect(canStand('@a`b', '<@1>', new Map())).toBe(false);
});

test('what is gone from the text is forgotten', () => {
  expect([...stillPicked({ text: 'hello @Ann Lee', picked }).keys()]).toEqual(['@Ann', '@Ann Lee']);
});

test('a name may have any sign in it', () => {
  const odd = new Map([['@[-x.y]^$(a)*+?{|}/\\-z', '<@8>']]);
  expect(wireText({ text: 'hi @[-x.y]^$(a)*+?{|}/\\-z', picked: odd })).toBe('hi <@8>');
});
