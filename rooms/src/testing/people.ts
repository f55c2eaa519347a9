import { Snowflake } from '@harmonium/api/ids';
import type { Channel } from '@harmonium/api/channel';
import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import type { Structure } from '@harmonium/api/server';
import type { ChannelTicket, ServerTicket, UserTicket } from '@harmonium/api/ticket';
import type { User } from '@harmonium/api/user';

let made = 0;

/** An id that no other test of this process has. */
export function someId(): Snowflake {
  made += 1;
  return Snowflake.parse(String((BigInt(Date.now() - Date.UTC(2024, 0, 1)) << 22n) + BigInt(made)));
}

export function someone(username: string): User {
  return { id: someId(), username, avatar: null };
}

export const EVERYTHING_USUAL = String(DEFAULT_EVERYONE);

export function channelTicket(
  user: User,
  channelId: Snowflake,
  rest: Partial<ChannelTicket> = {},
): ChannelTicket {
  return {
    kind: 'channel',
    channelId,
    serverId: channelId,
    permissions: EVERYTHING_USUAL,
    slowmode: 0,
    user,
    sessionId: user.id,
    ...rest,
  };
}

export function serverTicket(
  user: User,
  serverId: Snowflake,
  roles: Snowflake[] = [],
): ServerTicket {
  return { kind: 'server', serverId, roles, timeoutUntil: null, user, sessionId: user.id };
}

export function userTicket(user: User, sessionId = user.id): UserTicket {
  return { kind: 'user', user, sessionId };
}

export function textChannel(
  serverId: Snowflake,
  name: string,
  rest: Partial<Channel> = {},
): Channel {
  return {
    id: someId(),
    serverId,
    categoryId: null,
    type: 'text',
    name,
    topic: '',
    position: 0,
    slowmode: 0,
    overrides: [],
    ...rest,
  };
}

/** Overrides that hide a channel from all but one role. */
export function onlyFor(serverId: Snowflake, roleId: Snowflake): Channel['overrides'] {
  const view = String(Permission.VIEW_CHANNEL);
  return [
    { kind: 'role', targetId: serverId, allow: '0', deny: view },
    { kind: 'role', targetId: roleId, allow: view, deny: '0' },
  ];
}

export function structureOf(owner: User, channels: (serverId: Snowflake) => Channel[]): Structure {
  const id = someId();
  const role = { serverId: id, color: null, position: 0, hoist: false, mentionable: false };
  return {
    rev: 1,
    server: { id, name: 'A place', icon: null, theme: null, ownerId: owner.id },
    channels: channels(id),
    categories: [],
    roles: [{ ...role, id, name: '@everyone', permissions: EVERYTHING_USUAL }],
    emojis: [],
  };
}
