import { createServiceTokens } from '@harmonium/api/service-token';
import { createSnowflakes } from '@harmonium/api/ids';
import { expect, it } from 'vitest';
import { createHttpRooms } from './rooms-http.ts';

const ids = createSnowflakes({ node: 1, now: Date.now });
const serviceTokens = createServiceTokens('a secret for tests', Date.now);
const ORIGIN = 'https://chat.example';

function rooms(answer: () => Response, publicUrl?: string) {
  const asked: Request[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    asked.push(new Request(url, init));
    return answer();
  };
  const url = 'http://rooms.test:3002';
  return { asked, rooms: createHttpRooms({ url, publicUrl, serviceTokens, fetch }) };
}

it('publishes to a room in the name of the api, and hears what the room says', async () => {
  const { asked, rooms: reached } = rooms(() => Response.json({ answers: [{ ok: true }] }));
  const id = ids.next();
  const answers = await reached.publish('main', id, [{ type: 'room.removed' }]);
  expect(answers).toEqual([{ ok: true }]);

  const [request] = asked;
  expect(request?.url).toBe(`http://rooms.test:3002/parties/main/${id}`);
  expect(await request?.json()).toEqual({ events: [{ type: 'room.removed' }] });
  const token = request?.headers.get('authorization')?.replace('Bearer ', '') ?? '';
  expect(await serviceTokens.verify(token, 'rooms')).toBe('api');
});

it.each([
  ['refuses', () => new Response(null, { status: 503 }), '503'],
  ['answers nonsense', () => Response.json({ answers: ['yes'] }), 'answers'],
  ['leaves an event unanswered', () => Response.json({ answers: [] }), 'unanswered'],
])('throws when a room %s', async (_, answer, message) => {
  const publish = rooms(answer).rooms.publish('main', ids.next(), [{ type: 'room.removed' }]);
  await expect(publish).rejects.toThrow(message);
});

it('sends clients to rooms by the origin they came by, or where rooms have their own', () => {
  const id = ids.next();
  const none = () => new Response(null);
  expect(rooms(none).rooms.address('server', id, ORIGIN)).toBe(
    `wss://chat.example/parties/server/${id}`,
  );
  expect(rooms(none, 'https://rooms.example').rooms.address('user', id, ORIGIN)).toBe(
    `wss://rooms.example/parties/user/${id}`,
  );
});

it('finds rooms there when anything answers that is not broken', async () => {
  await rooms(() => new Response(null, { status: 404 })).rooms.ping();
  await expect(rooms(() => new Response(null, { status: 502 })).rooms.ping()).rejects.toThrow(
    '502',
  );
});
