import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Service } from './service.ts';

const Command = z.tuple([z.string()], z.union([z.string(), z.number()]));

/**
 * As much of Upstash's REST interface as its client needs for single commands: a POST of
 * `["SET","key","value"]` answers `{"result": …}`, strings in base64 where the client asks for it
 * (https://upstash.com/docs/redis/features/restapi).
 */
export async function startUpstashBridge(redisUrl: string): Promise<Service & { token: string }> {
  const redis = new Redis(redisUrl);
  const token = 'a token for tests';

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (request.headers.authorization !== `Bearer ${token}`) {
      return { status: 401, body: { error: 'WRONGPASS invalid or missing auth token' } };
    }
    const command = Command.safeParse(JSON.parse(await text(request)));
    if (!command.success) return { status: 400, body: { error: 'ERR no command' } };
    const [name, ...parameters] = command.data;
    const wantsBase64 = request.headers['upstash-encoding'] === 'base64';
    try {
      const result = await redis.call(name, ...parameters);
      return { status: 200, body: { result: wantsBase64 ? encode(result) : result } };
    } catch (error) {
      return { status: 400, body: { error: String(error) } };
    }
  }

  async function respond(request: IncomingMessage, response: ServerResponse) {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  const server = createServer((request, response) => {
    void respond(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    async close() {
      redis.disconnect();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Upstash leaves a plain OK as it is. */
function encode(result: unknown): unknown {
  if (typeof result === 'string') {
    return result === 'OK' ? result : Buffer.from(result).toString('base64');
  }
  return Array.isArray(result) ? result.map(encode) : result;
}
