import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { Message } from '@harmonium/api/message';
import type { ChannelTicket, VerifiedTicket } from '@harmonium/api/ticket';
import type { User } from '@harmonium/api/user';
import { ChannelClientEvent } from '../contract/client-event.ts';
import { MAX_READY_MEMBERS } from '../contract/limits.ts';
import { ChannelPublish, type PublishAnswer } from '../contract/publish.ts';
import type { ChannelServerEvent } from '../contract/server-event.ts';
import { canView, NOT_KNOWN, type ChannelSeat, type Guest } from './channel-access.ts';
import { ChannelNews } from './channel-news.ts';
import { channelParts, type ChannelParts } from './channel-parts.ts';
import type { RoomDeps } from './deps.ts';
import type { Admission, Backlog, Host, Room } from './host.ts';
import type { Accepted } from './journal.ts';
import { TICKET_RENEWAL_MS } from './lobby.ts';
import { DRAIN_DELAY_MS } from './outbox.ts';
import type { Older } from './past.ts';
import type { Answer } from './requests.ts';

/** Events that leave the log between two sweeps of what is kept of the messages that left with them. */
const SWEEP_EVERY = 1_000;

/**
 * One channel: the only writer of its messages. Here is who comes, stays and goes, and what happens
 * to an event that was accepted. What people ask is in `requests.ts`, what services say in
 * `channel-news.ts`.
 */
export class ChannelRoom implements Room<ChannelSeat> {
  readonly #host: Host<ChannelSeat>;
  readonly #deps: RoomDeps;
  readonly #parts: ChannelParts;
  readonly #news: ChannelNews;
  #serverId: string | undefined;
  #removed = false;
  /** Where the log began when reactions were swept last. */
  #sweptAt = 0;

  constructor(host: Host<ChannelSeat>, deps: RoomDeps) {
    this.#host = host;
    this.#deps = deps;
    this.#parts = channelParts(host, deps, {
      changed: (connection) => this.#tellPermissions(connection),
      made: (accepted) => this.#made(accepted),
      begun: (seq, older) => this.#begin(seq, older),
      isRemoved: () => this.#removed,
    });
    this.#news = new ChannelNews(host, this.#parts, {
      made: (accepted) => this.#made(accepted),
      tellPermissions: (connection) => this.#tellPermissions(connection),
      belongTo: (serverId) => this.#belongTo(serverId),
      askWhereArchived: () => this.#askWhereArchived(),
      isRemoved: () => this.#removed,
      remove: () => this.#remove(),
    });
  }

  async start(): Promise<void> {
    const { alarms, lobby, access, log, outbox, nonces, past, ...parts } = this.#parts;
    const now = this.#host.now();
    const [removed, lastId, serverId] = await Promise.all([
      this.#host.storage.get('removed'),
      this.#host.storage.get('lastId'),
      this.#host.storage.get('serverId'),
      lobby.start(),
      parts.participants.start(),
      log.start(),
      nonces.start(),
      parts.names.start(now),
      outbox.start(),
      parts.slowmode.start(),
      parts.pins.start(),
      parts.archive.start(),
    ]);
    await Promise.all([past.start(), access.start(), parts.reactions.start()]);
    await parts.undrained.start(outbox.drained);
    this.#removed = removed === true;
    this.#serverId = typeof serverId === 'string' ? serverId : undefined;
    this.#sweptAt = log.first;
    parts.gate.start((lastId as Message['id'] | undefined) ?? log.tail.at(-1)?.id);
    for (const { message } of log.recent()) parts.attachments.sent(message);
    if (outbox.pending > 0) alarms.set('outbox', now);
    alarms.set('nonces', nonces.sweepAt);
    for (const _ of this.#host.connections()) this.#renewLater();
  }

  async admit(text: string, since: string | undefined): Promise<Admission<ChannelSeat>> {
    if (this.#removed) return { ok: false, reason: 'room_removed' };
    const { lobby, access, participants, nonces, past } = this.#parts;
    const ticket = await lobby.check(text, (checked) => this.#mine(checked));
    if (typeof ticket === 'string') return { ok: false, reason: ticket };
    participants.learn(ticket.participants, ticket.issuedAt);
    this.#askWhereArchived(ticket.user.id);
    if (!(await access.admits(ticket))) return { ok: false, reason: 'unavailable' };
    const { turn } = access;
    const claims = this.#claims(ticket);
    if (claims === undefined) return { ok: false, reason: 'unavailable' };
    if (!canView(claims.permissions)) return { ok: false, reason: 'access_lost' };
    const [resume] = await Promise.all([
      lobby.issue(claims),
      nonces.load(ticket.user.id),
      past.meet(),
    ]);
    // Looked at after the last await: all of it may have changed while the ticket was made.
    const refusal = lobby.refusal(ticket);
    if (refusal !== undefined) return { ok: false, reason: refusal };
    if (!participants.admit(ticket.user.id)) return { ok: false, reason: 'access_lost' };
    const state = { ticket: claims, renewedAt: this.#host.now(), turn };
    return { ok: true, state, since, resume };
  }

  #mine(ticket: VerifiedTicket): VerifiedTicket<ChannelTicket> | undefined {
    return ticket.kind === 'channel' && ticket.channelId === this.#parts.id ? ticket : undefined;
  }

  connect(connection: Guest, { since, resume }: Admission<ChannelSeat> & { ok: true }): void {
    const { lobby, access, log, slowmode, typing } = this.#parts;
    lobby.enter(connection);
    const { ticket } = connection.state;
    // It changed while the ticket was made: whoever comes back is asked about.
    if (access.isOutdated(connection)) return connection.close('unavailable');
    if (ticket.serverId !== null) this.#belongTo(ticket.serverId);
    const you = { permissions: ticket.permissions, slowmode: slowmode.seconds };
    const from = parseSince(since);
    const missed = from === undefined ? undefined : log.after(from);
    const resumes = from !== undefined && missed !== undefined;
    this.#deps.meter.entered(resumes ? 'resume' : 'snapshot');
    if (resumes) {
      for (const frame of missed) connection.send(frame);
      say(connection, { type: 'resumed', from, to: log.seq, you, ...resume });
    } else {
      say(connection, { type: 'ready', ...this.#snapshot(ticket.user), you, ...resume });
    }
    for (const frame of typing.frames(this.#host.now())) connection.send(frame);
    access.watch(connection);
    this.#renewLater();
  }

  #snapshot({ id }: User) {
    const { log, reactions, pins } = this.#parts;
    return {
      seq: log.seq,
      history: log.tail.map((message) => reactions.seenBy(id, message)),
      complete: log.complete,
      pins: [...pins.ids],
      members: this.#members(),
    };
  }

  receive(connection: Guest, text: string): void | Promise<void> {
    const { lobby, access } = this.#parts;
    const event = lobby.read(connection, text, ChannelClientEvent);
    if (event === undefined || event.type === 'ping') return undefined;
    if (!access.holds(connection)) this.#askWhereArchived();
    if (!access.holds(connection)) return this.#take(connection, event);
    const nonce = event.type === 'typing.start' ? undefined : event.nonce;
    return new Promise((resolve, reject) => {
      access.whenClear(connection, {
        go: () => void Promise.resolve(this.#take(connection, event)).then(resolve, reject),
        refuse: () => resolve(lobby.reject(connection, nonce, NOT_KNOWN)),
      });
    });
  }

  /** Nobody tells an archived thread of changes: it asks, about somebody or about all who are here. */
  #askWhereArchived(userId?: User['id']): void {
    const { archive, access } = this.#parts;
    if (archive.holds) access.change(userId === undefined ? undefined : [userId]);
  }

  #take(connection: Guest, event: Said): void | Promise<void> {
    if (event.type === 'typing.start') return this.#type(connection);
    const { requests, lobby, access } = this.#parts;
    const { user, permissions } = connection.state.ticket;
    const still = () => access.allows(connection);
    const tell = (answer: Answer) => {
      if ('code' in answer) lobby.reject(connection, event.nonce, answer);
      else if (answer.isKnown) connection.send(answer.frame);
    };
    const answer = requests.ask({ user, permissions: BigInt(permissions), still }, event);
    return answer instanceof Promise ? answer.then(tell) : tell(answer);
  }

  disconnect(connection: Guest): void {
    this.#parts.lobby.forget(connection);
    this.#parts.access.forget(connection);
    this.#endTyping(connection.state.ticket.user.id);
  }

  async publish(events: readonly unknown[]): Promise<PublishAnswer[]> {
    const answers: PublishAnswer[] = [];
    for (const event of events) {
      const parsed = ChannelPublish.safeParse(event);
      answers.push(parsed.success ? await this.#news.hear(parsed.data) : INVALID);
    }
    return answers;
  }

  async alarm(): Promise<void> {
    const { alarms, activity, nonces, access, lobby } = this.#parts;
    for (const name of alarms.due()) {
      if (name === 'outbox') await this.#drain();
      else if (name === 'activity') await activity.tell();
      else if (name === 'nonces') await nonces.sweep(this.#host.now());
      else if (name === 'access') access.wake();
      else {
        await lobby.renew();
        this.#renewLater();
        this.#forgetNonces();
      }
    }
    alarms.set('nonces', nonces.sweepAt);
  }

  backlog(): Backlog {
    return this.#parts.outbox.backlog;
  }

  /** Whatever was accepted: its consequences, and everyone is told. */
  #made({ record, frame, naming }: Accepted): void {
    const { alarms, nonces, attachments } = this.#parts;
    if (record.type === 'message.created') {
      const { message } = record;
      this.#endTyping(message.author.id);
      this.#host.storage.put('lastId', message.id);
      attachments.sent(message);
      this.#stir(message, naming);
    }
    this.#broadcast(frame);
    if (record.type === 'message.removed') this.#unname([record.message.id]);
    else if (record.type === 'messages.removed') this.#unname(record.ids);
    if (record.type === 'message.removed') {
      this.#bury([record.message.id], record.by ?? record.message.author.id);
    } else if (record.type === 'messages.removed' && record.by !== undefined) {
      this.#bury(record.ids, record.by);
    }
    this.#drainSoon();
    if (alarms.at('nonces') === undefined) alarms.set('nonces', nonces.sweepAt);
  }

  /** What was on messages goes with them. */
  #bury(ids: readonly Message['id'][], by: User['id']): void {
    const { reactions, pins } = this.#parts;
    for (const id of ids) reactions.forget(id);
    for (const unpinned of pins.drop(ids, by)) this.#broadcast(unpinned.frame);
  }

  /** To everyone but those of whom it is not known whether they may hear it. */
  #broadcast(frame: string): void {
    const { access } = this.#parts;
    if (!access.holdsAny) this.#host.broadcast(frame);
    else this.#host.broadcast(frame, (connection) => !access.holds(connection));
  }

  #stir(message: Message, naming: Accepted['naming']): void {
    const { participants, directActivity, activity } = this.#parts;
    const { ids } = participants;
    if (ids !== undefined) directActivity.wrote(ids, message);
    else if (this.#serverId !== undefined) activity.wrote(this.#serverId, message, naming);
  }

  #unname(ids: readonly Message['id'][]): void {
    const { activity } = this.#parts;
    if (this.#serverId !== undefined) activity.removed(this.#serverId, ids);
  }

  #tellPermissions(connection: Guest): void {
    const { permissions } = connection.state.ticket;
    const slowmode = this.#parts.slowmode.seconds;
    say(connection, { type: 'permissions.changed', permissions, slowmode });
  }

  async #remove(): Promise<void> {
    const { alarms, lobby, nonces, log, undrained, reactions } = this.#parts;
    this.#removed = true;
    this.#host.storage.put('removed', true);
    lobby.closeAll('room_removed');
    alarms.set('outbox', undefined);
    alarms.set('nonces', undefined);
    for (const each of [nonces, log, undrained, reactions]) await each.clear();
  }

  #type({ id, state }: Guest): void {
    const { typing, access } = this.#parts;
    const { user, permissions } = state.ticket;
    if (!hasPermission(BigInt(permissions), Permission.SEND_MESSAGES)) return;
    const frame = typing.begin(user, this.#host.now());
    if (frame === undefined) return;
    this.#host.broadcast(frame, (other) => other.id !== id && !access.holds(other));
  }

  #endTyping(userId: string): void {
    const frame = this.#parts.typing.end(userId, this.#host.now());
    if (frame !== undefined) this.#broadcast(frame);
  }

  #drainSoon(): void {
    const { alarms } = this.#parts;
    if (alarms.at('outbox') !== undefined) return;
    alarms.set('outbox', this.#host.now() + DRAIN_DELAY_MS);
  }

  async #drain(): Promise<void> {
    if (this.#removed) return;
    const { outbox, alarms, past } = this.#parts;
    const exists = await outbox.drain((delay) => {
      alarms.set('outbox', delay === undefined ? undefined : this.#host.now() + delay);
    }, this.#host.log);
    if (!exists) await this.#remove();
    // api answers again: what it has from before can be had, too.
    else if (outbox.pending === 0) await past.meet();
    if (exists) await this.#sweep();
  }

  async #sweep(): Promise<void> {
    const { log, outbox, reactions } = this.#parts;
    if (log.first - this.#sweptAt < SWEEP_EVERY) return;
    this.#sweptAt = log.first;
    const from = await log.firstCreated();
    if (from !== undefined && !this.#removed) await reactions.sweep(from, outbox.drained);
  }

  #forgetNonces(): void {
    const here = new Set<string>();
    for (const { state } of this.#host.connections()) here.add(state.ticket.user.id);
    this.#parts.nonces.keepLoaded(here);
  }

  #renewLater(): void {
    const { alarms } = this.#parts;
    const [anyone] = this.#host.connections();
    if (anyone === undefined || alarms.at('tickets') !== undefined) return;
    alarms.set('tickets', this.#host.now() + TICKET_RENEWAL_MS);
  }

  /** The ticket's claims as they hold now; undefined: only api can tell. */
  #claims(ticket: VerifiedTicket<ChannelTicket>): ChannelTicket | undefined {
    const { access, slowmode, names } = this.#parts;
    const { issuedAt, ...claims } = ticket;
    slowmode.learn(claims.slowmode, issuedAt);
    const granted = access.claims(ticket);
    if (granted === undefined) return undefined;
    const { ids } = this.#parts.participants;
    const participants = ids === undefined ? {} : { participants: [...ids] };
    const user = names.since(claims.user.id, issuedAt) ?? claims.user;
    return { ...claims, user, ...granted, ...participants, slowmode: slowmode.seconds };
  }

  #begin(seq: number, older: Older | undefined): void {
    const { outbox, gate, reactions, pins } = this.#parts;
    outbox.skipTo(seq);
    if (older === undefined) return reactions.beginUnknown(this.#host.now());
    reactions.begin(seq, older);
    pins.begin(older.pins);
    const newest = older.messages[0];
    if (newest === undefined) return;
    gate.follow(newest.id);
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

type Said = Exclude<ChannelClientEvent, { type: 'ping' }>;

const INVALID: PublishAnswer = { ok: false, code: 'invalid', message: 'No such event.' };

function say(connection: Guest, event: ChannelServerEvent): void {
  connection.send(JSON.stringify(event));
}

/** Garbage is no place in the log: the client then gets a snapshot. */
function parseSince(since: string | undefined): number | undefined {
  return since !== undefined && /^\d{1,15}$/.test(since) ? Number(since) : undefined;
}
