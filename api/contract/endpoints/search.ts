import { SearchPage, SearchQuery, ServerSearchQuery } from '../search.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

/** Finding messages. */
export const searchEndpoints = {
  'GET /api/servers/:id/search': {
    summary: 'Messages of a server, of the channels that the caller may view',
    caller: 'user',
    params: ById,
    query: ServerSearchQuery,
    status: 200,
    answer: SearchPage,
  },
  'GET /api/channels/:id/search': {
    summary: 'Messages of one channel or conversation',
    caller: 'user',
    params: ById,
    query: SearchQuery,
    status: 200,
    answer: SearchPage,
  },
} as const satisfies Record<string, Endpoint>;
