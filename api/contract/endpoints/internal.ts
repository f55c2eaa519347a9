import { z } from 'zod';
import {
  ChannelStanding,
  Latest,
  MAX_STANDINGS,
  MarksStored,
  OutboxBatch,
  Reading,
  StandingsQuery,
  StoreMarks,
  StoredPast,
  StoredQuery,
  VoiceNode,
  VoiceNodeOrders,
} from '../internal.ts';
import { Snowflake } from '../ids.ts';
import { Member } from '../member.ts';
import { Message, MessageReactions } from '../message.ts';
import { MAX_RELATIONSHIPS } from '../relationship.ts';
import { Structure } from '../server.ts';
import type { Endpoint } from './endpoint.ts';
import { ById, MessageById } from './params.ts';

/** What rooms and sfu ask of api. */
export const internalEndpoints = {
  'POST /api/internal/outbox': {
    summary: "Store a batch of a channel room's outbox",
    caller: 'service',
    body: OutboxBatch,
    status: 204,
  },
  'GET /api/internal/servers/:id/structure': {
    summary: 'Structure of a server, for its room',
    caller: 'service',
    params: ById,
    status: 200,
    answer: Structure,
  },
  'GET /api/internal/servers/:id/latest': {
    summary: 'The youngest message of each channel of a server, for its room',
    caller: 'service',
    params: ById,
    status: 200,
    answer: Latest,
  },
  'GET /api/internal/users/:id/reading': {
    summary: 'What a user has read, and wants to be told of, for their room',
    caller: 'service',
    params: ById,
    status: 200,
    answer: Reading,
  },
  'POST /api/internal/users/:id/read-marks': {
    summary: 'Store how far a user has read',
    caller: 'service',
    params: ById,
    body: StoreMarks,
    status: 200,
    answer: MarksStored,
  },
  'POST /api/internal/servers/:id/members': {
    summary: 'Those of some users who are members of a server, for its room',
    caller: 'service',
    params: ById,
    body: StandingsQuery,
    status: 200,
    answer: z.array(Member).max(MAX_STANDINGS),
  },
  'POST /api/internal/channels/:id/permissions': {
    summary: 'What users may do in a channel, for its room',
    caller: 'service',
    params: ById,
    body: StandingsQuery,
    status: 200,
    answer: z.array(ChannelStanding).max(MAX_STANDINGS),
  },
  'GET /api/internal/users/:id/friends': {
    summary: "A user's friends, for their room",
    caller: 'service',
    params: ById,
    status: 200,
    answer: z.array(Snowflake).max(MAX_RELATIONSHIPS),
  },
  'GET /api/internal/channels/:id/messages': {
    summary: 'What is stored of the end of a channel, for its room',
    caller: 'service',
    params: ById,
    query: StoredQuery,
    status: 200,
    answer: StoredPast,
  },
  'GET /api/internal/channels/:id/messages/:mid': {
    summary: 'One stored message, for its room',
    caller: 'service',
    params: MessageById,
    status: 200,
    answer: Message,
  },
  'GET /api/internal/channels/:id/messages/:mid/reactions': {
    summary: 'What is stored of the reactions on one message, for its room',
    caller: 'service',
    params: MessageById,
    status: 200,
    answer: MessageReactions,
  },
  'POST /api/internal/sfu-nodes': {
    summary: 'A node of the sfu says that it is there',
    caller: 'service',
    body: VoiceNode,
    status: 200,
    answer: VoiceNodeOrders,
  },
} as const satisfies Record<string, Endpoint>;
