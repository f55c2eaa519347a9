import { EditInstance, Health, InstanceConfig, InstanceSettings } from '../config.ts';
import type { Endpoint } from './endpoint.ts';

/** The instance as a whole. */
export const instanceEndpoints = {
  'GET /api/config': {
    summary: 'What anyone may know about this instance',
    caller: 'anyone',
    status: 200,
    answer: InstanceConfig,
  },
  'GET /api/instance': {
    summary: 'What the owner of the instance may set',
    caller: 'user',
    status: 200,
    answer: InstanceSettings,
  },
  'PATCH /api/instance': {
    summary: 'Set it; every part of the instance follows within seconds',
    caller: 'user',
    body: EditInstance,
    status: 200,
    answer: InstanceSettings,
  },
  'GET /health': {
    summary: 'Whether every part works',
    caller: 'anyone',
    status: 200,
    answer: Health,
  },
} as const satisfies Record<string, Endpoint>;
