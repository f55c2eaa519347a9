import { accountEndpoints } from './endpoints/account.ts';
import { channelsEndpoints } from './endpoints/channels.ts';
import { directEndpoints } from './endpoints/direct.ts';
import { emojisEndpoints } from './endpoints/emojis.ts';
import { friendsEndpoints } from './endpoints/friends.ts';
import { imagesEndpoints } from './endpoints/images.ts';
import { instanceEndpoints } from './endpoints/instance.ts';
import { internalEndpoints } from './endpoints/internal.ts';
import { invitesEndpoints } from './endpoints/invites.ts';
import { membersEndpoints } from './endpoints/members.ts';
import { messagesEndpoints } from './endpoints/messages.ts';
import { moderationEndpoints } from './endpoints/moderation.ts';
import { notificationsEndpoints } from './endpoints/notifications.ts';
import { rolesEndpoints } from './endpoints/roles.ts';
import { searchEndpoints } from './endpoints/search.ts';
import { serversEndpoints } from './endpoints/servers.ts';
import { sessionsEndpoints } from './endpoints/sessions.ts';
import { threadsEndpoints } from './endpoints/threads.ts';
import { uploadsEndpoints } from './endpoints/uploads.ts';
import { usersEndpoints } from './endpoints/users.ts';
import { voiceEndpoints } from './endpoints/voice.ts';

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
  ...friendsEndpoints,
  ...directEndpoints,
  ...notificationsEndpoints,
  ...serversEndpoints,
  ...imagesEndpoints,
  ...emojisEndpoints,
  ...rolesEndpoints,
  ...membersEndpoints,
  ...moderationEndpoints,
  ...voiceEndpoints,
  ...channelsEndpoints,
  ...messagesEndpoints,
  ...threadsEndpoints,
  ...searchEndpoints,
  ...uploadsEndpoints,
  ...invitesEndpoints,
  ...internalEndpoints,
} as const;

export type Endpoints = typeof endpoints;
export type EndpointKey = keyof Endpoints;
