import { z } from 'zod';
import { EditMessage, Message, MessageQuery, ReactorsQuery, SendMessage } from '../message.ts';
import { MAX_PINS } from '../pin.ts';
import { User } from '../user.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, MessageById, ReactionByEmoji, ReactionByUser } from './params.ts';

/** Messages, what is put on them, and those that are pinned. */
export const messagesEndpoints = {
  'GET /api/channels/:id/messages': {
    summary: 'A page of history, newest first, or single messages by their ids',
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
  'GET /api/channels/:id/messages/:mid': {
    summary: 'One message; of a removed one its tombstone',
    caller: 'user',
    params: MessageById,
    status: 200,
    answer: Message,
  },
  'GET /api/channels/:id/messages/:mid/reactions/:emoji': {
    summary: 'Who put an emoji on a message',
    caller: 'user',
    params: ReactionByEmoji,
    query: ReactorsQuery,
    status: 200,
    answer: z.array(User),
  },
  'PUT /api/channels/:id/messages/:mid/reactions/:emoji/@me': {
    summary: 'Put an emoji on a message',
    caller: 'user',
    params: ReactionByEmoji,
    status: 204,
  },
  'DELETE /api/channels/:id/messages/:mid/reactions/:emoji/@me': {
    summary: 'Take an own emoji off a message',
    caller: 'user',
    params: ReactionByEmoji,
    status: 204,
  },
  'DELETE /api/channels/:id/messages/:mid/reactions/:emoji/:uid': {
    summary: "Take somebody else's emoji off a message",
    caller: 'user',
    params: ReactionByUser,
    status: 204,
  },
  'GET /api/channels/:id/pins': {
    summary: 'The pinned messages, the youngest pin first',
    caller: 'user',
    params: ById,
    status: 200,
    answer: z.array(Message).max(MAX_PINS),
  },
  'PUT /api/channels/:id/pins/:mid': {
    summary: 'Pin a message',
    caller: 'user',
    params: MessageById,
    status: 204,
  },
  'DELETE /api/channels/:id/pins/:mid': {
    summary: 'Unpin a message',
    caller: 'user',
    params: MessageById,
    status: 204,
  },
} as const satisfies Record<string, Endpoint>;
