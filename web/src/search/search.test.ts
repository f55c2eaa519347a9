import { expect, test } from 'vitest';
import { dayOf, queryOf, typedFilter, withFilter } from './search.ts';
import type { Filter } from './search.ts';

const day = (kind: 'before' | 'during' | 'after', on = '2026-03-31'): Filter => ({ kind, day: on });

test('a filter is recognised while it is typed, at the end only', () => {
  expect(typedFilter('from:mi')).toEqual({ kind: 'from', value: 'mi', before: '' });
  expect(typedFilter('pump Has:')).toEqual({ kind: 'has', value: '', before: 'pump ' });
  expect(typedFilter('from:mi organ')).toBeUndefined();
  expect(typedFilter('http://example')).toBeUndefined();
  expect(typedFilter('unknown:x')).toBeUndefined();
});

test('days that there are not are none', () => {
  expect(dayOf('2026-3-1')).toBe('2026-03-01');
  expect(dayOf('2026-02-30')).toBeUndefined();
  expect(dayOf('soon')).toBeUndefined();
});

test('of most filters the last one counts; things to have add up', () => {
  const from = (id: string): Filter => ({ kind: 'from', id, name: id });
  expect(withFilter([from('1')], from('2'))).toEqual([from('2')]);
  const link: Filter = { kind: 'has', what: 'link' };
  const file: Filter = { kind: 'has', what: 'file' };
  expect(withFilter([link], file)).toEqual([link, file]);
  expect(withFilter([link, file], link)).toEqual([file, link]);
  expect(withFilter([day('before'), day('after')], day('during'))).toEqual([day('during')]);
});

test('days begin and end where the reader is', () => {
  const start = new Date(2026, 2, 31).toISOString();
  const end = new Date(2026, 3, 1).toISOString();
  expect(queryOf({ text: ' organ ', filters: [day('before')] })).toEqual({
    query: 'organ',
    before: start,
  });
  expect(queryOf({ text: '', filters: [day('after')] })).toEqual({ query: '', after: end });
  expect(queryOf({ text: '', filters: [day('during')] })).toEqual({
    query: '',
    after: start,
    before: end,
  });
});

test('what is to be had goes together', () => {
  const filters: Filter[] = [
    { kind: 'has', what: 'image' },
    { kind: 'in', id: '7', name: 'general' },
    { kind: 'has', what: 'link' },
  ];
  expect(queryOf({ text: '', filters })).toEqual({ query: '', has: 'link,image', in: '7' });
});
