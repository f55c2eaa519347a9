import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { ChannelTicket, VerifiedTicket } from '@harmonium/api/ticket';
import type { User } from '@harmonium/api/user';
import { ChannelClientEvent } from '../contract/client-event.ts';
import { HISTORY_LENGTH, MAX_READY_MEMBERS } from '../contract/limits.ts';
import {
  ChannelPublish,
  type AskUndrained,
  type PublishAnswer,
  type Purge,
} from '../contract/publish.ts';
import { isMessageRecord, type ChannelServerEvent } from '../contract/server-event.ts';
import { Gate, type Accepted, type Actor, type Change, type Request } from './accept.ts';
import { Activity } from './activity.ts';
import { Alarms } from './alarms.ts';
import {
  canView,
  ChannelAccess,
  NOT_KNOWN,
  type ChannelSeat,
  type Guest,
} from './channel-access.ts';
import type { RoomDeps } from './deps.ts';
import { DirectActivity } from './direct-activity.ts';
import { DirectVoice } from './direct-voice.ts';
import { EventLog } from './event-log.ts';
import { Grants } from './grants.ts';
import type { Admission, Backlog, Host, Room } from './host.ts';
import { Lobby, TICKET_RENEWAL_MS, type Refusal } from './lobby.ts';
import { Nonces, type Outcome } from './nonces.ts';
import { DRAIN_DELAY_MS, Outbox } from './outbox.ts';
import { Participants } from './participants.ts';
import { Past } from './past.ts';
import { Purges } from './purge.ts';
import { Slowmode } from './slowmode-setting.ts';
import { Typing } from './typing.ts';
import { Undrained } from './undrained.ts';

/** One channel: the only writer of its messages. */
export class ChannelRoom implements Room<ChannelSeat> {
  readonly #host: Host<ChannelSeat>;
  readonly #deps: RoomDeps;
  readonly #id: Snowflake;
  readonly #alarms: Alarms<'outbox' | 'tickets' | 'nonces' | 'access' | 'activity'>;
  readonly #lobby: Lobby<ChannelTicket, ChannelSeat>;
  readonly #access: ChannelAccess;
  readonly #log: EventLog;
  readonly #nonces: Nonces;
  /** Users as they are, where tickets name them as they were. */
  readonly #names: Grants<User>;
  readonly #gate: Gate;
  readonly #outbox: Outbox;
  readonly #undrained: Undrained;
  readonly #past: Past;
  readonly #purges: Purges;
  readonly #slowmode: Slowmode;
  readonly #activity: Activity;
  readonly #participants: Participants;
  readonly #directActivity: DirectActivity;
  readonly #directVoice: DirectVoice;
  readonly #typing = new Typing();
  /** Changes of messages that are looked up yet: asked again, they wait for the same answer. */
  readonly #underWay = new Map<string, Promise<void>>();
  #serverId: string | undefined;
  #removed = false;

  constructor(host: Host<ChannelSeat>, deps: RoomDeps) {
    this.#host = host;
    this.#deps = deps;
    this.#id = host.id as Snowflake; // Tickets and publishes are for this id, or refused.
    this.#alarms = new Alarms(
      (at) => host.setAlarm(at),
      () => host.now(),
    );
    this.#lobby = new Lobby(host, deps);
    this.#access = new ChannelAccess({
      host,
      ask: (userIds) => deps.api.permissions(this.#id, userIds),
      random: deps.random,
      alarm: (at) => this.#alarms.set('access', at),
      seq: () => this.#log.seq,
      after: (seq) => this.#log.after(seq),
      slowmode: (seconds, askedAt) => this.#slowmode.learn(seconds, Math.floor(askedAt / 1000)),
      changed: (connection) => this.#tellPermissions(connection),
    });
    this.#log = new EventLog(host.storage, (entries) => {
      this.#undrained.note(entries.filter(({ seq }) => seq > this.#outbox.drained));
    });
    this.#undrained = new Undrained(host.storage, this.#log);
    this.#purges = new Purges({
      log: this.#log,
      undrained: this.#undrained,
      now: () => host.now(),
    });
    this.#nonces = new Nonces(host.storage);
    this.#names = new Grants(host.storage, 'name/');
    this.#slowmode = new Slowmode(host.storage);
    this.#participants = new Participants(host.storage);
    this.#directActivity = new DirectActivity(host.rooms, host.log);
    this.#directVoice = new DirectVoice(host.rooms, host.log);
    this.#activity = new Activity({
      rooms: host.rooms,
      log: host.log,
      now: () => host.now(),
      wake: (at) => this.#alarms.set('activity', at),
    });
    this.#gate = new Gate({
      channelId: this.#id,
      log: this.#log,
      nonces: this.#nonces,
      now: () => host.now(),
      rateLimitScale: deps.rateLimitScale,
    });
    this.#outbox = new Outbox({
      log: this.#log,
      undrained: this.#undrained,
      storage: host.storage,
      store: (entries) => deps.api.storeOutbox(this.#id, entries),
      random: deps.random,
    });
    this.#past = new Past({
      log: this.#log,
      storage: host.storage,
      ask: () => deps.api.history(this.#id, HISTORY_LENGTH),
      begun: (seq, messages) => this.#begin(seq, messages),
      now: () => host.now(),
      report: host.log,
    });
  }

  async start(): Promise<void> {
    const now = this.#host.now();
    const [removed, lastId, serverId] = await Promise.all([
      this.#host.storage.get('removed'),
      this.#host.storage.get('lastId'),
      this.#host.storage.get('serverId'),
      this.#lobby.start(),
      this.#participants.start(),
      this.#log.start(),
      this.#nonces.start(),
      this.#names.start(now),
      this.#outbox.start(),
      this.#slowmode.start(),
    ]);
    await Promise.all([this.#past.start(), this.#access.start()]);
    await this.#undrained.start(this.#outbox.drained);
    this.#removed = removed === true;
    this.#serverId = typeof serverId === 'string' ? serverId : undefined;
    this.#gate.start((lastId as Snowflake | undefined) ?? this.#log.tail.at(-1)?.id);
    if (this.#outbox.pending > 0) this.#alarms.set('outbox', now);
    this.#alarms.set('nonces', this.#nonces.sweepAt);
    for (const _ of this.#host.connections()) this.#renewLater();
  }

  async admit(text: string, since: string | undefined): Promise<Admission<ChannelSeat>> {
    if (this.#removed) return { ok: false, reason: 'room_removed' };
    const ticket = await this.#lobby.check(text, (checked) => this.#mine(checked));
    if (typeof ticket === 'string') return { ok: false, reason: ticket };
    this.#participants.learn(ticket.participants, ticket.issuedAt);
    if (!(await this.#access.admits(ticket))) return { ok: false, reason: 'unavailable' };
    const { turn } = this.#access;
    const claims = this.#claims(ticket);
    if (claims === undefined) return { ok: false, reason: 'unavailable' };
    if (!canView(claims.permissions)) return { ok: false, reason: 'access_lost' };
    const [resume] = await Promise.all([
      this.#lobby.issue(claims),
      this.#nonces.load(ticket.user.id),
      this.#past.meet(),
    ]);
    // Looked at after the last await: all of it may have changed while the ticket was made.
    const refusal = this.#lobby.refusal(ticket);
    if (refusal !== undefined) return { ok: false, reason: refusal };
    if (!this.#participants.admit(ticket.user.id)) return { ok: false, reason: 'access_lost' };
    const state = { ticket: claims, renewedAt: this.#host.now(), turn };
    return { ok: true, state, since, resume };
  }

  #mine(ticket: VerifiedTicket): VerifiedTicket<ChannelTicket> | undefined {
    return ticket.kind === 'channel' && ticket.channelId === this.#id ? ticket : undefined;
  }

  connect(connection: Guest, { since, resume }: Admission<ChannelSeat> & { ok: true }): void {
    this.#lobby.enter(connection);
    const { ticket } = connection.state;
    // It changed while the ticket was made: whoever comes back is asked about.
    if (this.#access.isOutdated(connection)) return connection.close('unavailable');
    if (ticket.serverId !== null) this.#belongTo(ticket.serverId);
    const you = { permissions: ticket.permissions, slowmode: this.#slowmode.seconds };
    const from = parseSince(since);
    const missed = from === undefined ? undefined : this.#log.after(from);
    const resumes = from !== undefined && missed !== undefined;
    this.#deps.meter.entered(resumes ? 'resume' : 'snapshot');
    if (resumes) {
      for (const frame of missed) connection.send(frame);
      say(connection, { type: 'resumed', from, to: this.#log.seq, you, ...resume });
    } else {
      say(connection, {
        type: 'ready',
        seq: this.#log.seq,
        history: [...this.#log.tail],
        complete: this.#log.complete,
        pins: [],
        members: this.#members(),
        you,
        ...resume,
      });
    }
    for (const frame of this.#typing.frames(this.#host.now())) connection.send(frame);
    this.#access.watch(connection);
    this.#renewLater();
  }

  receive(connection: Guest, text: string): void | Promise<void> {
    const event = this.#lobby.read(connection, text, ChannelClientEvent);
    if (event === undefined || event.type === 'ping') return undefined;
    if (!this.#access.holds(connection)) return this.#take(connection, event);
    const nonce = event.type === 'typing.start' ? undefined : event.nonce;
    return new Promise((resolve, reject) => {
      this.#access.whenClear(connection, {
        go: () => void Promise.resolve(this.#take(connection, event)).then(resolve, reject),
        refuse: () => resolve(this.#lobby.reject(connection, nonce, NOT_KNOWN)),
      });
    });
  }

  #take(connection: Guest, event: Said): void | Promise<void> {
    if (event.type === 'typing.start') this.#type(connection);
    else if (!isRequest(event)) this.#lobby.reject(connection, event.nonce, NOT_YET);
    else return this.#say(connection, event);
    return undefined;
  }

  disconnect(connection: Guest): void {
    this.#lobby.forget(connection);
    this.#access.forget(connection);
    this.#endTyping(connection.state.ticket.user.id);
  }

  async publish(events: readonly unknown[]): Promise<PublishAnswer[]> {
    const answers: PublishAnswer[] = [];
    for (const event of events) {
      const parsed = ChannelPublish.safeParse(event);
      answers.push(parsed.success ? await this.#hear(parsed.data) : INVALID);
    }
    return answers;
  }

  async alarm(): Promise<void> {
    for (const name of this.#alarms.due()) {
      if (name === 'outbox') await this.#drain();
      else if (name === 'activity') await this.#activity.tell();
      else if (name === 'nonces') await this.#nonces.sweep(this.#host.now());
      else if (name === 'access') this.#access.wake();
      else {
        await this.#lobby.renew();
        this.#renewLater();
        this.#forgetNonces();
      }
    }
    this.#alarms.set('nonces', this.#nonces.sweepAt);
  }

  backlog(): Backlog {
    return this.#outbox.backlog;
  }

  #say(connection: Guest, event: Request): void | Promise<void> {
    const { ticket } = connection.state;
    if (event.nonce !== undefined) {
      // Only after hibernation: whoever comes in has theirs loaded.
      if (!this.#nonces.isLoaded(ticket.user.id)) {
        return this.#nonces.load(ticket.user.id).then(() => this.#say(connection, event));
      }
      const again = () => this.#say(connection, event);
      const before = this.#underWay.get(named(ticket.user.id, event.nonce));
      if (before !== undefined) return before.then(again, again);
      const outcome = this.#nonces.get(ticket.user.id, event.nonce);
      if (outcome !== undefined) return this.#repeat(connection, event.nonce, outcome);
    }

    const answer = (outcome: Accepted | Refusal) => {
      if ('code' in outcome) this.#lobby.reject(connection, event.nonce, outcome);
    };
    const actor = { user: ticket.user, permissions: BigInt(ticket.permissions) };
    const outcome = this.#accept(actor, event, () => this.#access.allows(connection));
    if (!(outcome instanceof Promise)) return answer(outcome);
    const answered = outcome.then(answer);
    return event.nonce === undefined
      ? answered
      : this.#whileUnderWay(named(ticket.user.id, event.nonce), answered);
  }

  async #whileUnderWay(name: string, answered: Promise<void>): Promise<void> {
    this.#underWay.set(name, answered);
    try {
      await answered;
    } finally {
      this.#underWay.delete(name);
    }
  }

  /** The same answer as the first time, to the one who asks again. */
  async #repeat(connection: Guest, nonce: string, outcome: Outcome): Promise<void> {
    const frame = await this.#log.frame(outcome.seq);
    if (frame !== undefined) {
      connection.send(frame);
      return;
    }
    // So long ago that only api has it.
    const { type, seq, messageId } = outcome;
    const message = await this.#stored(messageId);
    if (message === undefined || 'code' in message) {
      this.#lobby.reject(connection, nonce, message ?? GONE);
    } else say(connection, { type, seq, message, nonce });
  }

  /** Synchronous for a message, so that a burst of them is one commit and one order. */
  #accept(
    actor: Actor,
    request: Request,
    allows?: Allows,
  ): Accepted | Refusal | Promise<Accepted | Refusal> {
    const flooding = this.#gate.flooding(actor);
    if (flooding !== undefined) return flooding;
    if (request.type !== 'message.send') return this.#change(actor, request, allows);
    return this.#made(this.#gate.send(actor, request, this.#slowmode.seconds));
  }

  async #change(actor: Actor, request: Change, allows?: Allows): Promise<Accepted | Refusal> {
    let { permissions } = actor;
    let stored;
    if (this.#log.recall(request.id) === undefined) {
      stored = await this.#stored(request.id);
      if (stored !== undefined && 'code' in stored) return stored;
      if (this.#removed) return CHANNEL_GONE;
      // Looking it up took a while: what held then may not hold any more.
      const now = allows === undefined ? permissions : allows();
      if (now === undefined) return NOT_KNOWN;
      permissions = now;
    }
    // Memory is asked last: somebody else may have changed the message meanwhile.
    const message = this.#log.recall(request.id) ?? stored;
    return this.#made(
      this.#gate.change(
        { ...actor, permissions },
        request,
        message === 'removed' ? undefined : message,
      ),
    );
  }

  /** A message that memory does not hold. */
  async #stored(id: Snowflake): Promise<Message | Refusal | undefined> {
    try {
      const found = await this.#undrained.find(id, this.#outbox.drained);
      if (found === 'removed') return undefined;
      return found ?? (await this.#deps.api.message(this.#id, id));
    } catch (error) {
      this.#host.log.warn({ error }, 'an older message could not be looked up');
      return { code: 'unavailable', message: 'Try again in a moment.', retryAfter: 5 };
    }
  }

  #made(outcome: Accepted | Refusal): Accepted | Refusal {
    if ('code' in outcome) return outcome;
    const { message, type } = outcome.record;
    if (type === 'message.created') {
      this.#endTyping(message.author.id);
      this.#host.storage.put('lastId', message.id);
      this.#stir(message);
    }
    this.#broadcast(outcome.frame);
    this.#drainSoon();
    if (this.#alarms.at('nonces') === undefined) this.#alarms.set('nonces', this.#nonces.sweepAt);
    return outcome;
  }

  #hear(event: ChannelPublish): PublishAnswer | Promise<PublishAnswer> {
    switch (event.type) {
      case 'accept':
        return this.#acceptByRest(event);
      case 'undrained':
        return this.#tellUndrained(event);
      case 'revoke':
        this.#lobby.revoke(event.userId, event.sessionId, event.reason);
        return OK;
      case 'permissions.changed':
        this.#access.grant(event.userId, event.permissions);
        return OK;
      case 'access.changed':
        this.#access.change(event.userIds);
        return OK;
      case 'purge':
        return this.#purge(event);
      case 'participants.changed':
        this.#participants.set(event.userIds, this.#host.now());
        this.#closeOthers(event.userIds);
        return OK;
      case 'channel.updated':
        this.#slowmode.set(event.slowmode, this.#host.now());
        for (const connection of this.#host.connections()) this.#tellPermissions(connection);
        return OK;
      case 'user.updated':
        this.#rename(event.user);
        return OK;
      case 'voice.joined':
      case 'voice.updated':
      case 'voice.left':
      case 'voice.snapshot':
        this.#directVoice.tell(this.#participants.ids ?? [], event);
        return OK;
      case 'annotate':
        return { ok: false, ...NOT_YET };
      case 'pins':
        return { ok: true, pins: [] };
      case 'room.removed':
        return this.#remove();
    }
  }

  async #acceptByRest(event: ChannelPublish & { type: 'accept' }): Promise<PublishAnswer> {
    if (this.#removed) return { ok: false, ...CHANNEL_GONE };
    const request = event.event;
    if (!isRequest(request)) return { ok: false, ...NOT_YET };
    if (event.serverId !== undefined) this.#belongTo(event.serverId);
    const nonce = request.type === 'message.send' ? request.nonce : undefined;
    await Promise.all([this.#nonces.load(event.author.id), this.#past.meet()]);
    const before = nonce === undefined ? undefined : this.#nonces.get(event.author.id, nonce);
    if (before !== undefined) {
      const [record] = await this.#log.read(before.seq, 1);
      const isKnown = record?.seq === before.seq && isMessageRecord(record);
      const known = isKnown ? record.message : undefined;
      const message = known ?? (await this.#stored(before.messageId)) ?? GONE;
      return 'code' in message ? { ok: false, ...message } : { ok: true, message };
    }
    const permissions = await this.#access.permissions(event.author.id, event.permissions);
    if (permissions === undefined) return { ok: false, ...NOT_KNOWN };
    const actor = { user: event.author, permissions: BigInt(permissions) };
    const outcome = await this.#accept(actor, request);
    return 'code' in outcome
      ? { ok: false, ...outcome }
      : { ok: true, message: outcome.record.message };
  }

  async #tellUndrained(ask: AskUndrained): Promise<PublishAnswer> {
    const { messages, removed } = await this.#undrained.changes(ask, this.#outbox.drained);
    return { ok: true, messages, ...(removed.length === 0 ? {} : { removed }) };
  }

  #rename(user: User): void {
    this.#names.set(user.id, user, this.#host.now());
    this.#log.rename(user);
    for (const connection of this.#host.connections()) {
      const { state } = connection;
      if (state.ticket.user.id !== user.id) continue;
      connection.setState({ ...state, ticket: { ...state.ticket, user } });
    }
  }

  #closeOthers(userIds: readonly Snowflake[]): void {
    for (const connection of this.#host.connections()) {
      if (!userIds.includes(connection.state.ticket.user.id)) connection.close('access_lost');
    }
  }

  /** To everyone but those of whom it is not known whether they may hear it. */
  #broadcast(frame: string): void {
    if (!this.#access.holdsAny) this.#host.broadcast(frame);
    else this.#host.broadcast(frame, (connection) => !this.#access.holds(connection));
  }

  #stir(message: Message): void {
    const { ids } = this.#participants;
    if (ids !== undefined) this.#directActivity.wrote(ids, message);
    else if (this.#serverId !== undefined) this.#activity.wrote(this.#serverId, message);
  }

  #tellPermissions(connection: Guest): void {
    const { permissions } = connection.state.ticket;
    say(connection, { type: 'permissions.changed', permissions, slowmode: this.#slowmode.seconds });
  }

  async #remove(): Promise<PublishAnswer> {
    this.#removed = true;
    this.#host.storage.put('removed', true);
    this.#lobby.closeAll('room_removed');
    this.#alarms.set('outbox', undefined);
    this.#alarms.set('nonces', undefined);
    await this.#nonces.clear();
    await this.#log.clear();
    await this.#undrained.clear();
    return OK;
  }

  #type({ id, state }: Guest): void {
    const { user, permissions } = state.ticket;
    if (!hasPermission(BigInt(permissions), Permission.SEND_MESSAGES)) return;
    const frame = this.#typing.begin(user, this.#host.now());
    if (frame === undefined) return;
    this.#host.broadcast(frame, (other) => other.id !== id && !this.#access.holds(other));
  }

  #endTyping(userId: string): void {
    const frame = this.#typing.end(userId, this.#host.now());
    if (frame !== undefined) this.#broadcast(frame);
  }

  #drainSoon(): void {
    if (this.#alarms.at('outbox') !== undefined) return;
    this.#alarms.set('outbox', this.#host.now() + DRAIN_DELAY_MS);
  }

  async #purge(purge: Purge): Promise<PublishAnswer> {
    if (this.#removed) return { ok: false, ...CHANNEL_GONE };
    const frames = await this.#purges.remove(purge, this.#outbox.drained);
    for (const frame of frames) this.#broadcast(frame);
    if (frames.length > 0) this.#drainSoon();
    return OK;
  }

  async #drain(): Promise<void> {
    if (this.#removed) return;
    const exists = await this.#outbox.drain((delay) => {
      this.#alarms.set('outbox', delay === undefined ? undefined : this.#host.now() + delay);
    }, this.#host.log);
    if (!exists) await this.#remove();
    // api answers again: what it has from before can be had, too.
    else if (this.#outbox.pending === 0) await this.#past.meet();
  }

  #forgetNonces(): void {
    const here = new Set<string>();
    for (const { state } of this.#host.connections()) here.add(state.ticket.user.id);
    this.#nonces.keepLoaded(here);
  }

  #renewLater(): void {
    const [anyone] = this.#host.connections();
    if (anyone === undefined || this.#alarms.at('tickets') !== undefined) return;
    this.#alarms.set('tickets', this.#host.now() + TICKET_RENEWAL_MS);
  }

  /** The ticket's claims as they hold now; undefined: only api can tell. */
  #claims(ticket: VerifiedTicket<ChannelTicket>): ChannelTicket | undefined {
    const { issuedAt, ...claims } = ticket;
    this.#slowmode.learn(claims.slowmode, issuedAt);
    const granted = this.#access.claims(ticket);
    if (granted === undefined) return undefined;
    const { ids } = this.#participants;
    const participants = ids === undefined ? {} : { participants: [...ids] };
    const user = this.#names.since(claims.user.id, issuedAt) ?? claims.user;
    return { ...claims, user, ...granted, ...participants, slowmode: this.#slowmode.seconds };
  }

  #begin(seq: number, messages: readonly Message[]): void {
    this.#outbox.skipTo(seq);
    const newest = messages.at(-1);
    if (newest === undefined) return;
    this.#gate.follow(newest.id);
    this.#host.storage.put('lastId', newest.id);
  }

  #belongTo(serverId: string): void {
    if (this.#serverId === serverId) return;
    this.#serverId = serverId;
    this.#host.storage.put('serverId', serverId);
  }

  #members(): User[] {
    const members = new Map<string, User>();
    for (const { state } of this.#host.connections()) {
      members.set(state.ticket.user.id, state.ticket.user);
      if (members.size >= MAX_READY_MEMBERS) break;
    }
    return [...members.values()];
  }
}

/** What somebody may do now; undefined: nobody knows. */
type Allows = () => bigint | undefined;
type Said = Exclude<ChannelClientEvent, { type: 'ping' }>;

function named(userId: string, nonce: string): string {
  return `${userId} ${nonce}`;
}

function isRequest(event: { type: string }): event is Request {
  return ['message.send', 'message.edit', 'message.remove'].includes(event.type);
}

const NOT_YET: Refusal = { code: 'unavailable', message: 'Not yet.' };
const GONE: Refusal = { code: 'not_found', message: 'There is no such message.' };
const CHANNEL_GONE: Refusal = { code: 'not_found', message: 'The channel is gone.' };
const OK: PublishAnswer = { ok: true };
const INVALID: PublishAnswer = { ok: false, code: 'invalid', message: 'No such event.' };

function say(connection: Guest, event: ChannelServerEvent): void {
  connection.send(JSON.stringify(event));
}

/** Garbage is no place in the log: the client then gets a snapshot. */
function parseSince(since: string | undefined): number | undefined {
  return since !== undefined && /^\d{1,15}$/.test(since) ? Number(since) : undefined;
}
