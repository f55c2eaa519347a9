import { z } from 'zod';
import { Category, Channel, ChannelName, CreateChannel, EditChannel } from '../channel.ts';
import { IssuedTicket } from '../server.ts';
import { VoiceTicket } from '../voice.ts';
import type { Endpoint } from './endpoint.ts';
import { ById } from './params.ts';

/** Channels, categories, and the tickets to them. */
export const channelsEndpoints = {
  'POST /api/servers/:id/channels': {
    summary: 'Create a channel',
    caller: 'user',
    params: ById,
    body: CreateChannel,
    status: 201,
    answer: Channel,
  },
  'POST /api/servers/:id/categories': {
    summary: 'Create a category',
    caller: 'user',
    params: ById,
    body: z.object({ name: ChannelName }),
    status: 201,
    answer: Category,
  },
  'GET /api/channels/:id': {
    summary: 'One channel',
    caller: 'user',
    params: ById,
    status: 200,
    answer: Channel,
  },
  'PATCH /api/channels/:id': {
    summary: 'Edit a channel',
    caller: 'user',
    params: ById,
    body: EditChannel,
    status: 200,
    answer: Channel,
  },
  'DELETE /api/channels/:id': {
    summary: 'Delete a channel and what was said in it',
    caller: 'user',
    params: ById,
    status: 204,
  },
  'POST /api/channels/:id/ticket': {
    summary: "Ticket to the channel's room",
    caller: 'user',
    params: ById,
    status: 200,
    answer: IssuedTicket,
  },
  'POST /api/channels/:id/voice': {
    summary: 'Ticket to the call of a voice channel',
    caller: 'user',
    params: ById,
    status: 200,
    answer: VoiceTicket,
  },
} as const satisfies Record<string, Endpoint>;
