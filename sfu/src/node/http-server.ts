import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mayReadMetrics } from '@harmonium/api/metrics-access';
import { REQUEST_ID_HEADER } from '@harmonium/api/request-id';
import type { Registry } from 'prom-client';
import type { Sfu } from '../server.ts';

export interface MetricsSource {
  registry: Registry;
  token: string | undefined;
}

/** What is asked of it here. */
type ServedSfu = Pick<Sfu, 'id' | 'stats' | 'handleUpgrade' | 'handleRequest'>;

/** A thousand people and what they may do. */
const MAX_BODY_BYTES = 128 * 1024;

/** The sfu on an HTTP server of its own. */
export function createHttpServer(sfu: ServedSfu, metrics: MetricsSource): Server {
  const server = createServer((request, response) => {
    void respond({ sfu, metrics }, request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request) === '/sfu') sfu.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
  return server;
}

async function respond(
  sources: { sfu: ServedSfu; metrics: MetricsSource },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answered = await answer(sources, request);
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    response.end(await answered.text());
  } catch {
    // A body that is too large, or a line that was cut.
    response.writeHead(400, { connection: 'close' }).end();
  }
}

async function answer(
  { sfu, metrics }: { sfu: ServedSfu; metrics: MetricsSource },
  request: IncomingMessage,
): Promise<Response> {
  const path = pathOf(request);
  if (path === '/metrics' && request.method === 'GET') {
    if (!mayReadMetrics(request, metrics.token)) return new Response('Not found', { status: 404 });
    const headers = { 'content-type': metrics.registry.contentType };
    return new Response(await metrics.registry.metrics(), { headers });
  }
  if (path === '/health' && request.method === 'GET') {
    const { calls, peers, workers } = sfu.stats();
    const ok = workers > 0;
    const body = { status: ok ? 'ok' : 'failing', id: sfu.id, calls, peers, workers };
    return Response.json(body, { status: ok ? 200 : 503 });
  }
  const body = request.method === 'POST' ? await read(request) : undefined;
  const { authorization = '', [REQUEST_ID_HEADER]: requestId = '' } = request.headers;
  const forwarded = new Request(`http://sfu${path}`, {
    method: request.method ?? 'GET',
    headers: { authorization, [REQUEST_ID_HEADER]: requestId.toString() },
    body,
  });
  return (await sfu.handleRequest(forwarded)) ?? new Response('Not found', { status: 404 });
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
