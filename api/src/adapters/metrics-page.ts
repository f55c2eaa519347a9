import { mayReadMetrics } from '@harmonium/api/metrics-access';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';

interface MetricsPageOptions {
  token: string | undefined;
  /** Asked for each time: no metric may be in two of them. */
  registries: () => Promise<Registry[]> | Registry[];
}

/** Answers `GET /metrics`; for whoever may not read them there is no such page. */
export function metricsPage({ token, registries }: MetricsPageOptions) {
  return async (c: Context<{ Bindings: HttpBindings }>): Promise<Response> => {
    if (!mayReadMetrics(c.env.incoming, token)) return c.text('Not found', 404);
    try {
      const registry = Registry.merge(await registries());
      return c.body(await registry.metrics(), 200, {
        'content-type': registry.contentType,
        'cache-control': 'no-store',
      });
    } catch {
      // One of several processes is away: the next look will find it.
      return c.text('A part of it is away.', 503);
    }
  };
}

/** CPU, memory and event loop of this process. */
export function processMetrics(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: 20 });
  return register;
}
