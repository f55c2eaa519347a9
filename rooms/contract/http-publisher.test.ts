import { expect, test } from 'vitest';
import type { Snowflake } from '@harmonium/api/ids';
import { readRequestId } from '@harmonium/api/request-id';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createHttpPublisher } from './http-publisher.ts';

const serviceTokens = createServiceTokens('a secret of enough bytes');
const left = {
  type: 'voice.left' as const,
  channelId: '1' as Snowflake, // Literal snowflakes.
  userId: '2' as Snowflake,
};

test('events go to the room’s address with a service token, and its answers come back', async () => {
  const asked: { url: string; init: RequestInit }[] = [];
  const rooms = createHttpPublisher({
    issuer: 'sfu',
    url: 'http://rooms',
    serviceTokens,
    fetch: async (url, init) => {
      asked.push({ url, init });
      return Response.json({ answers: [{ ok: true }] });
    },
  });

  expect(await rooms.publish('server', '9', [left])).toEqual([{ ok: true }]);
  expect(asked[0]).toMatchObject({
    url: 'http://rooms/parties/server/9',
    init: { method: 'POST', body: JSON.stringify({ events: [left] }) },
  });
  const token = new Headers(asked[0]?.init.headers).get('authorization')?.slice('Bearer '.length);
  expect(await serviceTokens.verify(token ?? '', 'rooms')).toBe('sfu');
});

test('a publish goes under the id of the request it is for, and fails under it', async () => {
  const ids: (string | null)[] = [];
  let requestId: string | undefined = crypto.randomUUID();
  const rooms = createHttpPublisher({
    issuer: 'sfu',
    url: 'http://rooms',
    serviceTokens,
    requestId: () => requestId,
    fetch: async (_, init) => {
      ids.push(new Headers(init.headers).get('x-request-id'));
      return new Response('', { status: 503 });
    },
  });
  const failure = async (): Promise<unknown> => {
    try {
      return await rooms.publish('server', '9', [left]);
    } catch (error) {
      return error;
    }
  };
  expect(await failure()).toMatchObject({ requestId });
  expect(ids).toEqual([requestId]);

  // For no request at all: one of its own.
  requestId = undefined;
  expect(await failure()).toMatchObject({ requestId: ids[1] });
  await failure();
  expect(readRequestId(ids[1])).toBeDefined();
  expect(new Set(ids).size).toBe(3);
});

test.each([
  ['503', 'a server room answered 503', async () => new Response('', { status: 503 })],
  ['nonsense', 'answers', async () => Response.json({ hello: 'you' })],
  ['silence', 'unanswered', async () => Response.json({ answers: [] })],
  [
    'nobody',
    'fetch failed',
    async () => {
      throw new TypeError('fetch failed');
    },
  ],
])('%s in answer throws', async (_, words, fetch) => {
  const rooms = createHttpPublisher({ issuer: 'sfu', url: 'http://rooms', serviceTokens, fetch });
  await expect(rooms.publish('server', '9', [left])).rejects.toThrow(words);
});
