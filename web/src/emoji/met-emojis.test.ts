import { ApiProblem } from '@harmonium/api/client';
import { Snowflake } from '@harmonium/api/ids';
import { expect, test } from 'vitest';
import { createMetEmojis } from './met-emojis.ts';

const party = { id: Snowflake.parse('50'), name: 'party', image: '/party', animated: false };
const settled = () => new Promise((resolve) => setTimeout(resolve));
const problem = (status: number, code: 'not_found' | 'unavailable') =>
  new ApiProblem(status, { error: { code, message: '', requestId: '' } });

test('an emoji of a strange server is asked for once, and known then', async () => {
  const asked: string[] = [];
  const met = createMetEmojis(async (id) => {
    asked.push(id);
    return party;
  });
  expect([met.find('50'), met.find('50')]).toEqual([undefined, undefined]);
  await settled();
  expect(met.find('50')).toEqual(party);
  expect(asked).toEqual(['50']);
});

test('what does not exist is not asked for again, what failed is', async () => {
  const asked: string[] = [];
  const met = createMetEmojis(async (id) => {
    asked.push(id);
    throw id === '60' ? problem(404, 'not_found') : problem(503, 'unavailable');
  });
  for (let time = 0; time < 2; time += 1) {
    met.find('60');
    met.find('70');
    await settled();
  }
  expect(asked).toEqual(['60', '70', '70']);
});

test('a wall of ids that stand for nothing is not asked for without end', async () => {
  let asked = 0;
  const met = createMetEmojis(async () => {
    asked += 1;
    throw problem(404, 'not_found');
  });
  for (let id = 100; id < 1100; id += 1) met.find(String(id));
  await settled();
  expect(asked).toBe(200);
});
