import type { Snowflake } from '@harmonium/api/ids';
import type { ReadMark } from '@harmonium/api/internal';
import type { Member } from '@harmonium/api/member';
import type { Structure } from '@harmonium/api/server';
import { TICKET_TTL_S, type ServerTicket, type VerifiedTicket } from '@harmonium/api/ticket';
import { ServerClientEvent } from '../contract/client-event.ts';
import type { CloseReason } from '../contract/close-codes.ts';
import { MAX_READY_PRESENCES } from '../contract/limits.ts';
import type { Presence } from '../contract/presence.ts';
import { ServerPublish, type PublishAnswer } from '../contract/publish.ts';
import type { ServerChange, ServerServerEvent } from '../contract/server-event.ts';
import { Alarms } from './alarms.ts';
import type { RoomDeps } from './deps.ts';
import { Grants } from './grants.ts';
import { FirstQuestion } from './first-question.ts';
import type { Admission, Connection, Host, Room } from './host.ts';
import { Latest } from './latest.ts';
import { Lobby, TICKET_RENEWAL_MS, type Seat } from './lobby.ts';
import { Members } from './members.ts';
import { Namings } from './namings.ts';
import { Presences } from './presence.ts';
import { ServerDigest, type Stir, type Told } from './server-digest.ts';
import { channelChanges, structureChanges } from './structure-changes.ts';
import { StructureStore } from './structure.ts';
import { Visibility, type Viewer } from './visibility.ts';
import { VoiceStates, type VoiceEvent } from './voice-states.ts';

export interface ServerSeat extends Seat<ServerTicket> {
  idle: boolean;
}
type Guest = Connection<ServerSeat>;
type Standing = Pick<ServerTicket, 'user' | 'roles' | 'timeoutUntil'>;

/** One server: its structure, who is there, and what stirs in the channels one may see. */
export class ServerRoom implements Room<ServerSeat> {
  readonly #host: Host<ServerSeat>;
  readonly #deps: RoomDeps;
  readonly #id: Snowflake;
  readonly #alarms: Alarms<'tickets' | 'presence' | 'digest' | 'members' | 'voice'>;
  readonly #lobby: Lobby<ServerTicket, ServerSeat>;
  readonly #grants: Grants<Standing>;
  readonly #structure: StructureStore;
  readonly #presences: Presences;
  readonly #digest = new ServerDigest();
  readonly #members: Members;
  /** Unix time in seconds. What was published before this room may not have heard. */
  #startedAt = 0;
  readonly #voice: VoiceStates;
  readonly #latest: Latest;
  readonly #namings: Namings;
  readonly #past: FirstQuestion<ReadMark[]>;
  #visibility: Visibility | undefined;
  #removed = false;

  constructor(host: Host<ServerSeat>, deps: RoomDeps) {
    this.#host = host;
    this.#deps = deps;
    this.#id = host.id as Snowflake; // Tickets and publishes are for this id, or refused.
    this.#alarms = new Alarms(
      (at) => host.setAlarm(at),
      () => host.now(),
    );
    this.#lobby = new Lobby(host, deps);
    this.#grants = new Grants(host.storage);
    this.#presences = new Presences(host.storage);
    this.#voice = new VoiceStates(host.storage);
    this.#latest = new Latest(host.storage);
    this.#namings = new Namings(host.storage);
    this.#past = new FirstQuestion({
      storage: host.storage,
      key: 'past',
      ask: () => deps.api.latest(this.#id),
      hear: (latest) => latest.forEach((each) => this.#latest.set(each)),
      now: () => host.now(),
      log: host.log,
    });
    this.#members = new Members({
      ask: (userIds) => deps.api.members(this.#id, userIds),
      wake: (delay) => this.#alarms.set('members', host.now() + delay),
      log: host.log,
    });
    this.#structure = new StructureStore({
      serverId: this.#id,
      storage: host.storage,
      api: deps.api,
      now: () => host.now(),
      log: host.log,
    });
  }

  async start(): Promise<void> {
    const now = this.#host.now();
    const [removed] = await Promise.all([
      this.#host.storage.get('removed'),
      this.#lobby.start(),
      this.#grants.start(now),
      this.#structure.start(),
      this.#presences.start(),
      this.#voice.start(now),
      this.#latest.start(),
      this.#namings.start(),
      this.#past.start(),
    ]);
    this.#removed = removed === true;
    this.#startedAt = Math.floor(now / 1000);
    const structure = this.#structure.current;
    if (structure !== undefined) this.#visibility = new Visibility(structure);
    for (const { id, state } of this.#host.connections()) {
      this.#presences.connect(state.ticket.user.id, id, state.idle);
    }
    this.#alarms.set('voice', this.#voice.nextExpiry);
    this.#renewLater();
  }

  async admit(text: string, since: string | undefined): Promise<Admission<ServerSeat>> {
    const ticket = await this.#lobby.check(text, (checked) => this.#mine(checked));
    if (typeof ticket === 'string') return { ok: false, reason: ticket };
    const missing = await this.#needStructure();
    if (missing !== undefined) return { ok: false, reason: missing };
    await this.#past.meet();
    const resume = await this.#lobby.issue(this.#claims(ticket));
    // Looked at after the last await: all of it may have changed meanwhile.
    const refusal = this.#removed ? 'room_removed' : this.#lobby.refusal(ticket);
    if (refusal !== undefined) return { ok: false, reason: refusal };
    if (ticket.issuedAt < this.#startedAt) this.#members.doubt(ticket.user.id);
    const renewedAt = this.#host.now();
    return {
      ok: true,
      state: { ticket: this.#claims(ticket), renewedAt, idle: false },
      since,
      resume,
    };
  }

  #mine(ticket: VerifiedTicket): VerifiedTicket<ServerTicket> | undefined {
    return ticket.kind === 'server' && ticket.serverId === this.#host.id ? ticket : undefined;
  }

  connect(connection: Guest, { resume }: Admission<ServerSeat> & { ok: true }): void {
    this.#lobby.enter(connection);
    const { user, roles, timeoutUntil } = connection.state.ticket;
    this.#show(this.#presences.connect(user.id, connection.id, false), connection);
    const { view, seen } = this.#seenBy(connection);
    say(connection, {
      type: 'ready',
      rev: view.rev,
      structure: view,
      you: { roles, timeoutUntil },
      presences: this.#presences.some(user.id, MAX_READY_PRESENCES),
      online: this.#presences.online,
      voice: this.#voice.all.filter(({ channelId }) => seen.has(channelId)),
      latest: this.#latest.in(seen),
      mentions: this.#namings.of(viewerOf(connection), seen),
      ...resume,
    });
    this.#renewLater();
    void this.#structure.confirm((structure) => this.#restructure(structure));
  }

  receive(connection: Guest, text: string): void | Promise<void> {
    const event = this.#lobby.read(connection, text, ServerClientEvent);
    if (event === undefined || event.type === 'ping') return undefined;
    if (event.type === 'ticket.request') return this.#letIn(connection, event);
    if (event.type === 'presence.request') {
      const presences = this.#presences.of(event.userIds);
      if (presences.length > 0) say(connection, { type: 'presence.changed', presences });
      return undefined;
    }
    const { user } = connection.state.ticket;
    connection.setState({ ...connection.state, idle: event.status === 'idle' });
    this.#show(this.#presences.choose(user.id, connection.id, event));
    return undefined;
  }

  /** A ticket to one of the server's channels, made of what this room knows. */
  async #letIn(
    connection: Guest,
    { nonce, channelId }: ServerClientEvent & { type: 'ticket.request' },
  ): Promise<void> {
    const { user, sessionId, timeoutUntil } = connection.state.ticket;
    const timedOut = timeoutUntil !== null && Date.parse(timeoutUntil) > this.#host.now();
    const viewer = viewerOf(connection);
    const permissions = this.#visibility?.permissions(viewer, channelId, timedOut);
    const channel = this.#structure.current?.channels.find(({ id }) => id === channelId);
    if (permissions === undefined || channel === undefined) {
      this.#lobby.reject(connection, nonce, { code: 'not_found', message: 'No such channel.' });
      return;
    }
    // What changes during the await is told to the channel's room, and holds against this ticket.
    const issued = await this.#deps.tickets.issue(
      {
        kind: 'channel',
        channelId,
        serverId: channel.serverId,
        permissions: permissions.toString(),
        recheckAt: timedOut ? timeoutUntil : null,
        slowmode: channel.slowmode,
        user,
        sessionId,
      },
      TICKET_TTL_S,
    );
    say(connection, { type: 'channel.ticket', nonce, channelId, ...issued });
  }

  disconnect(connection: Guest): void {
    this.#lobby.forget(connection);
    const { user } = connection.state.ticket;
    this.#presences.disconnect(user.id, connection.id, this.#host.now());
    this.#alarms.set('presence', this.#presences.nextLeave);
  }

  async publish(events: readonly unknown[]): Promise<PublishAnswer[]> {
    return events.map((event) => {
      const parsed = ServerPublish.safeParse(event);
      if (!parsed.success) return { ok: false, code: 'invalid', message: 'No such event.' };
      this.#hear(parsed.data);
      return { ok: true };
    });
  }

  async alarm(): Promise<void> {
    const now = this.#host.now();
    for (const name of this.#alarms.due()) {
      if (name === 'presence') {
        for (const presence of this.#presences.leave(now)) this.#show(presence);
        this.#alarms.set('presence', this.#presences.nextLeave);
      } else if (name === 'members') {
        await this.#members.confirm((answers) => this.#correct(answers));
      } else if (name === 'digest') {
        this.#tell(this.#digest.take(now));
      } else if (name === 'voice') {
        this.#tellVoice(this.#voice.expire(now));
      } else {
        await this.#lobby.renew();
        // A publish may have been lost with an api that died: nobody is wrong for longer than this.
        for (const { state } of this.#host.connections()) this.#members.doubt(state.ticket.user.id);
        this.#renewLater();
      }
    }
  }

  #hear(event: ServerPublish): void {
    const now = this.#host.now();
    switch (event.type) {
      case 'changed':
        if (event.change.type === 'server.removed') this.#remove(event.structure.rev);
        else this.#restructure(event.structure);
        return;
      case 'member':
        if ('member' in event.change) this.#members.heardOf(event.change.member.user.id);
        this.#changeMember(event.change);
        return;
      case 'revoke':
        this.#lobby.revoke(event.userId, event.sessionId, event.reason);
        return;
      case 'room.removed':
        this.#remove((this.#structure.current?.rev ?? 0) + 1);
        return;
      case 'activity':
        this.#digest.stir(event);
        this.#note(event);
        this.#tell(this.#digest.take(now));
        return;
      case 'voice.joined':
      case 'voice.updated':
      case 'voice.left':
      case 'voice.snapshot':
        this.#tellVoice(this.#voice.hear(event, now));
    }
  }

  /** Undefined: the structure is there. */
  async #needStructure(): Promise<CloseReason | undefined> {
    if (this.#removed) return 'room_removed';
    if (this.#structure.current !== undefined) return undefined;
    try {
      const structure = await this.#structure.ask();
      if (structure === undefined) return 'room_removed';
      this.#restructure(structure);
      return undefined;
    } catch (error) {
      this.#host.log.warn({ error }, 'the structure could not be had');
      return 'unavailable';
    }
  }

  #restructure(next: Structure): void {
    if (this.#removed || next.server.id !== this.#host.id) return;
    const old = this.#structure.current;
    const before = this.#visibility;
    if (!this.#structure.replace(next)) return;
    const after = new Visibility(next);
    this.#visibility = after;
    if (old === undefined || before === undefined) return;

    const { common, updated } = structureChanges(old, next);
    for (const change of common) this.#host.broadcast(frame(change));
    for (const connection of this.#host.connections()) {
      const viewer = viewerOf(connection);
      this.#tellChannels(
        connection,
        next,
        before.channels(viewer),
        after.channels(viewer),
        updated,
      );
    }
    const kept = new Set(next.channels.map(({ id }) => id));
    this.#latest.keepOnly(kept);
    this.#namings.keepOnly(kept);
    for (const { channelId } of this.#voice.all) {
      if (!kept.has(channelId)) this.#tellVoice(this.#voice.removeCall(channelId));
    }
  }

  #tellChannels(
    connection: Guest,
    next: Structure,
    before: ReadonlySet<Snowflake>,
    after: ReadonlySet<Snowflake>,
    updated: ReadonlySet<Snowflake>,
  ): void {
    for (const change of channelChanges(next, before, after, updated)) {
      if (change.type === 'channel.removed') this.#hideVoice(connection, change.channelId);
      say(connection, change);
      if (change.type !== 'channel.created') continue;
      // Whoever comes to see a channel also comes to see who talks in it.
      for (const state of this.#voice.all) {
        if (state.channelId === change.channel.id) say(connection, { type: 'voice.joined', state });
      }
    }
  }

  #hideVoice(connection: Guest, channelId: Snowflake): void {
    for (const { channelId: at, user } of this.#voice.all) {
      if (at === channelId) say(connection, { type: 'voice.left', channelId, userId: user.id });
    }
  }

  #changeMember(change: ServerChange): void {
    if (change.type === 'member.updated' || change.type === 'member.joined') {
      const { user, roles, timeoutUntil } = change.member;
      this.#restand(user.id, { user, roles, timeoutUntil });
    } else if (change.type === 'member.left') {
      this.#lobby.revoke(change.userId, undefined, 'access_lost');
      this.#show(this.#presences.forget(change.userId));
      this.#grants.forget(change.userId);
    } else {
      this.#host.log.warn({ type: change.type }, 'no change of a member');
      return;
    }
    this.#host.broadcast(frame(change));
  }

  /** What api says of people here, where nobody told the room. */
  #correct(answers: ReadonlyMap<string, Member | undefined>): void {
    const looked = new Set<string>();
    for (const { state } of this.#host.connections()) {
      const { user } = state.ticket;
      if (!answers.has(user.id) || looked.has(user.id)) continue;
      looked.add(user.id);
      const member = answers.get(user.id);
      if (member === undefined) this.#changeMember({ type: 'member.left', userId: user.id });
      else if (!standAlike(member, state.ticket)) {
        this.#changeMember({ type: 'member.updated', member });
      }
    }
  }

  /** New roles show and hide channels at once, and hold against the tickets issued before. */
  #restand(userId: Snowflake, standing: Standing): void {
    this.#grants.set(userId, standing, this.#host.now());
    const structure = this.#structure.current;
    for (const connection of this.#host.connections()) {
      const { state } = connection;
      if (state.ticket.user.id !== userId) continue;
      const before = this.#visibility?.channels(viewerOf(connection));
      connection.setState({ ...state, ticket: { ...state.ticket, ...standing } });
      const after = this.#visibility?.channels(viewerOf(connection));
      if (structure === undefined || before === undefined || after === undefined) continue;
      this.#tellChannels(connection, structure, before, after, new Set());
    }
  }

  #remove(rev: number): void {
    this.#removed = true;
    this.#host.storage.put('removed', true);
    this.#host.broadcast(frame({ type: 'server.removed', rev }));
    this.#lobby.closeAll('room_removed');
  }

  #tellActivity({ namings, ...activity }: Stir): void {
    const { channelId } = activity;
    const sees = (member: Guest) => this.#canView(member, channelId);
    this.#host.broadcast(frame(activity), sees);
    for (const { messageId, authorId } of namings) {
      this.#host.broadcast(
        frame({ type: 'mention', channelId, messageId, authorId }),
        (member) => this.#namings.names(messageId, viewerOf(member)) && sees(member),
      );
    }
  }

  /** What whoever is away now has to be told when they come. */
  #note({ channelId, messageId, namings }: Stir): void {
    const structure = this.#structure.current;
    const isKnown = structure?.channels.some(({ id }) => id === channelId) !== false;
    if (!isKnown) return;
    this.#latest.set({ channelId, messageId });
    if (namings.length === 0) return;
    const roles = structure?.roles.filter((role) => role.mentionable) ?? [];
    const mentionable = new Set(roles.map(({ id }) => id));
    const here = this.#presences.here;
    for (const naming of namings) this.#namings.add(channelId, naming, { mentionable, here });
  }

  #tellVoice(events: readonly (VoiceEvent | undefined)[]): void {
    for (const event of events) {
      if (event === undefined) continue;
      const channelId = event.type === 'voice.left' ? event.channelId : event.state.channelId;
      this.#host.broadcast(frame(event), (member) => this.#canView(member, channelId));
    }
    this.#alarms.set('voice', this.#voice.nextExpiry);
  }

  #show(presence: Presence | undefined, except?: Guest): void {
    if (presence === undefined) return;
    this.#digest.show(presence);
    this.#tell(this.#digest.take(this.#host.now()), except);
  }

  /** In one step, so that it is one write a socket. */
  #tell(told: Told | undefined, except?: Guest): void {
    this.#alarms.set('digest', this.#digest.at);
    if (told === undefined) return;
    const { presences, activity } = told;
    if (presences.length > 0) {
      const changed = frame({ type: 'presence.changed', presences });
      this.#host.broadcast(changed, except && ((member) => member.id !== except.id));
    }
    for (const stir of activity) this.#tellActivity(stir);
  }

  #canView(member: Guest, channelId: Snowflake): boolean {
    return this.#visibility?.canView(viewerOf(member), channelId) ?? false;
  }

  #seenBy(connection: Guest): { view: Structure; seen: ReadonlySet<Snowflake> } {
    if (this.#visibility === undefined)
      throw new Error('A member was admitted before the structure.');
    const viewer = viewerOf(connection);
    return { view: this.#visibility.view(viewer), seen: this.#visibility.channels(viewer) };
  }

  #claims(ticket: VerifiedTicket<ServerTicket>): ServerTicket {
    const { issuedAt, ...claims } = ticket;
    return { ...claims, ...this.#grants.since(claims.user.id, issuedAt) };
  }

  #renewLater(): void {
    const [anyone] = this.#host.connections();
    if (anyone === undefined || this.#alarms.at('tickets') !== undefined) return;
    this.#alarms.set('tickets', this.#host.now() + TICKET_RENEWAL_MS);
  }
}

function standAlike(one: Standing, other: Standing): boolean {
  const held = new Set(one.roles);
  const rolesAreSame =
    held.size === other.roles.length && other.roles.every((role) => held.has(role));
  const namesAreSame =
    one.user.username === other.user.username && one.user.avatar === other.user.avatar;
  return rolesAreSame && namesAreSame && one.timeoutUntil === other.timeoutUntil;
}

function viewerOf({ state }: Guest): Viewer {
  return { userId: state.ticket.user.id, roles: state.ticket.roles };
}

function frame(event: ServerServerEvent): string {
  return JSON.stringify(event);
}

function say(connection: Guest, event: ServerServerEvent): void {
  connection.send(frame(event));
}
