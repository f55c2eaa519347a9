import type { Channel } from '@harmonium/api/channel';
import type { Member } from '@harmonium/api/member';
import { channelPermissions, serverPermissions } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';
import type { Structure } from '@harmonium/api/server';
import type { Presence } from '@harmonium/rooms/presence';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import type { ServerState } from './server-state.ts';

export function presenceOf(state: ServerState | undefined, userId: string): Presence['status'] {
  return state?.presences[userId]?.status ?? 'offline';
}

/** Who is in a voice channel, longest first. */
export function voiceIn(state: ServerState | undefined, channelId: string): VoiceState[] {
  return Object.values(state?.voice ?? {})
    .filter((voice) => voice.channelId === channelId)
    .sort((one, other) => one.since.localeCompare(other.since));
}

export function channelOf(state: ServerState | undefined, id: string): Channel | undefined {
  return state?.structure.channels.find((channel) => channel.id === id);
}

/** What I may do in the server as a whole. */
export function myServerPermissions(state: ServerState, now: number): Permissions {
  return serverPermissions(contextOf(state.structure), subjectOf(state.me, now));
}

/** What I may do in one channel, by the same rules as api. */
export function myPermissionsIn(state: ServerState, channel: Channel, now: number): Permissions {
  const overrides = channel.overrides.map((override) => ({
    ...override,
    allow: BigInt(override.allow),
    deny: BigInt(override.deny),
  }));
  return channelPermissions(contextOf(state.structure), subjectOf(state.me, now), overrides);
}

function contextOf(structure: Structure) {
  return {
    serverId: structure.server.id,
    ownerId: structure.server.ownerId,
    roles: structure.roles.map((role) => ({
      id: role.id,
      permissions: BigInt(role.permissions),
    })),
  };
}

function subjectOf(member: Member, now: number) {
  return {
    userId: member.user.id,
    roleIds: new Set<string>(member.roles),
    timedOut: member.timeoutUntil !== null && Date.parse(member.timeoutUntil) > now,
  };
}
