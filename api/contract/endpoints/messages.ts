import { z } from 'zod';
import { EditMessage, Message, MessageQuery, SendMessage } from '../message.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, MessageById } from './params.ts';

/** Messages. */
export const messagesEndpoints = {
  'GET /api/channels/:id/messages': {
    summary: 'A page of history, newest first',
    caller: 'user',
    params: ById,
    query: MessageQuery,
    status: 200,
    answer: z.array(Message),
  },
  'POST /api/channels/:id/messages': {
    summary: 'Send a message through the room',
    caller: 'user',
    params: ById,
    body: SendMessage,
    status: 201,
    answer: Message,
  },
  'PATCH /api/channels/:id/messages/:mid': {
    summary: 'Edit an own message',
    caller: 'user',
    params: MessageById,
    body: EditMessage,
    status: 200,
    answer: Message,
  },
  'DELETE /api/channels/:id/messages/:mid': {
    summary: 'Remove a message for everyone',
    caller: 'user',
    params: MessageById,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
