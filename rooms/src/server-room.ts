import type { Snowflake } from '@harmonium/api/ids';
import type { ReadMark } from '@harmonium/api/internal';
import { TICKET_TTL_S, type ServerTicket, type VerifiedTicket } from '@harmonium/api/ticket';
import { ServerClientEvent } from '../contract/client-event.ts';
import { ServerPublish, type PublishAnswer } from '../contract/publish.ts';
import { Alarms } from './alarms.ts';
import type { RoomDeps } from './deps.ts';
import { FirstQuestion } from './first-question.ts';
import type { Admission, Host, Room } from './host.ts';
import { Lobby, TICKET_RENEWAL_MS } from './lobby.ts';
import { ServerCalls } from './server-calls.ts';
import { ServerCrowd } from './server-crowd.ts';
import { ServerMembers } from './server-members.ts';
import { frame, say, type Guest, type ServerSeat } from './server-seat.ts';
import { ServerSight } from './server-sight.ts';

/**
 * One server. Here is who comes, stays and goes, and to whom it is given what is said here: its
 * structure as each sees it (`server-sight.ts`), how members stand (`server-members.ts`), who is
 * there and where something stirs (`server-crowd.ts`), its calls (`server-calls.ts`).
 */
export class ServerRoom implements Room<ServerSeat> {
  readonly #host: Host<ServerSeat>;
  readonly #deps: RoomDeps;
  readonly #alarms: Alarms<'tickets' | 'presence' | 'digest' | 'members' | 'voice'>;
  readonly #lobby: Lobby<ServerTicket, ServerSeat>;
  readonly #sight: ServerSight;
  readonly #members: ServerMembers;
  readonly #crowd: ServerCrowd;
  readonly #calls: ServerCalls;
  readonly #past: FirstQuestion<ReadMark[]>;
  #removed = false;

  constructor(host: Host<ServerSeat>, deps: RoomDeps) {
    this.#host = host;
    this.#deps = deps;
    const { api } = deps;
    const id = host.id as Snowflake; // Tickets and publishes are for this id, or refused.
    const now = () => host.now();
    const canView = (member: Guest, channelId: Snowflake) => this.#sight.canView(member, channelId);
    const alarms = new Alarms<'tickets' | 'presence' | 'digest' | 'members' | 'voice'>(
      (at) => host.setAlarm(at),
      now,
    );
    this.#alarms = alarms;
    this.#lobby = new Lobby(host, deps);
    this.#calls = new ServerCalls({ host, canView, alarm: (at) => alarms.set('voice', at) });
    this.#crowd = new ServerCrowd({
      host,
      canView,
      structure: () => this.#sight.structure,
      alarms: {
        digest: (at) => alarms.set('digest', at),
        presence: (at) => alarms.set('presence', at),
      },
    });
    this.#sight = new ServerSight({
      host,
      api,
      calls: this.#calls,
      kept: (channelIds) => this.#crowd.keepOnly(channelIds),
      isRemoved: () => this.#removed,
    });
    this.#members = new ServerMembers({
      host,
      lobby: this.#lobby,
      sight: this.#sight,
      crowd: this.#crowd,
      ask: (userIds) => api.members(id, userIds),
      alarm: (at) => alarms.set('members', at),
    });
    this.#past = new FirstQuestion({
      storage: host.storage,
      key: 'past',
      ask: () => api.latest(id),
      hear: (latest) => this.#crowd.learn(latest),
      now,
      log: host.log,
    });
  }

  async start(): Promise<void> {
    const [removed] = await Promise.all([
      this.#host.storage.get('removed'),
      this.#lobby.start(),
      this.#members.start(),
      this.#sight.start(),
      this.#crowd.start(),
      this.#calls.start(),
      this.#past.start(),
    ]);
    this.#removed = removed === true;
    this.#renewLater();
  }

  async admit(text: string, since: string | undefined): Promise<Admission<ServerSeat>> {
    const ticket = await this.#lobby.check(text, (checked) => this.#mine(checked));
    if (typeof ticket === 'string') return { ok: false, reason: ticket };
    const missing = await this.#sight.need();
    if (missing !== undefined) return { ok: false, reason: missing };
    await this.#past.meet();
    const resume = await this.#lobby.issue(this.#members.claims(ticket));
    // Looked at after the last await: all of it may have changed meanwhile.
    const refusal = this.#removed ? 'room_removed' : this.#lobby.refusal(ticket);
    if (refusal !== undefined) return { ok: false, reason: refusal };
    this.#members.meet(ticket);
    const renewedAt = this.#host.now();
    const state = { ticket: this.#members.claims(ticket), renewedAt, idle: false };
    return { ok: true, state, since, resume };
  }

  #mine(ticket: VerifiedTicket): VerifiedTicket<ServerTicket> | undefined {
    return ticket.kind === 'server' && ticket.serverId === this.#host.id ? ticket : undefined;
  }

  connect(connection: Guest, { resume }: Admission<ServerSeat> & { ok: true }): void {
    this.#lobby.enter(connection);
    this.#crowd.enter(connection);
    const { roles, timeoutUntil } = connection.state.ticket;
    const { view, seen } = this.#sight.of(connection);
    say(connection, {
      type: 'ready',
      rev: view.rev,
      structure: view,
      you: { roles, timeoutUntil },
      ...this.#crowd.greeting(connection, seen),
      voice: this.#calls.in(seen),
      ...resume,
    });
    this.#renewLater();
    void this.#sight.confirm();
  }

  receive(connection: Guest, text: string): void | Promise<void> {
    const event = this.#lobby.read(connection, text, ServerClientEvent);
    if (event === undefined) return undefined;
    switch (event.type) {
      case 'ping':
        return undefined;
      case 'ticket.request':
        return this.#letIn(connection, event);
      case 'presence.request':
        return this.#crowd.answer(connection, event.userIds);
      case 'presence.set':
        connection.setState({ ...connection.state, idle: event.status === 'idle' });
        return this.#crowd.choose(connection, event);
    }
  }

  /** A ticket to one of the server's channels, made of what this room knows. */
  async #letIn(
    connection: Guest,
    { nonce, channelId }: ServerClientEvent & { type: 'ticket.request' },
  ): Promise<void> {
    const { user, sessionId, timeoutUntil } = connection.state.ticket;
    const timedOut = timeoutUntil !== null && Date.parse(timeoutUntil) > this.#host.now();
    const found = this.#sight.channel(connection, channelId, timedOut);
    if (found === undefined) {
      this.#lobby.reject(connection, nonce, { code: 'not_found', message: 'No such channel.' });
      return;
    }
    const { serverId, slowmode } = found.channel;
    const permissions = found.permissions.toString();
    const recheckAt = timedOut ? timeoutUntil : null;
    // What changes during the await is told to the channel's room, and holds against this ticket.
    const issued = await this.#deps.tickets.issue(
      { kind: 'channel', channelId, serverId, permissions, recheckAt, slowmode, user, sessionId },
      TICKET_TTL_S,
    );
    say(connection, { type: 'channel.ticket', nonce, channelId, ...issued });
  }

  disconnect(connection: Guest): void {
    this.#lobby.forget(connection);
    this.#crowd.leave(connection);
  }

  async publish(events: readonly unknown[]): Promise<PublishAnswer[]> {
    return events.map((event) => {
      const parsed = ServerPublish.safeParse(event);
      if (!parsed.success) return { ok: false, code: 'invalid', message: 'No such event.' };
      this.#hear(parsed.data);
      return { ok: true };
    });
  }

  #hear(event: ServerPublish): void {
    switch (event.type) {
      case 'changed':
        if (event.change.type === 'server.removed') this.#remove(event.structure.rev);
        else this.#sight.replace(event.structure);
        return;
      case 'member':
        this.#members.hear(event.change);
        return;
      case 'revoke':
        this.#lobby.revoke(event.userId, event.sessionId, event.reason);
        return;
      case 'room.removed':
        this.#remove((this.#sight.structure?.rev ?? 0) + 1);
        return;
      case 'activity':
        this.#crowd.stir(event);
        return;
      case 'unnamed':
        this.#crowd.unname(event);
        return;
      case 'voice.joined':
      case 'voice.updated':
      case 'voice.left':
      case 'voice.snapshot':
        this.#calls.hear(event);
    }
  }

  async alarm(): Promise<void> {
    for (const name of this.#alarms.due()) {
      if (name === 'presence') this.#crowd.expire();
      else if (name === 'digest') this.#crowd.tell();
      else if (name === 'voice') this.#calls.expire();
      else if (name === 'members') await this.#members.confirm();
      else {
        await this.#lobby.renew();
        this.#members.doubtAll();
        this.#renewLater();
      }
    }
  }

  #remove(rev: number): void {
    this.#removed = true;
    this.#host.storage.put('removed', true);
    this.#host.broadcast(frame({ type: 'server.removed', rev }));
    this.#lobby.closeAll('room_removed');
  }

  #renewLater(): void {
    const [anyone] = this.#host.connections();
    if (anyone === undefined || this.#alarms.at('tickets') !== undefined) return;
    this.#alarms.set('tickets', this.#host.now() + TICKET_RENEWAL_MS);
  }
}
