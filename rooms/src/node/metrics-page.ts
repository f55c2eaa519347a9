import type { IncomingMessage, ServerResponse } from 'node:http';
import { mayReadMetrics } from '@harmonium/api/metrics-access';
import { Registry } from 'prom-client';

interface MetricsPageOptions {
  token: string | undefined;
  /** No metric may be in two of them. */
  registries: () => Promise<Registry[]>;
}

/** Answers `GET /metrics`; for whoever may not read them there is no such page. */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { token, registries }: MetricsPageOptions,
): Promise<void> {
  if (!mayReadMetrics(request, token)) {
    response.writeHead(404, { connection: 'close' }).end();
    return;
  }
  try {
    const registry = Registry.merge(await registries());
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
  } catch {
    // One of several processes is away: the next look will find it.
    response.writeHead(503, { connection: 'close' }).end();
  }
}
