import type { Snowflake } from '@harmonium/api/ids';
import type { ReadMark } from '@harmonium/api/internal';
import type { Structure } from '@harmonium/api/server';
import { MAX_READY_PRESENCES } from '../contract/limits.ts';
import type { Presence } from '../contract/presence.ts';
import type { ServerPublish } from '../contract/publish.ts';
import type { Host } from './host.ts';
import { Latest } from './latest.ts';
import { Namings } from './namings.ts';
import { Presences, type Choice } from './presence.ts';
import { ServerDigest, type Stir } from './server-digest.ts';
import { frame, say, viewerOf, type Guest, type ServerSeat } from './server-seat.ts';

/**
 * Who is there, and in which channels somebody writes. Told at most once a second, however many they
 * are; what whoever is away has to be told when they come is kept.
 */
export class ServerCrowd {
  readonly #host: Host<ServerSeat>;
  readonly #structure: () => Structure | undefined;
  readonly #canView: (member: Guest, channelId: Snowflake) => boolean;
  readonly #alarms: { digest: Alarm; presence: Alarm };
  readonly #presences: Presences;
  readonly #digest = new ServerDigest();
  readonly #latest: Latest;
  readonly #namings: Namings;

  constructor(options: {
    host: Host<ServerSeat>;
    structure: () => Structure | undefined;
    canView: (member: Guest, channelId: Snowflake) => boolean;
    /** They ask for a call of `tell` and of `expire`. */
    alarms: { digest: Alarm; presence: Alarm };
  }) {
    const { storage } = options.host;
    this.#host = options.host;
    this.#structure = options.structure;
    this.#canView = options.canView;
    this.#alarms = options.alarms;
    this.#presences = new Presences(storage);
    this.#latest = new Latest(storage);
    this.#namings = new Namings(storage);
  }

  async start(): Promise<void> {
    await Promise.all([this.#presences.start(), this.#latest.start(), this.#namings.start()]);
    for (const { id, state } of this.#host.connections()) {
      this.#presences.connect(state.ticket.user.id, id, state.idle);
    }
  }

  enter(member: Guest): void {
    this.#show(this.#presences.connect(userOf(member), member.id, false), member);
  }

  choose(member: Guest, choice: Choice): void {
    this.#show(this.#presences.choose(userOf(member), member.id, choice));
  }

  leave(member: Guest): void {
    this.#presences.disconnect(userOf(member), member.id, this.#host.now());
    this.#alarms.presence(this.#presences.nextLeave);
  }

  /** Whoever left and did not come back is offline. */
  expire(): void {
    for (const presence of this.#presences.leave(this.#host.now())) this.#show(presence);
    this.#alarms.presence(this.#presences.nextLeave);
  }

  forget(userId: Snowflake): void {
    this.#show(this.#presences.forget(userId));
  }

  answer(member: Guest, userIds: readonly Snowflake[]): void {
    const presences = this.#presences.of(userIds);
    if (presences.length > 0) say(member, { type: 'presence.changed', presences });
  }

  /** What one who comes has to know. */
  greeting(member: Guest, seen: ReadonlySet<Snowflake>) {
    return {
      presences: this.#presences.some(userOf(member), MAX_READY_PRESENCES),
      online: this.#presences.online,
      latest: this.#latest.in(seen),
      mentions: this.#namings.of(viewerOf(member), seen),
    };
  }

  stir(stir: Stir): void {
    this.#digest.stir(stir);
    this.#note(stir);
    this.tell();
  }

  /** Those whom they named are told, and nobody is named by them any more. */
  unname({ channelId, messageIds }: Unnamed): void {
    for (const messageId of messageIds) {
      // Most named nobody: those cost no look at every member.
      if (!this.#namings.has(messageId)) continue;
      this.#host.broadcast(frame({ type: 'mention.removed', channelId, messageId }), (member) =>
        this.#isNamed(member, channelId, messageId),
      );
      this.#namings.forget(messageId);
    }
  }

  /** Youngest messages that api knows of. */
  learn(latest: readonly ReadMark[]): void {
    for (const each of latest) this.#latest.set(each);
  }

  keepOnly(channelIds: ReadonlySet<Snowflake>): void {
    this.#latest.keepOnly(channelIds);
    this.#namings.keepOnly(channelIds);
  }

  /** What waits, when it has waited long enough. In one step, so that it is one write a socket. */
  tell(except?: Guest): void {
    const told = this.#digest.take(this.#host.now());
    this.#alarms.digest(this.#digest.at);
    if (told === undefined) return;
    const { presences, activity } = told;
    if (presences.length > 0) {
      const changed = frame({ type: 'presence.changed', presences });
      this.#host.broadcast(changed, except && ((member) => member.id !== except.id));
    }
    for (const stir of activity) this.#tellStir(stir);
  }

  #show(presence: Presence | undefined, except?: Guest): void {
    if (presence === undefined) return;
    this.#digest.show(presence);
    this.tell(except);
  }

  #tellStir({ namings, ...activity }: Stir): void {
    const { channelId } = activity;
    this.#host.broadcast(frame(activity), (member) => this.#canView(member, channelId));
    for (const { messageId, authorId } of namings) {
      this.#host.broadcast(frame({ type: 'mention', channelId, messageId, authorId }), (member) =>
        this.#isNamed(member, channelId, messageId),
      );
    }
  }

  #isNamed(member: Guest, channelId: Snowflake, messageId: Snowflake): boolean {
    return this.#namings.names(messageId, viewerOf(member)) && this.#canView(member, channelId);
  }

  #note({ channelId, messageId, namings }: Stir): void {
    const structure = this.#structure();
    const isKnown = structure?.channels.some(({ id }) => id === channelId) !== false;
    if (!isKnown) return;
    this.#latest.set({ channelId, messageId });
    if (namings.length === 0) return;
    const roles = structure?.roles.filter((role) => role.mentionable) ?? [];
    const mentionable = new Set(roles.map(({ id }) => id));
    const here = this.#presences.here;
    for (const naming of namings) this.#namings.add(channelId, naming, { mentionable, here });
  }
}

type Unnamed = ServerPublish & { type: 'unnamed' };
type Alarm = (at: number | undefined) => void;

function userOf({ state }: Guest): Snowflake {
  return state.ticket.user.id;
}
