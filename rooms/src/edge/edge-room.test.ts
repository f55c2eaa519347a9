import { createServiceTokens } from '@harmonium/api/service-token';
import { afterEach, expect, test, vi } from 'vitest';
import { EdgeRoom } from './edge-room.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('a publish that fails is refused, and found by the id of the request that it was for', async () => {
  const lines: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => lines.push(JSON.parse(line)));
  const away = () => Promise.reject(Object.assign(new Error('no storage'), { code: 'full' }));
  const storage = { get: away, list: away, put: away, delete: away, setAlarm: away };
  const room = new EdgeRoom('main', {
    name: '7',
    storage: { ...storage, deleteAlarm: away },
    env: { JWT_SECRET: 'a secret for tests', API_URL: 'http://api.test' },
    sockets: () => [],
    reach: () => undefined,
  });
  const token = await createServiceTokens('a secret for tests').issue('api', 'rooms');
  const requestId = crypto.randomUUID();
  const publish = (authorization: string) =>
    room.request(
      new Request('http://rooms.test/parties/main/7', {
        method: 'POST',
        headers: { authorization, 'x-request-id': requestId },
        body: JSON.stringify({ events: [{ type: 'room.removed' }] }),
      }),
    );

  expect((await publish('Bearer mine')).status).toBe(401);
  expect(lines).toEqual([]);
  expect((await publish(`Bearer ${token}`)).status).toBe(503);
  const error = { stack: expect.stringContaining('no storage'), code: 'full' };
  const place = { party: 'main', room: '7' };
  const line = { level: 'error', message: 'a publish failed', ...place, requestId, error };
  expect(lines).toEqual([line]);
});
