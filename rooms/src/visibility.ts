import type { Snowflake } from '@harmonium/api/ids';
import {
  channelPermissions,
  hasPermission,
  Permission,
  type PermissionContext,
  type Permissions,
} from '@harmonium/api/permissions';
import type { Channel } from '@harmonium/api/channel';
import type { Structure } from '@harmonium/api/server';

/** Who looks: roles decide, and in rare cases the person. */
export interface Viewer {
  userId: string;
  roles: readonly string[];
}

/** Which channels each member may see, at one revision of the structure. */
export class Visibility {
  readonly #structure: Structure;
  readonly #context: PermissionContext;
  /** Members with equal roles see alike; few role sets serve thousands of members. */
  readonly #seen = new Map<string, ReadonlySet<Snowflake>>();
  readonly #special: ReadonlySet<string>;

  constructor(structure: Structure) {
    this.#structure = structure;
    this.#context = {
      serverId: structure.server.id,
      ownerId: structure.server.ownerId,
      roles: structure.roles.map(({ id, permissions }) => ({
        id,
        permissions: BigInt(permissions),
      })),
    };
    const special = new Set<string>([structure.server.ownerId]);
    for (const channel of structure.channels) {
      for (const { kind, targetId } of channel.overrides)
        if (kind === 'member') special.add(targetId);
    }
    this.#special = special;
  }

  /** Ids of the channels that the viewer may see. */
  channels(viewer: Viewer): ReadonlySet<Snowflake> {
    const roles = [...viewer.roles].sort().join(' ');
    const key = this.#special.has(viewer.userId) ? `${viewer.userId}: ${roles}` : roles;
    let seen = this.#seen.get(key);
    if (seen === undefined) {
      seen = this.#compute(viewer);
      this.#seen.set(key, seen);
    }
    return seen;
  }

  canView(viewer: Viewer, channelId: Snowflake): boolean {
    return this.channels(viewer).has(channelId);
  }

  /** The structure without what the viewer may not see. */
  view(viewer: Viewer): Structure {
    const seen = this.channels(viewer);
    return {
      ...this.#structure,
      channels: this.#structure.channels.filter(({ id }) => seen.has(id)),
    };
  }

  /** What the viewer may do in a channel; undefined: they may not see it. */
  permissions(viewer: Viewer, channelId: Snowflake, timedOut: boolean): Permissions | undefined {
    const channel = this.#structure.channels.find(({ id }) => id === channelId);
    const granted = channel && this.#granted(viewer, channel, timedOut);
    return granted !== undefined && hasPermission(granted, Permission.VIEW_CHANNEL)
      ? granted
      : undefined;
  }

  #compute(viewer: Viewer): ReadonlySet<Snowflake> {
    const seen = this.#structure.channels.filter((channel) => {
      // A timeout takes everything but the view.
      const granted = this.#granted(viewer, channel, false);
      return hasPermission(granted, Permission.VIEW_CHANNEL);
    });
    return new Set(seen.map(({ id }) => id));
  }

  #granted({ userId, roles }: Viewer, channel: Channel, timedOut: boolean): Permissions {
    const subject = { userId, roleIds: new Set(roles), timedOut };
    return channelPermissions(this.#context, subject, overridesOf(channel));
  }
}

function overridesOf({ overrides }: Channel) {
  return overrides.map((override) => ({
    ...override,
    allow: BigInt(override.allow),
    deny: BigInt(override.deny),
  }));
}
