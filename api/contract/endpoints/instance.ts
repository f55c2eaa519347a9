import { Health, InstanceConfig } from '../config.ts';
import type { Endpoint } from './endpoint.ts';

/** The instance as a whole. */
export const instanceEndpoints = {
  'GET /api/config': {
    summary: 'What anyone may know about this instance',
    caller: 'anyone',
    status: 200,
    answer: InstanceConfig,
  },
  'GET /health': {
    summary: 'Whether every part works',
    caller: 'anyone',
    status: 200,
    answer: Health,
  },
} as const satisfies Record<string, Endpoint>;
