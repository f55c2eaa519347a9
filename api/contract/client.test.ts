import { expect, test } from 'vitest';
import { ApiProblem, createClient } from './client.ts';

interface Seen {
  url: string;
  init: RequestInit;
}

function clientOf(answer: () => Promise<Response>, token?: string) {
  const seen: Seen[] = [];
  const call = createClient({
    baseUrl: 'http://api.example',
    token: () => token,
    fetch: (url, init) => {
      seen.push({ url, init });
      return answer();
    },
  });
  return { call, seen };
}
const json =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));

test('a call fills the path, the query and the body', async () => {
  const { call, seen } = clientOf(json([]), 'token');
  const params = { id: '5/../6' };
  await call('GET /api/channels/:id/messages', { params, query: { limit: 10, before: undefined } });
  expect(seen[0]?.url).toBe('http://api.example/api/channels/5%2F..%2F6/messages?limit=10');
  await call('POST /api/servers', { body: { name: 'Home' } });
  expect(seen[1]?.init).toMatchObject({
    method: 'POST',
    body: '{"name":"Home"}',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
  });
});

test('an answer without content is undefined', async () => {
  const { call } = clientOf(() => Promise.resolve(new Response(null, { status: 204 })));
  expect(await call('POST /api/auth/logout')).toBeUndefined();
});

test('an error carries its code, also when its body is not ours', async () => {
  const body = { error: { code: 'not_found', message: 'No.', requestId: 'r' } };
  const { call } = clientOf(json(body, 404));
  await expect(call('GET /api/users/@me')).rejects.toMatchObject({
    status: 404,
    code: 'not_found',
  });
  const gateway = clientOf(() => Promise.resolve(new Response('<html>', { status: 502 })));
  await expect(gateway.call('GET /api/users/@me')).rejects.toMatchObject({
    status: 502,
    code: 'internal',
  });
});

test('no answer at all is offline, and keeps its cause', async () => {
  const cause = new TypeError('fetch failed');
  const { call } = clientOf(() => Promise.reject(cause));
  const problem = await call('GET /api/config').catch((thrown: unknown) => thrown);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ status: 0, code: 'offline', cause });
});
