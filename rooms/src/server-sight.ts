import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import type { Permissions } from '@harmonium/api/permissions';
import type { Structure } from '@harmonium/api/server';
import type { CloseReason } from '../contract/close-codes.ts';
import type { Host } from './host.ts';
import type { RoomsApi } from './rooms-api.ts';
import type { ServerCalls } from './server-calls.ts';
import { frame, say, viewerOf, type Guest, type ServerSeat, type Standing } from './server-seat.ts';
import { channelChanges, structureChanges } from './structure-changes.ts';
import { StructureStore } from './structure.ts';
import { Visibility } from './visibility.ts';

const NO_CHANNELS: ReadonlySet<Snowflake> = new Set();

/** The server's structure, and what of it each member sees. They are told what changes for them. */
export class ServerSight {
  readonly #host: Host<ServerSeat>;
  readonly #store: StructureStore;
  readonly #calls: ServerCalls;
  readonly #kept: (channelIds: ReadonlySet<Snowflake>) => void;
  readonly #isRemoved: () => boolean;
  #visibility: Visibility | undefined;

  constructor(options: {
    host: Host<ServerSeat>;
    api: RoomsApi;
    calls: ServerCalls;
    /** These are the server's channels from now on. */
    kept: (channelIds: ReadonlySet<Snowflake>) => void;
    isRemoved: () => boolean;
  }) {
    const { host, api } = options;
    this.#host = host;
    this.#calls = options.calls;
    this.#kept = options.kept;
    this.#isRemoved = options.isRemoved;
    this.#store = new StructureStore({
      serverId: host.id as Snowflake, // Tickets and publishes are for this id, or refused.
      storage: host.storage,
      api,
      now: () => host.now(),
      log: host.log,
    });
  }

  async start(): Promise<void> {
    await this.#store.start();
    const { structure } = this;
    if (structure !== undefined) this.#visibility = new Visibility(structure);
  }

  get structure(): Structure | undefined {
    return this.#store.current;
  }

  /** Undefined: the structure is there. */
  async need(): Promise<CloseReason | undefined> {
    if (this.#isRemoved()) return 'room_removed';
    if (this.structure !== undefined) return undefined;
    try {
      const structure = await this.#store.ask();
      if (structure === undefined) return 'room_removed';
      this.replace(structure);
      return undefined;
    } catch (error) {
      this.#host.log.warn({ error }, 'the structure could not be had');
      return 'unavailable';
    }
  }

  /** Asks whether it is still so, behind the back of whoever came. */
  confirm(): Promise<void> {
    return this.#store.confirm((structure) => this.replace(structure));
  }

  /** An older one changes nothing. */
  replace(next: Structure): void {
    if (this.#isRemoved() || next.server.id !== this.#host.id) return;
    const { structure: old } = this;
    const before = this.#visibility;
    if (!this.#store.replace(next)) return;
    const after = new Visibility(next);
    this.#visibility = after;
    if (old === undefined || before === undefined) return;

    const { common, updated } = structureChanges(old, next);
    for (const change of common) this.#host.broadcast(frame(change));
    for (const member of this.#host.connections()) {
      const viewer = viewerOf(member);
      const seen = { before: before.channels(viewer), after: after.channels(viewer) };
      this.#tellChannels(member, next, seen, updated);
    }
    const kept = new Set(next.channels.map(({ id }) => id));
    this.#kept(kept);
    this.#calls.keepOnly(kept);
  }

  /** Other roles show and hide channels at once. */
  restand(member: Guest, standing: Standing): void {
    const { state } = member;
    const before = this.#visibility?.channels(viewerOf(member));
    member.setState({ ...state, ticket: { ...state.ticket, ...standing } });
    const after = this.#visibility?.channels(viewerOf(member));
    const { structure } = this;
    if (structure === undefined || before === undefined || after === undefined) return;
    this.#tellChannels(member, structure, { before, after }, NO_CHANNELS);
  }

  canView(member: Guest, channelId: Snowflake): boolean {
    return this.#visibility?.canView(viewerOf(member), channelId) ?? false;
  }

  /** What the member sees of the structure, and the ids of the channels in it. */
  of(member: Guest): { view: Structure; seen: ReadonlySet<Snowflake> } {
    if (this.#visibility === undefined)
      throw new Error('A member was admitted before the structure.');
    const viewer = viewerOf(member);
    return { view: this.#visibility.view(viewer), seen: this.#visibility.channels(viewer) };
  }

  /** One of the channels, and what the member may do in it; undefined: none that they see. */
  channel(
    member: Guest,
    channelId: Snowflake,
    timedOut: boolean,
  ): { channel: Channel; permissions: Permissions } | undefined {
    const permissions = this.#visibility?.permissions(viewerOf(member), channelId, timedOut);
    const channel = this.structure?.channels.find(({ id }) => id === channelId);
    return permissions === undefined || channel === undefined
      ? undefined
      : { channel, permissions };
  }

  #tellChannels(
    member: Guest,
    next: Structure,
    { before, after }: { before: ReadonlySet<Snowflake>; after: ReadonlySet<Snowflake> },
    updated: ReadonlySet<Snowflake>,
  ): void {
    for (const change of channelChanges(next, before, after, updated)) {
      if (change.type === 'channel.removed') this.#calls.hide(member, change.channelId);
      say(member, change);
      if (change.type === 'channel.created') this.#calls.show(member, change.channel.id);
    }
  }
}
