import {
  Category,
  Channel,
  CreateChannel,
  EditCategory,
  EditChannel,
  PlaceCategories,
  PlaceChannels,
  SetOverride,
} from '../channel.ts';
import { IssuedTicket } from '../server.ts';
import { VoiceTicket } from '../voice.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, OverrideById } from './params.ts';

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
    body: EditCategory,
    status: 201,
    answer: Category,
  },
  'PATCH /api/servers/:id/channels': {
    summary: 'Reorder channels, and move them between categories',
    caller: 'user',
    params: ById,
    body: PlaceChannels,
    status: 204,
  },
  'PATCH /api/servers/:id/categories': {
    summary: 'Reorder categories',
    caller: 'user',
    params: ById,
    body: PlaceCategories,
    status: 204,
  },
  'PATCH /api/categories/:id': {
    summary: 'Rename a category',
    caller: 'user',
    params: ById,
    body: EditCategory,
    status: 200,
    answer: Category,
  },
  'DELETE /api/categories/:id': {
    summary: 'Delete a category; its channels stay',
    caller: 'user',
    params: ById,
    status: 204,
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
  'PUT /api/channels/:id/overrides/:targetId': {
    summary: 'Allow or deny a role or a member something in a channel',
    caller: 'user',
    params: OverrideById,
    body: SetOverride,
    status: 200,
    answer: Channel,
  },
  'DELETE /api/channels/:id/overrides/:targetId': {
    summary: 'Let the roles alone decide again',
    caller: 'user',
    params: OverrideById,
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
