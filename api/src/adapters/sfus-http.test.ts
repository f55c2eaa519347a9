import { createSnowflakes } from '@harmonium/api/ids';
import { createServiceTokens } from '@harmonium/api/service-token';
import { expect, it } from 'vitest';
import { createMemoryCache } from './cache-memory.ts';
import { createHttpSfus } from './sfus-http.ts';

const ids = createSnowflakes({ node: 1, now: Date.now });
const serviceTokens = createServiceTokens('a secret for tests', Date.now);
const ORIGIN = 'https://chat.example';

function sfus(answer: () => Response | Promise<Response>) {
  const asked: Request[] = [];
  const clock = { now: 0 };
  const fetch = async (url: string, init: RequestInit) => {
    asked.push(new Request(url, init));
    return answer();
  };
  const now = () => clock.now;
  const cache = createMemoryCache({ now });
  const options = { url: 'http://sfu.test', cache, serviceTokens, fetch, now };
  return { asked, clock, sfus: createHttpSfus(options) };
}

it('sends a caller to the node by the origin they came by', async () => {
  const { sfus: nodes } = sfus(() => new Response('{}'));
  expect(await nodes.choose(ids.next(), ORIGIN)).toEqual({ url: 'wss://chat.example/sfu' });
});

it('says why there is no voice while the node does not answer, and when it is back', async () => {
  let isUp = false;
  const { sfus: nodes, clock } = sfus(() =>
    isUp ? new Response('{}') : Promise.reject(new Error('connection refused')),
  );
  const reason = 'The voice server does not answer.';
  expect(await nodes.trouble()).toEqual({ reason });
  expect(await nodes.choose(ids.next(), ORIGIN)).toEqual({ reason });
  isUp = true;
  clock.now += 10_000;
  expect(await nodes.trouble()).toBeUndefined();
});

it('asks the node no more than once in ten seconds, however many pages are loaded', async () => {
  const { sfus: nodes, asked } = sfus(() => new Response('{}'));
  await nodes.trouble();
  await nodes.trouble();
  expect(asked.length).toBe(1);
});

it('has the node close what a user holds, in the name of the api', async () => {
  const { sfus: nodes, asked } = sfus(() => Response.json({}));
  const request = { userId: ids.next(), serverId: ids.next() };
  await nodes.disconnect(request);
  expect(asked[0]?.url).toBe('http://sfu.test/sfu/disconnect');
  expect(await asked[0]?.json()).toEqual(request);
  const token = asked[0]?.headers.get('authorization')?.replace('Bearer ', '') ?? '';
  expect(await serviceTokens.verify(token, 'sfu')).toBe('api');
});

it('throws when the node refuses to disconnect', async () => {
  const { sfus: nodes } = sfus(() => new Response(null, { status: 500 }));
  await expect(nodes.disconnect({ userId: ids.next() })).rejects.toThrow('500');
});

it('asks where somebody is, and has them sent on', async () => {
  const [userId, channelId] = [ids.next(), ids.next()];
  const answers: object[] = [[{ userId, channelId }], { moved: true }];
  const { sfus: nodes, asked } = sfus(() => Response.json(answers.shift()));
  expect(await nodes.places({ serverId: ids.next(), userIds: [userId] })).toEqual([
    { userId, channelId },
  ]);
  expect(await nodes.move({ userId, channelId, to: ids.next() })).toBe(true);
  expect(asked.map(({ url }) => url)).toEqual([
    'http://sfu.test/sfu/places',
    'http://sfu.test/sfu/move',
  ]);
});
