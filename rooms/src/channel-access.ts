import type { Snowflake } from '@harmonium/api/ids';
import type { ChannelStanding } from '@harmonium/api/internal';
import { hasPermission, Permission } from '@harmonium/api/permissions';
import type { ChannelTicket, VerifiedTicket } from '@harmonium/api/ticket';
import type { Connection, Host } from './host.ts';
import { ANSWER_WITHIN_MS, Inquiry, type Answer } from './inquiry.ts';
import type { Refusal, Seat } from './lobby.ts';
import { Standings } from './standings.ts';

export interface ChannelSeat extends Seat<ChannelTicket> {
  /** How many changes of access were known when it was let in. */
  turn: number;
}
export type Guest = Connection<ChannelSeat>;

/** Frames of one connection that wait for an answer of api. */
const MAX_WAITING = 50;
/** api's clock may be a little behind: a timeout is asked about this long after its end. */
const SLACK_MS = 100;
const ASK_AGAIN_MS = 1_000;

interface Waiting {
  go: () => void;
  refuse: () => void;
}

interface Held {
  connection: Guest;
  since: number;
  /** The last event that was told. */
  seq: number;
  waiting: Waiting[];
}

/**
 * What those who are here may do, as it changes. From the moment that the room hears of a change
 * until api has said what holds now, nobody concerned is told or says anything: what they say waits
 * (for ANSWER_WITHIN_MS), what they missed follows. Everybody else goes on.
 */
export class ChannelAccess {
  readonly #host: Host<ChannelSeat>;
  readonly #standings: Standings;
  readonly #inquiry: Inquiry;
  readonly #held = new Map<string, Held>();
  /** Whose permissions end by themselves, by connection. */
  readonly #ends = new Map<string, { userId: Snowflake; at: number }>();
  readonly #options: Options;

  constructor(options: Options) {
    const { host } = options;
    this.#host = host;
    this.#options = options;
    this.#standings = new Standings(host.storage);
    this.#inquiry = new Inquiry({
      ask: options.ask,
      turn: () => this.#standings.turn,
      told: (answer) => this.#learn(answer),
      moved: () => this.#wakeLater(),
      now: () => host.now(),
      random: options.random,
      log: host.log,
    });
  }

  async start(): Promise<void> {
    await this.#standings.start(this.#host.now());
    for (const connection of this.#host.connections()) this.watch(connection);
  }

  /** How many changes are known. */
  get turn(): number {
    return this.#standings.turn;
  }

  /** Whether anyone is not to be told anything now. */
  get holdsAny(): boolean {
    return this.#held.size > 0;
  }

  holds(connection: Guest): boolean {
    return this.#held.has(connection.id);
  }

  /** What a connection may do now; undefined: it is gone, or being looked up. */
  allows({ id }: Guest): bigint | undefined {
    if (this.#held.has(id)) return undefined;
    for (const { id: other, state } of this.#host.connections()) {
      if (other === id) return BigInt(state.ticket.permissions);
    }
    return undefined;
  }

  /** What these users (absent: all) may do has changed. */
  change(userIds: readonly Snowflake[] | undefined): void {
    this.#standings.doubt(userIds, this.#host.now());
    this.#holdOpen();
  }

  /** Somebody may do this from now on. */
  grant(userId: Snowflake, permissions: string): void {
    const now = this.#host.now();
    this.#standings.doubt([userId], now);
    this.#standings.learn({ userId, permissions, recheckAt: null }, this.turn, now);
    this.#settle(new Set([userId]));
  }

  /** False when nobody can say now what the ticket is worth. */
  async admits(ticket: VerifiedTicket<ChannelTicket>): Promise<boolean> {
    return this.#isClear(ticket.user.id, ticket.issuedAt);
  }

  /** What the ticket is worth, once it is admitted; undefined: something has changed meanwhile. */
  claims(
    ticket: VerifiedTicket<ChannelTicket>,
  ): Pick<ChannelTicket, 'permissions' | 'recheckAt'> | undefined {
    return this.#standings.claims(ticket.user.id, ticket.issuedAt, ticket);
  }

  /** What somebody may do whom api has just vouched for; undefined: it has to be asked again. */
  async permissions(userId: Snowflake, permissions: string): Promise<string | undefined> {
    const now = Math.floor(this.#host.now() / 1000);
    if (!(await this.#isClear(userId, now))) return undefined;
    return this.#standings.claims(userId, now, { permissions, recheckAt: null })?.permissions;
  }

  /** Something has changed since it was let in. */
  isOutdated({ state }: Guest): boolean {
    return this.#standings.isOpen(state.ticket.user.id, state.turn);
  }

  /** Has an eye on a connection from here on. */
  watch(connection: Guest): void {
    if (this.isOutdated(connection)) this.#holdOpen();
    this.#watchEnd(connection);
    this.#wakeLater();
  }

  forget(connection: Guest): void {
    this.#held.delete(connection.id);
    this.#ends.delete(connection.id);
  }

  /** Does it when it is known what the connection may do. */
  whenClear(connection: Guest, waiting: Waiting): void {
    const held = this.#held.get(connection.id);
    if (held === undefined) return waiting.go();
    const isLate = this.#host.now() - held.since >= ANSWER_WITHIN_MS;
    if (isLate || held.waiting.length >= MAX_WAITING) return waiting.refuse();
    held.waiting.push(waiting);
  }

  wake(): void {
    const now = this.#host.now();
    this.#inquiry.wake();
    for (const held of this.#held.values()) {
      if (now - held.since < ANSWER_WITHIN_MS) continue;
      for (const { refuse } of held.waiting.splice(0)) refuse();
    }
    const ended: Snowflake[] = [];
    for (const [id, { userId, at }] of this.#ends) {
      if (at > now) continue;
      this.#ends.delete(id);
      ended.push(userId);
    }
    this.#inquiry.want(ended);
    this.#wakeLater();
  }

  async #isClear(userId: Snowflake, issuedAt: number): Promise<boolean> {
    while (this.#standings.doubts(userId, issuedAt, this.#host.now())) {
      if (!(await this.#inquiry.answered(userId))) return false;
      // Just asked: nobody knows it better, whatever the clocks say.
      if (!this.#standings.isOpen(userId, 0)) return true;
    }
    return true;
  }

  #holdOpen(): void {
    const since = this.#host.now();
    const seq = this.#options.seq();
    const concerned = new Set<Snowflake>();
    for (const connection of this.#host.connections()) {
      const { ticket, turn } = connection.state;
      if (!this.#standings.isOpen(ticket.user.id, turn)) continue;
      concerned.add(ticket.user.id);
      if (this.#held.has(connection.id)) continue;
      this.#held.set(connection.id, { connection, since, seq, waiting: [] });
    }
    this.#inquiry.want(concerned);
    this.#wakeLater();
  }

  #learn({ userIds, standings, turn, askedAt }: Answer): void {
    const now = this.#host.now();
    const known = new Map(standings?.map((standing) => [standing.userId, standing]));
    for (const userId of userIds) {
      const { permissions, recheckAt } = known.get(userId) ?? NOTHING;
      this.#standings.learn({ userId, permissions, recheckAt }, turn, now);
    }
    const [first] = standings ?? [];
    if (first !== undefined) this.#options.slowmode(first.slowmode, askedAt);
    this.#settle(new Set(userIds));
  }

  /** Brings connections in line with what is known of their users. */
  #settle(userIds: ReadonlySet<Snowflake>): void {
    for (const connection of this.#host.connections()) {
      const { ticket, turn } = connection.state;
      if (!userIds.has(ticket.user.id) || this.#standings.isOpen(ticket.user.id, turn)) continue;
      const claims = this.#standings.of(ticket.user.id);
      if (claims !== undefined) this.#apply(connection, claims);
    }
    this.#wakeLater();
  }

  #apply(connection: Guest, claims: Pick<ChannelStanding, 'recheckAt'> & Granted): void {
    const held = this.#held.get(connection.id);
    this.forget(connection);
    if (!canView(claims.permissions)) return connection.close('access_lost');
    const { state } = connection;
    const isChanged = claims.permissions !== state.ticket.permissions;
    connection.setState({ ...state, ticket: { ...state.ticket, ...claims } });
    this.#watchEnd(connection);
    if (held !== undefined) {
      const missed = this.#options.after(held.seq);
      if (missed === undefined) return connection.close('unavailable');
      for (const frame of missed) connection.send(frame);
    }
    if (isChanged) this.#options.changed(connection);
    for (const { go } of held?.waiting ?? []) go();
  }

  #watchEnd({ id, state }: Guest): void {
    const { recheckAt, user } = state.ticket;
    if (recheckAt === null || recheckAt === undefined) return;
    const end = Date.parse(recheckAt) + SLACK_MS;
    const now = this.#host.now();
    this.#ends.set(id, { userId: user.id, at: end > now ? end : now + ASK_AGAIN_MS });
  }

  #wakeLater(): void {
    let next = this.#inquiry.wakeAt ?? Infinity;
    for (const { since, waiting } of this.#held.values()) {
      if (waiting.length > 0) next = Math.min(next, since + ANSWER_WITHIN_MS);
    }
    for (const { at } of this.#ends.values()) next = Math.min(next, at);
    this.#options.alarm(next === Infinity ? undefined : next);
  }
}

interface Granted {
  permissions: string;
}

interface Options {
  host: Host<ChannelSeat>;
  ask: (userIds: Snowflake[]) => Promise<ChannelStanding[] | undefined>;
  random: () => number;
  /** When `wake` is to be called; undefined: not at all. */
  alarm: (at: number | undefined) => void;
  /** The last event, and the frames after one; undefined: there were too many. */
  seq: () => number;
  after: (seq: number) => string[] | undefined;
  /** What api says of slow mode; asked at that time, milliseconds. */
  slowmode: (seconds: number, askedAt: number) => void;
  /** What a connection may do is not what it was. */
  changed: (connection: Guest) => void;
}

const NOTHING = { permissions: null, recheckAt: null };

export const NOT_KNOWN: Refusal = {
  code: 'unavailable',
  message: 'What you may do here is being looked up.',
  retryAfter: 2,
};

export function canView(permissions: string): boolean {
  return hasPermission(BigInt(permissions), Permission.VIEW_CHANNEL);
}
