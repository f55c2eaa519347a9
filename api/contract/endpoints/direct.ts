import { z } from 'zod';
import { DirectChannel, EditDirect, MAX_CONVERSATIONS, OpenDirect } from '../direct.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, MemberById } from './params.ts';

/** Conversations outside of servers. */
export const directEndpoints = {
  'GET /api/users/@me/channels': {
    summary: 'Direct conversations, the one written in last first',
    caller: 'user',
    status: 200,
    answer: z.array(DirectChannel).max(MAX_CONVERSATIONS),
  },
  'POST /api/users/@me/channels': {
    summary: 'Open the conversation with somebody, or make a group',
    caller: 'user',
    body: OpenDirect,
    status: 200,
    answer: DirectChannel,
  },
  'GET /api/users/@me/channels/:id': {
    summary: 'One direct conversation, also one that was closed',
    caller: 'user',
    params: ById,
    status: 200,
    answer: DirectChannel,
  },
  'PATCH /api/users/@me/channels/:id': {
    summary: 'Rename a group',
    caller: 'user',
    params: ById,
    body: EditDirect,
    status: 200,
    answer: DirectChannel,
  },
  'DELETE /api/users/@me/channels/:id': {
    summary: 'Put a conversation out of the list until somebody writes in it',
    caller: 'user',
    params: ById,
    status: 204,
  },
  'PUT /api/users/@me/channels/:id/participants/:uid': {
    summary: 'Add somebody to a group',
    caller: 'user',
    params: MemberById,
    status: 200,
    answer: DirectChannel,
  },
  'DELETE /api/users/@me/channels/:id/participants/:uid': {
    summary: 'Remove somebody from a group, or leave it',
    caller: 'user',
    params: MemberById,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
