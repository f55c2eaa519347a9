import { z } from 'zod';
import { Channel } from '../channel.ts';
import { MAX_THREADS_PAGE, StartThread, Thread, ThreadQuery } from '../thread.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, MessageById } from './params.ts';

/** Threads begin and are listed here; beyond that they are channels. */
export const threadsEndpoints = {
  'GET /api/channels/:id/threads': {
    summary: 'The threads of a channel, the youngest first',
    caller: 'user',
    params: ById,
    query: ThreadQuery,
    status: 200,
    answer: z.array(Thread).max(MAX_THREADS_PAGE),
  },
  'POST /api/channels/:id/messages/:mid/thread': {
    summary: 'Start a thread with a message',
    caller: 'user',
    params: MessageById,
    body: StartThread,
    status: 201,
    answer: Channel,
  },
} as const satisfies Record<string, Endpoint>;
