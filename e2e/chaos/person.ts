import { createClient, ApiProblem, type Client } from '@harmonium/api/client';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelClientEvent } from '@harmonium/rooms/client-event';
import { PING_INTERVAL_MS } from '@harmonium/rooms/limits';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';
import { createRoomSocket, type RoomSocket, type SocketPhase } from '../../web/src/room/socket.ts';
import { THUMB } from './record.ts';
import type { Entry, MessageEvent, ReactionEvent, Saying, Testimony } from './record.ts';
import { View } from './view.ts';
import { holdReading } from './web-socket.ts';

const PASSWORD = 'a password of some length';
const PAGE_LENGTH = 100;
const TRY_AGAIN_MS = 500;
/** What somebody has under way at most, as if they had looked up to see why nothing happens. */
const MOST_UNDER_WAY = 100;
/** Of edits and removals, how many are of any message ever written, and not of one of the last. */
const OLD_SHARE = 0.1;
const RECENT = 20;

type Speech = Extract<ChannelClientEvent, { nonce?: string | undefined }>;
/** A reaction is no saying: what becomes of it is seen on its message. */
type Pending = { event: Speech; saying: Saying | undefined; sentAt: number };
type Snapshot = Extract<ChannelServerEvent, { type: 'ready' }>;

/**
 * Somebody with the app open in one channel, without the page: the app's own socket, and what the app
 * does with it. Whatever is not acknowledged is sent again under its nonce; where a snapshot does not
 * reach back to what is known, the pages between are read by REST. Records all that happens.
 */
export class Person {
  readonly name: string;
  readonly call: Client;
  userId = '';
  /** Connections that were lost. */
  cuts = 0;
  resumes = 0;
  snapshots = 0;
  /** What the product said that it may not say to anybody here. */
  readonly troubles: string[] = [];
  /** Longest time without a connection, in milliseconds. */
  longestOutage = 0;
  /** Longest time from sending to being answered, in milliseconds. */
  longestWait = 0;
  readonly #apiUrl: string;
  readonly #entries: Entry[] = [];
  readonly #sayings: Saying[] = [];
  readonly #pending = new Map<string, Pending>();
  /** Own messages that stand, which nothing is under way about. */
  readonly #own: Snowflake[] = [];
  /** The last that were written, by whomever. */
  readonly #recent: Snowflake[] = [];
  readonly #reactedTo = new Set<Snowflake>();
  readonly #view = new View();
  #cookie: string | undefined;
  #token: string | undefined;
  #socket: RoomSocket<ChannelClientEvent> | undefined;
  #lostAt: number | undefined;
  #reading = 0;
  #left = false;

  /** @param apiUrl where the api is */
  constructor(name: string, apiUrl: string) {
    this.name = name;
    this.#apiUrl = apiUrl;
    this.call = createClient({
      baseUrl: apiUrl,
      fetch: (url, init) => this.#fetch(url, init),
      token: () => this.#token,
    });
  }

  async register(): Promise<void> {
    const { name: username } = this;
    const email = `${username}@example.org`;
    const body = { username, email, password: PASSWORD };
    const { user, accessToken } = await this.call('POST /api/auth/register', { body });
    this.userId = user.id;
    this.#token = accessToken;
  }

  async logout(): Promise<void> {
    await this.call('POST /api/auth/logout');
  }

  /** The same account on another device. */
  again(name: string): Person {
    const device = new Person(name, this.#apiUrl);
    device.#token = this.#token;
    return device;
  }

  /** Opens the channel. @param roomsUrl `ws://…` by which the rooms are reached */
  enter(channelId: Snowflake, roomsUrl: string): void {
    this.#socket = createRoomSocket<ChannelServerEvent, ChannelClientEvent>({
      issue: async () => {
        const { url, ...ticket } = await this.#asked(() =>
          this.call('POST /api/channels/:id/ticket', { params: { id: channelId } }),
        );
        const address = new URL(new URL(url).pathname, roomsUrl);
        address.username = this.name;
        return { url: address.href, ...ticket };
      },
      since: () => this.#view.seq,
      onEvent: (event) => this.#hear(channelId, event),
      onPhase: (phase, code) => this.#change(phase, code),
      now: () => performance.now() + performance.timeOrigin,
      random: Math.random,
      everyBeat: (beat) => {
        const timer = setInterval(beat, PING_INTERVAL_MS);
        return () => clearInterval(timer);
      },
    });
  }

  /** From now on nothing that comes is read, until the answer is called. */
  stopReading(): () => void {
    return holdReading(this.name);
  }

  leave(): void {
    this.#left = true;
    this.#socket?.close();
  }

  get isBusy(): boolean {
    return this.#pending.size >= MOST_UNDER_WAY;
  }

  /** True when everything is answered, everything is read, and it is connected. */
  get isSettled(): boolean {
    return this.#pending.size === 0 && this.#reading === 0 && this.#lostAt === undefined;
  }

  get seq(): number {
    return this.#view.seq ?? 0;
  }

  get testimony(): Testimony {
    return {
      name: this.name,
      entries: this.#entries,
      sayings: this.#sayings,
      view: this.#view.messages,
    };
  }

  write(content: string): void {
    const nonce = crypto.randomUUID();
    this.#say({ type: 'message.send', nonce, content }, { nonce, content });
  }

  /** One of the own messages, anew. @returns false when there is none */
  edit(content: string, random: () => number): boolean {
    const id = this.#takeOwn(random);
    if (id === undefined) return false;
    const nonce = crypto.randomUUID();
    this.#say({ type: 'message.edit', nonce, id, content }, { nonce, content });
    return true;
  }

  remove(random: () => number): boolean {
    const id = this.#takeOwn(random);
    if (id === undefined) return false;
    const nonce = crypto.randomUUID();
    this.#say({ type: 'message.remove', nonce, id }, { nonce, content: undefined });
    return true;
  }

  /** Puts an emoji on one of the last messages, or takes it away. @returns false when there is none */
  react(random: () => number): boolean {
    const id = this.#recent[Math.floor(random() * this.#recent.length)];
    if (id === undefined) return false;
    const nonce = crypto.randomUUID();
    const type = this.#reactedTo.delete(id) ? 'reaction.remove' : 'reaction.add';
    if (type === 'reaction.add') this.#reactedTo.add(id);
    this.#send({ type, nonce, id, emoji: THUMB }, nonce);
    return true;
  }

  /** Keeps the cookie of the session, as a browser does. */
  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#cookie !== undefined) headers.set('cookie', this.#cookie);
    const answer = await fetch(url, { ...init, headers });
    const [cookie] = answer.headers.getSetCookie();
    this.#cookie = cookie?.split(';')[0] ?? this.#cookie;
    return answer;
  }

  /** One of the last, as people do; now and then any, however long ago. */
  #takeOwn(random: () => number): Snowflake | undefined {
    const { length } = this.#own;
    const reach = random() < OLD_SHARE ? length : Math.min(length, RECENT);
    return this.#own.splice(length - 1 - Math.floor(random() * reach), 1)[0];
  }

  #say(event: Speech, saying: Saying): void {
    this.#sayings.push(saying);
    this.#send(event, saying.nonce, saying);
  }

  #send(event: Speech, nonce: string, saying?: Saying): void {
    this.#pending.set(nonce, { event, saying, sentAt: performance.now() });
    this.#socket?.send(event);
  }

  #hear(channelId: Snowflake, event: ChannelServerEvent): void {
    if ('message' in event && 'seq' in event) this.#apply(event);
    else if (event.type === 'reaction.changed') this.#applyReaction(event);
    else if (event.type === 'ready') this.#take(channelId, event);
    else if (event.type === 'rejected') this.#refused(event);
    else if (event.type === 'resumed') {
      this.resumes += 1;
      this.#entries.push({ kind: 'resumed', from: event.from, to: event.to });
    }
  }

  #apply(event: MessageEvent): void {
    const { type, seq, message, nonce } = event;
    if (this.#view.apply(event)) {
      this.#entries.push({ kind: 'event', type, seq, message });
      if (type === 'message.created') this.#recent.push(message.id);
      if (this.#recent.length > RECENT) this.#recent.shift();
    }
    const saying = this.#answered(nonce)?.saying;
    if (saying === undefined) return;
    saying.id = message.id;
    if (message.removedAt === null) this.#own.push(message.id);
  }

  #applyReaction(event: ReactionEvent): void {
    if (this.#view.react(event)) this.#entries.push({ kind: 'reaction', seq: event.seq });
    this.#answered(event.nonce);
  }

  /** What was under way under this nonce, and no longer is. */
  #answered(nonce: string | undefined): Pending | undefined {
    const pending = nonce === undefined ? undefined : this.#pending.get(nonce);
    if (nonce === undefined || pending === undefined) return undefined;
    this.#pending.delete(nonce);
    this.longestWait = Math.max(this.longestWait, performance.now() - pending.sentAt);
    return pending;
  }

  #take(channelId: Snowflake, { seq, history, complete }: Snapshot): void {
    this.snapshots += 1;
    this.#entries.push({ kind: 'snapshot', seq });
    this.#view.seq = seq;
    this.#view.merge(history, seq);
    if (!complete) void this.#readOlder(channelId, history[0]?.id, seq);
  }

  /** Scrolls up to the first message, however long the api is away meanwhile. */
  async #readOlder(channelId: Snowflake, first: Snowflake | undefined, seq: number): Promise<void> {
    this.#reading += 1;
    for (let before = first; !this.#left;) {
      const query = { limit: PAGE_LENGTH, ...(before === undefined ? {} : { before }) };
      const page: Message[] = await this.#asked(() =>
        this.call('GET /api/channels/:id/messages', { params: { id: channelId }, query }),
      );
      this.#view.merge(page, seq);
      if (page.length < PAGE_LENGTH) break;
      before = page.at(-1)?.id;
    }
    this.#reading -= 1;
  }

  /** Asks until there is an answer, and logs in anew where that is what is missing. */
  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (problem) {
        if (this.#left) throw problem;
        if (problem instanceof ApiProblem && problem.status === 401) await this.#login();
        else await pause(TRY_AGAIN_MS);
      }
    }
  }

  async #login(): Promise<void> {
    const body = { login: this.name, password: PASSWORD };
    const session = await this.call('POST /api/auth/login', { body }).catch(() => undefined);
    if (session === undefined) await pause(TRY_AGAIN_MS);
    else this.#token = session.accessToken;
  }

  #refused({ nonce, code, retryAfter }: Extract<ChannelServerEvent, { type: 'rejected' }>): void {
    const pending = nonce === undefined ? undefined : this.#pending.get(nonce);
    if (pending === undefined) return;
    // Removed before it was put there.
    if (pending.saying === undefined && code === 'not_found') this.#answered(nonce);
    else if (retryAfter === undefined) this.troubles.push(`${this.name} was refused: ${code}`);
    else setTimeout(() => this.#socket?.send(pending.event), retryAfter * 1000);
  }

  #change(phase: SocketPhase, code: number | undefined): void {
    if (phase === 'lost') {
      this.cuts += 1;
      this.#lostAt = performance.now();
    }
    if (phase === 'ended') this.troubles.push(`${this.name} was shut out: ${code}`);
    if (phase !== 'connected') return;
    if (this.#lostAt !== undefined) {
      this.longestOutage = Math.max(this.longestOutage, performance.now() - this.#lostAt);
      this.#lostAt = undefined;
    }
    // In the order written; the room knows by the nonce what it has already.
    for (const { event } of this.#pending.values()) this.#socket?.send(event);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
