import { accountEndpoints } from './endpoints/account.ts';
import { channelsEndpoints } from './endpoints/channels.ts';
import { instanceEndpoints } from './endpoints/instance.ts';
import { internalEndpoints } from './endpoints/internal.ts';
import { invitesEndpoints } from './endpoints/invites.ts';
import { membersEndpoints } from './endpoints/members.ts';
import { messagesEndpoints } from './endpoints/messages.ts';
import { serversEndpoints } from './endpoints/servers.ts';
import { sessionsEndpoints } from './endpoints/sessions.ts';
import { usersEndpoints } from './endpoints/users.ts';

export type { Endpoint } from './endpoints/endpoint.ts';

/**
 * The whole REST surface: the server validates by it, the OpenAPI document is made from it, and the
 * client takes its types from it. Keys read `METHOD /path/:param`.
 */
export const endpoints = {
  ...instanceEndpoints,
  ...sessionsEndpoints,
  ...usersEndpoints,
  ...accountEndpoints,
  ...serversEndpoints,
  ...membersEndpoints,
  ...channelsEndpoints,
  ...messagesEndpoints,
  ...invitesEndpoints,
  ...internalEndpoints,
} as const;

export type Endpoints = typeof endpoints;
export type EndpointKey = keyof Endpoints;
