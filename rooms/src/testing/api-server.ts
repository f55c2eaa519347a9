import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { Snowflake } from '@harmonium/api/ids';
import { OutboxBatch, StandingsQuery, StoreMarks } from '@harmonium/api/internal';
import type { FakeApi } from './fake-api.ts';

/** FakeApi over HTTP, in the shape of the contract's internal endpoints. */
export function serveApi(api: FakeApi): Promise<Server> {
  const answer = async (method: string, url: string, body: () => Promise<unknown>) => {
    const { pathname, searchParams: query } = new URL(url, 'http://api');
    const [, , , kind, id = '', part, mid = '', what] = pathname.split('/');
    if (method === 'POST' && kind === 'outbox') {
      const { channelId, entries } = OutboxBatch.parse(await body());
      return (await api.storeOutbox(channelId, entries)) ? true : undefined;
    }
    if (method === 'POST' && kind === 'channels') {
      const { userIds } = StandingsQuery.parse(await body());
      return api.permissions(Snowflake.parse(id), userIds);
    }
    if (method === 'POST' && kind === 'servers') {
      const { userIds } = StandingsQuery.parse(await body());
      return api.members(id, userIds);
    }
    if (part === 'latest') return api.latest(Snowflake.parse(id));
    if (part === 'reading') return api.reading(Snowflake.parse(id));
    if (part === 'read-marks') {
      return api.storeMarks(Snowflake.parse(id), StoreMarks.parse(await body()).marks);
    }
    if (kind === 'users') return api.friends(Snowflake.parse(id));
    if (kind === 'servers') return api.structure(id);
    if (what === 'reactions') return api.reactions(id, Snowflake.parse(mid));
    return mid === '' ? api.history(id, Number(query.get('limit'))) : api.message(id, mid);
  };
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const send = (status: number, value?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    const problem = (code: string) => ({ error: { code, message: code, requestId: '' } });
    answer(method, url, () => json(request))
      .then((value) => (value === undefined ? send(404, problem('not_found')) : send(200, value)))
      .catch(() => send(503, problem('unavailable')));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
