import type { Channel } from '@harmonium/api/channel';
import type { Member } from '@harmonium/api/member';
import { serverPermissions } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';
import type { Structure } from '@harmonium/api/server';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import type { ServerState } from './server-state.ts';

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
