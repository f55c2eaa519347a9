import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Meter } from '../meter.ts';

/** Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The api of one process as Prometheus reads it. */
export function createPrometheusMeter(): Meter & { registry: Registry } {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'harmonium_api_requests_total',
    help: 'Requests answered, by the route as the OpenAPI document writes it.',
    labelNames: ['route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'harmonium_api_request_seconds',
    help: 'From request to answer.',
    labelNames: ['route'],
    buckets: BUCKETS,
    registers,
  });
  const queryErrors = new Counter({
    name: 'harmonium_api_query_errors_total',
    help: 'Requests that failed for their query: away (the database could not be reached) or failed.',
    labelNames: ['how'],
    registers,
  });
  const refusals = new Counter({
    name: 'harmonium_api_rate_limited_total',
    help: 'Requests refused for being too many, by the limit they met.',
    labelNames: ['limit'],
    registers,
  });
  const announcements = new Gauge({
    name: 'harmonium_api_announcements_pending',
    help: 'Changes that rooms were not told yet.',
    registers,
  });
  const lost = new Counter({
    name: 'harmonium_api_announcements_lost_total',
    help: 'Changes that rooms were never told.',
    registers,
  });
  const uploads = new Counter({
    name: 'harmonium_api_uploads_total',
    help: 'Files of messages that were checked and kept.',
    registers,
  });
  const uploadedBytes = new Counter({
    name: 'harmonium_api_upload_bytes_total',
    help: 'Their bytes, as kept.',
    registers,
  });
  const sweeps = new Counter({
    name: 'harmonium_api_files_swept_total',
    help: 'Files that were to go: deleted from the store, or failed, to be tried again.',
    labelNames: ['how'],
    registers,
  });
  for (const how of ['deleted', 'failed']) sweeps.inc({ how }, 0);
  // Named before they happen, so that the first one is an increase.
  for (const how of ['away', 'failed']) queryErrors.inc({ how }, 0);

  return {
    registry,
    request() {
      const ended = durations.startTimer();
      return (route, status) => {
        ended({ route });
        requests.inc({ route, status });
      };
    },
    queryFailed: (how) => queryErrors.inc({ how }),
    rateLimited: (limit) => refusals.inc({ limit }),
    announcing: (pending) => announcements.set(pending),
    announcementLost: () => lost.inc(),
    fileStored(bytes) {
      uploads.inc();
      uploadedBytes.inc(bytes);
    },
    filesSwept: (how, count) => sweeps.inc({ how }, count),
  };
}
