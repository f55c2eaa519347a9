import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { channelPermissions, hasPermission, Permission } from '@harmonium/api/permissions';
import type { Structure } from '@harmonium/api/server';
import { createTicketKeys, type ServerTicket } from '@harmonium/api/ticket';
import { expect } from 'vitest';
import type { Naming, ServerPublish } from '../../contract/publish.ts';
import { ServerServerEvent } from '../../contract/server-event.ts';
import type { VoiceState } from '../../contract/voice-state.ts';
import { TEST_SECRET } from '../testing/fake-rooms.ts';
import { serverTicket, someId, someone, structureOf, textChannel } from '../testing/people.ts';
import type { Stand } from '../testing/stands.ts';
import { MEMBERS, ROLES, type Step } from './server-steps.ts';
import { ServerView } from './server-view.ts';

interface Person {
  claims: ServerTicket;
  view: ServerView | undefined;
}

/** Drives a server's room beside the permission function, asked anew for each member and channel. */
export class ServerModel {
  readonly #stand: Stand;
  readonly #id: Snowflake;
  readonly #roles: Snowflake[];
  readonly #people: Person[];
  readonly #voice = new Map<string, VoiceState>();
  /** The youngest message by channel. */
  readonly #latest = new Map<string, string>();
  /** Messages that name somebody, oldest first. */
  #named: { channelId: string; messageId: string; names: number | 'everyone' }[] = [];
  #structure: Structure;

  constructor(stand: Stand) {
    this.#stand = stand;
    this.#structure = structureOf(someone('owner'), (id) => [textChannel(id, 'general')]);
    this.#id = this.#structure.server.id;
    this.#roles = Array.from({ length: ROLES }, () => someId());
    const [everyone] = this.#structure.roles;
    if (everyone === undefined) throw new Error('There is always one.');
    for (const id of this.#roles) {
      this.#structure.roles.push({ ...everyone, id, name: 'role', permissions: '0' });
    }
    this.#people = Array.from({ length: MEMBERS }, (_, at) => {
      const name = someone(`member${at}`);
      const user = at === 0 ? { ...name, id: this.#structure.server.ownerId } : name;
      return { claims: serverTicket(user, this.#id), view: undefined };
    });
    stand.api.structures.set(this.#id, this.#structure);
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const person of this.#people) await this.#enter(person);
    for (const step of steps) {
      await this.#take(step);
      await this.#look();
    }
    for (const { view } of this.#people) view?.leave();
  }

  async #take(step: Step): Promise<void> {
    switch (step.do) {
      case 'enter':
        return this.#enter(this.#person(step.member));
      case 'leave':
        return this.#leave(this.#person(step.member));
      case 'crash':
        await this.#stand.crash(() => this.#people.forEach((person) => this.#leave(person)));
        return undefined;
      case 'roles': {
        const { claims } = this.#person(step.member);
        claims.roles = this.#roles.filter((_, at) => step.roles.includes(at));
        const { user, roles, timeoutUntil } = claims;
        const joinedAt = new Date(0).toISOString();
        const member = { user, roles, timeoutUntil, serverId: this.#id, nickname: null, joinedAt };
        return this.#tell({ type: 'member', change: { type: 'member.updated', member } });
      }
      case 'role': {
        const id = this.#roles[step.role] ?? this.#id;
        return this.#change((structure) => {
          structure.roles = structure.roles.map((role) =>
            role.id === id ? { ...role, permissions: step.permissions } : role,
          );
        });
      }
      case 'channel':
        return this.#change((structure) => {
          structure.channels.push(textChannel(this.#id, 'another'));
        });
      case 'remove':
        return this.#change((structure) => {
          structure.channels.splice(step.channel % Math.max(1, structure.channels.length), 1);
        });
      case 'override': {
        const at = step.channel % Math.max(1, this.#structure.channels.length);
        const targetId = this.#target(step);
        return this.#change((structure) => {
          const channel = structure.channels[at];
          if (channel === undefined) return;
          const others = channel.overrides.filter((one) => one.targetId !== targetId);
          const override = { kind: step.kind, targetId, allow: step.allow, deny: step.deny };
          channel.overrides = [...others, override] as Channel['overrides'];
        });
      }
      case 'late': {
        // A publish that was overtaken: whatever it says, it is over.
        const structure = { ...this.#structure, rev: this.#structure.rev - 1, channels: [] };
        const change = { type: 'server.removed' as const, rev: structure.rev };
        return this.#tell({
          type: 'changed',
          structure,
          change: { ...change, type: 'channel.removed', channelId: this.#id },
        });
      }
      case 'activity':
        return this.#activity(step);
      case 'voice':
        return this.#call(step);
      case 'ticket':
        return this.#ticket(step);
    }
  }

  async #enter(person: Person): Promise<void> {
    this.#leave(person);
    const view = new ServerView();
    person.view = view;
    const { ticket } = await this.#stand.tickets.issue(person.claims, 60);
    await this.#stand.connect('server', this.#id, ticket, undefined, view);
    await view.next('ready');
    this.#welcomed(person, view);
  }

  #leave(person: Person): void {
    person.view?.leave();
    person.view = undefined;
  }

  async #change(change: (structure: Structure) => void): Promise<void> {
    const next = structuredClone(this.#structure);
    change(next);
    next.rev += 1;
    this.#structure = next;
    for (const [key, state] of this.#voice) {
      if (!next.channels.some(({ id }) => id === state.channelId)) this.#voice.delete(key);
    }
    const kept = new Set<string>(next.channels.map(({ id }) => id));
    for (const id of this.#latest.keys()) if (!kept.has(id)) this.#latest.delete(id);
    this.#named = this.#named.filter(({ channelId }) => kept.has(channelId));
    this.#stand.api.structures.set(this.#id, next);
    // The room tells what differs; what the change is called does not matter to it.
    const named = { type: 'server.updated', rev: next.rev, server: next.server } as const;
    await this.#tell({ type: 'changed', structure: next, change: named });
  }

  async #activity({ channel: at, names }: Step & { do: 'activity' }): Promise<void> {
    const channel = this.#channel(at);
    if (channel === undefined) return;
    await this.#repeatCalls();
    // Told at most once a second: past what was told last.
    await this.#stand.pass(2_000);
    const messageId = someId();
    const authorId = someId();
    await this.#tell({
      type: 'activity',
      channelId: channel.id,
      messageId,
      authorId,
      namings: names === undefined ? [] : [this.#naming(messageId, authorId, names)],
    });
    this.#latest.set(channel.id, messageId);
    if (names !== undefined) this.#named.push({ channelId: channel.id, messageId, names });
    await this.#stand.pass(2_000);
    await this.#quiet();
    for (const person of this.#people) {
      if (person.view === undefined) continue;
      const heard = person.view.all('activity').some((event) => event['messageId'] === messageId);
      const sees = this.#may(person, channel) !== undefined;
      expect(heard, 'heard of it').toBe(sees);
      const told = person.view.all('mention').some((event) => event['messageId'] === messageId);
      expect(told, 'was named').toBe(sees && this.#isNamed(person, names));
    }
  }

  #naming(messageId: Snowflake, authorId: Snowflake, names: number | 'everyone'): Naming {
    const nobody = { messageId, authorId, users: [], roles: [], anyRole: false };
    if (names === 'everyone') return { ...nobody, crowd: 'everyone' };
    return { ...nobody, users: [this.#person(names).claims.user.id] };
  }

  #isNamed(person: Person, names: number | 'everyone' | undefined): boolean {
    if (names === undefined) return false;
    return names === 'everyone' || this.#person(names) === person;
  }

  /** Who comes is told what they missed, as far as they may see it. */
  #welcomed(person: Person, view: ServerView): void {
    const [ready] = view.all('ready').map((event) => ServerServerEvent.parse(event));
    if (ready?.type !== 'ready') return expect.unreachable();
    const seen = this.#structure.channels.filter((one) => this.#may(person, one) !== undefined);
    const ids = new Set<string>(seen.map(({ id }) => id));
    expect(new Map(ready.latest.map((each) => [each.channelId, each.messageId]))).toEqual(
      new Map([...this.#latest].filter(([channelId]) => ids.has(channelId))),
    );
    expect(ready.mentions.map(({ messageId }) => messageId)).toEqual(
      this.#named
        .filter(({ channelId, names }) => ids.has(channelId) && this.#isNamed(person, names))
        .map(({ messageId }) => messageId),
    );
  }

  /** As an sfu does all the time: a call that nobody speaks of is over. */
  async #repeatCalls(): Promise<void> {
    for (const { id: channelId } of this.#structure.channels) {
      const states = [...this.#voice.values()].filter((state) => state.channelId === channelId);
      if (states.length > 0) await this.#tell({ type: 'voice.snapshot', channelId, states });
    }
  }

  async #call({ member, channel: at, muted, leaves }: Step & { do: 'voice' }): Promise<void> {
    const channel = this.#channel(at);
    if (channel === undefined) return;
    const { user } = this.#person(member).claims;
    const key = `${channel.id} ${user.id}`;
    const since = new Date(0).toISOString();
    const state = { channelId: channel.id, user, muted, deafened: false, speaking: false, since };
    if (leaves) this.#voice.delete(key);
    else this.#voice.set(key, state);
    await this.#tell(
      leaves
        ? { type: 'voice.left', channelId: channel.id, userId: user.id }
        : { type: 'voice.joined', state },
    );
  }

  async #ticket({ member, channel: at }: Step & { do: 'ticket' }): Promise<void> {
    const person = this.#person(member);
    const channel = this.#channel(at);
    if (person.view === undefined || channel === undefined) return;
    const nonce = someId();
    person.view.send({ type: 'ticket.request', nonce, channelId: channel.id });
    const may = this.#may(person, channel);
    const answer = await person.view.next(
      may === undefined ? 'rejected' : 'channel.ticket',
      (event) => event['nonce'] === nonce,
    );
    const keys = createTicketKeys(TEST_SECRET, () => this.#stand.now());
    const ticket = may === undefined ? undefined : await keys.verify(String(answer['ticket']));
    expect(ticket && 'permissions' in ticket ? ticket.permissions : undefined).toBe(
      may?.toString(),
    );
  }

  /** Everyone shows what the permission function lets them see, and nothing else. */
  async #look(): Promise<void> {
    await this.#quiet();
    for (const person of this.#people) {
      const { view } = person;
      if (view === undefined) continue;
      expect(view.closedBy).toBeUndefined();
      const seen = this.#structure.channels.filter((one) => this.#may(person, one) !== undefined);
      const ids = new Set<string>(seen.map(({ id }) => id));
      expect(view.channels).toEqual(new Map(seen.map((channel) => [channel.id, channel])));
      expect(view.roles).toEqual(new Map(this.#structure.roles.map((role) => [role.id, role])));
      const voice = [...this.#voice].filter(([, { channelId }]) => ids.has(channelId));
      expect(view.voice).toEqual(new Map(voice));
    }
    expect(this.#stand.bugs).toEqual([]);
  }

  /** Undefined: not even to see it. */
  #may({ claims }: Person, channel: Channel): bigint | undefined {
    const { server, roles } = this.#structure;
    const granted = channelPermissions(
      {
        serverId: server.id,
        ownerId: server.ownerId,
        roles: roles.map(({ id, permissions }) => ({ id, permissions: BigInt(permissions) })),
      },
      { userId: claims.user.id, roleIds: new Set(claims.roles), timedOut: false },
      channel.overrides.map((override) => ({
        ...override,
        allow: BigInt(override.allow),
        deny: BigInt(override.deny),
      })),
    );
    return hasPermission(granted, Permission.VIEW_CHANNEL) ? granted : undefined;
  }

  async #quiet(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await this.#stand.rest();
      for (const { view } of this.#people) await view?.settled();
    }
  }

  async #tell(event: ServerPublish): Promise<void> {
    await this.#stand.publisher.publish('server', this.#id, [event]);
  }

  #target(step: Step & { do: 'override' }): string {
    if (step.kind === 'member') return this.#person(step.target).claims.user.id;
    return this.#roles[step.target] ?? this.#id;
  }

  #channel(at: number): Channel | undefined {
    const { channels } = this.#structure;
    return channels[at % Math.max(1, channels.length)];
  }

  #person(at: number): Person {
    return this.#people[at % MEMBERS] ?? expect.unreachable();
  }
}
