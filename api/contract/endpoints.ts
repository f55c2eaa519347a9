import { z } from 'zod';
import { Category, Channel, ChannelName, CreateChannel, EditChannel } from './channel.ts';
import { Health, InstanceConfig } from './config.ts';
import { Snowflake } from './ids.ts';
import { OutboxBatch } from './internal.ts';
import { CreateInvite, Invite, InviteCode, InvitePreview } from './invite.ts';
import { Member, MemberQuery } from './member.ts';
import { EditMessage, Message, MessageQuery, SendMessage } from './message.ts';
import { CreateServer, EditServer, IssuedTicket, Server, ServerView, Structure } from './server.ts';
import { Login, Register, Session } from './session.ts';
import { Me, User } from './user.ts';
import { VoiceTicket } from './voice.ts';

/** Who may call: anyone, the holder of a refresh cookie, a logged-in user, another service of ours. */
type Caller = 'anyone' | 'cookie' | 'user' | 'service';

export interface Endpoint {
  summary: string;
  caller: Caller;
  params?: z.ZodObject;
  query?: z.ZodType;
  body?: z.ZodType;
  status: 200 | 201 | 204;
  /** Absent with 204. */
  answer?: z.ZodType;
}

const server = z.object({ id: Snowflake });
const channel = z.object({ id: Snowflake });
const message = z.object({ id: Snowflake, mid: Snowflake });

/**
 * The whole REST surface: the server validates by it, the OpenAPI document is made from it, and the
 * client takes its types from it. Keys read `METHOD /path/:param`.
 */
export const endpoints = {
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

  'POST /api/auth/register': {
    summary: 'Create an account and log in',
    caller: 'anyone',
    body: Register,
    status: 201,
    answer: Session,
  },
  'POST /api/auth/login': {
    summary: 'Log in by name or e-mail',
    caller: 'anyone',
    body: Login,
    status: 200,
    answer: Session,
  },
  'POST /api/auth/refresh': {
    summary: 'Trade the refresh cookie for a new one and an access token',
    caller: 'cookie',
    status: 200,
    answer: Session,
  },
  'POST /api/auth/logout': {
    summary: 'End this session',
    caller: 'cookie',
    status: 204,
  },

  'GET /api/users/@me': {
    summary: 'The own account',
    caller: 'user',
    status: 200,
    answer: Me,
  },
  'GET /api/users/@me/servers': {
    summary: 'Servers the user is a member of',
    caller: 'user',
    status: 200,
    answer: z.array(Server),
  },
  'DELETE /api/users/@me/servers/:id': {
    summary: 'Leave a server',
    caller: 'user',
    params: server,
    status: 204,
  },
  'POST /api/users/@me/ticket': {
    summary: 'Ticket to the own user room',
    caller: 'user',
    status: 200,
    answer: IssuedTicket,
  },
  'GET /api/users/:id': {
    summary: 'A user one shares a server with',
    caller: 'user',
    params: z.object({ id: Snowflake }),
    status: 200,
    answer: User,
  },

  'POST /api/servers': {
    summary: 'Create a server with `general` and `Lounge`',
    caller: 'user',
    body: CreateServer,
    status: 201,
    answer: ServerView,
  },
  'GET /api/servers/:id': {
    summary: 'A server as the caller sees it, with a ticket to its room',
    caller: 'user',
    params: server,
    status: 200,
    answer: ServerView,
  },
  'PATCH /api/servers/:id': {
    summary: 'Rename a server',
    caller: 'user',
    params: server,
    body: EditServer,
    status: 200,
    answer: Server,
  },
  'DELETE /api/servers/:id': {
    summary: 'Delete a server for everyone',
    caller: 'user',
    params: server,
    status: 204,
  },
  'POST /api/servers/:id/ticket': {
    summary: "Ticket to the server's room",
    caller: 'user',
    params: server,
    status: 200,
    answer: IssuedTicket,
  },
  'GET /api/servers/:id/members': {
    summary: 'Members, by id',
    caller: 'user',
    params: server,
    query: MemberQuery,
    status: 200,
    answer: z.array(Member),
  },

  'POST /api/servers/:id/channels': {
    summary: 'Create a channel',
    caller: 'user',
    params: server,
    body: CreateChannel,
    status: 201,
    answer: Channel,
  },
  'POST /api/servers/:id/categories': {
    summary: 'Create a category',
    caller: 'user',
    params: server,
    body: z.object({ name: ChannelName }),
    status: 201,
    answer: Category,
  },
  'GET /api/channels/:id': {
    summary: 'One channel',
    caller: 'user',
    params: channel,
    status: 200,
    answer: Channel,
  },
  'PATCH /api/channels/:id': {
    summary: 'Edit a channel',
    caller: 'user',
    params: channel,
    body: EditChannel,
    status: 200,
    answer: Channel,
  },
  'DELETE /api/channels/:id': {
    summary: 'Delete a channel and what was said in it',
    caller: 'user',
    params: channel,
    status: 204,
  },
  'POST /api/channels/:id/ticket': {
    summary: "Ticket to the channel's room",
    caller: 'user',
    params: channel,
    status: 200,
    answer: IssuedTicket,
  },
  'POST /api/channels/:id/voice': {
    summary: 'Ticket to the call of a voice channel',
    caller: 'user',
    params: channel,
    status: 200,
    answer: VoiceTicket,
  },

  'GET /api/channels/:id/messages': {
    summary: 'A page of history, newest first',
    caller: 'user',
    params: channel,
    query: MessageQuery,
    status: 200,
    answer: z.array(Message),
  },
  'POST /api/channels/:id/messages': {
    summary: 'Send a message through the room',
    caller: 'user',
    params: channel,
    body: SendMessage,
    status: 201,
    answer: Message,
  },
  'PATCH /api/channels/:id/messages/:mid': {
    summary: 'Edit an own message',
    caller: 'user',
    params: message,
    body: EditMessage,
    status: 200,
    answer: Message,
  },
  'DELETE /api/channels/:id/messages/:mid': {
    summary: 'Remove a message for everyone',
    caller: 'user',
    params: message,
    status: 204,
  },

  'POST /api/servers/:id/invites': {
    summary: 'Create an invite',
    caller: 'user',
    params: server,
    body: CreateInvite,
    status: 201,
    answer: Invite,
  },
  'GET /api/servers/:id/invites': {
    summary: 'Invites of a server',
    caller: 'user',
    params: server,
    status: 200,
    answer: z.array(Invite),
  },
  'GET /api/invites/:code': {
    summary: 'What an invite leads to',
    caller: 'anyone',
    params: z.object({ code: InviteCode }),
    status: 200,
    answer: InvitePreview,
  },
  'POST /api/invites/:code': {
    summary: 'Join by an invite',
    caller: 'user',
    params: z.object({ code: InviteCode }),
    status: 200,
    answer: Server,
  },
  'DELETE /api/invites/:code': {
    summary: 'Revoke an invite',
    caller: 'user',
    params: z.object({ code: InviteCode }),
    status: 204,
  },

  'POST /api/internal/outbox': {
    summary: "Store a batch of a channel room's outbox",
    caller: 'service',
    body: OutboxBatch,
    status: 204,
  },
  'GET /api/internal/servers/:id/structure': {
    summary: 'Structure of a server, for its room',
    caller: 'service',
    params: server,
    status: 200,
    answer: Structure,
  },
  'GET /api/internal/channels/:id/messages/:mid': {
    summary: 'One stored message, for its room',
    caller: 'service',
    params: message,
    status: 200,
    answer: Message,
  },
} as const satisfies Record<string, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointKey = keyof Endpoints;
