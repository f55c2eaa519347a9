import type { Channel } from '@harmonium/api/channel';
import type { Member } from '@harmonium/api/member';
import { channelPermissions, serverPermissions } from '@harmonium/api/permissions';
import type { Override, Permissions } from '@harmonium/api/permissions';
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

/** What I may do in one of its channels. */
export function myChannelPermissions(
  state: ServerState,
  channel: Pick<Channel, 'overrides'>,
  now: number,
): Permissions {
  const { structure, me } = state;
  return channelPermissions(contextOf(structure), subjectOf(me, now), overridesOf(channel));
}

/** What decides in a server, as the pure functions read it. */
export function contextOf(structure: Structure) {
  return {
    serverId: structure.server.id,
    ownerId: structure.server.ownerId,
    roles: structure.roles.map((role) => ({
      id: role.id,
      permissions: BigInt(role.permissions),
      position: role.position,
    })),
  };
}

export function subjectOf(member: Pick<Member, 'user' | 'roles' | 'timeoutUntil'>, now: number) {
  return {
    userId: member.user.id,
    roleIds: new Set<string>(member.roles),
    timedOut: member.timeoutUntil !== null && Date.parse(member.timeoutUntil) > now,
  };
}

export function overridesOf({ overrides }: Pick<Channel, 'overrides'>): Override[] {
  return overrides.map(({ kind, targetId, allow, deny }) => ({
    kind,
    targetId,
    allow: BigInt(allow),
    deny: BigInt(deny),
  }));
}
