import { expect, test } from 'vitest';
import { MemoryStorage } from '../room/testing/storage.ts';
import { findPlaces } from './find-places.ts';
import type { Place } from './find-places.ts';
import { createRecent } from './recent.ts';

const place = (name: string, more: Partial<Place> = {}): Place => ({
  kind: 'channel',
  id: name,
  name,
  hint: 'Guild',
  path: `/${name}`,
  unread: false,
  mentions: 0,
  ...more,
});

const PLACES = [
  place('general'),
  place('gardening'),
  place('release-notes'),
  place('notes', { hint: 'Book Club' }),
  place('Lounge', { kind: 'voice' }),
  place('Book Club', { kind: 'server', hint: '' }),
  place('Noé', { kind: 'person', hint: 'noe', path: undefined }),
];
const found = (typed: string, recent: string[] = [], places = PLACES) =>
  findPlaces(places, { typed, recent }).map(({ name }) => name);

test('the beginning of a name comes before a word of it, and that before the rest', () => {
  expect(found('notes')).toEqual(['notes', 'release-notes']);
  expect(found('ge')).toEqual(['general', 'Lounge', 'gardening']);
  expect(found('gdn')).toEqual(['gardening']);
  expect(found('zzz')).toEqual([]);
});

test('a place is found by where it is as well', () => {
  expect(found('book notes')).toEqual(['notes']);
  expect(found('noe')[0]).toBe('Noé');
});

test('a sign says what is looked for', () => {
  expect(found('@')).toEqual(['Noé']);
  expect(found('*bo')).toEqual(['Book Club']);
  expect(found('#no')).toEqual(['notes', 'release-notes']);
});

test('with nothing typed what is not read comes first, then what was visited last', () => {
  const places = [
    place('here'),
    place('before'),
    place('earlier'),
    place('unread', { unread: true }),
    place('named', { unread: true, mentions: 2 }),
    place('never'),
  ];
  expect(found('', ['/here', '/before', '/earlier'], places)).toEqual([
    'named',
    'unread',
    'before',
    'earlier',
  ]);
});

test('of two that fit alike the one visited last comes first', () => {
  const places = [place('team-a'), place('team-b')];
  expect(found('team', ['/team-b'], places)).toEqual(['team-b', 'team-a']);
});

test('what was visited is kept, once, and nothing else than conversations', () => {
  const storage = new MemoryStorage();
  const recent = createRecent(storage);
  for (const path of [
    '/servers/1/2',
    '/direct/3/9',
    '/settings',
    '/servers/1',
    '/servers/1/2/77',
  ]) {
    recent.visit(path);
  }
  expect(createRecent(storage).paths()).toEqual(['/servers/1/2', '/direct/3']);
  for (let id = 10; id < 40; id++) recent.visit(`/direct/${id}`);
  expect(recent.paths()).toHaveLength(12);
});
