import { readRequestId, REQUEST_ID_HEADER } from '@harmonium/api/request-id';
import type { ServiceTokens } from '@harmonium/api/service-token';
import { z } from 'zod';
import { DEAD_AFTER_MS, MAX_FRAME_BYTES } from '../../contract/limits.ts';
import {
  MAX_PUBLISH_EVENTS,
  type Party,
  type PublishAnswer,
  type RoomPublisher,
} from '../../contract/publish.ts';
import { createRoom, type AnySeat } from '../create-room.ts';
import type { Connection, Host, Log, Room, Storage } from '../host.ts';
import { roomLog } from '../room-log.ts';
import { answerAsleep } from '../undrained.ts';
import { createHttpPublisher } from '../../contract/http-publisher.ts';
import { closeSocket, EdgeConnection, type EdgeSocket } from './connection.ts';
import { edgeDeps, edgeFetch } from './environment.ts';
import { consoleLog } from './log.ts';
import { durableStorage, type DurableStorage } from './storage.ts';

const Body = z.object({ events: z.array(z.unknown()).min(1).max(MAX_PUBLISH_EVENTS) });
const MAX_EARLY_FRAMES = 32;
/** An alarm has no address to learn the room's name from. */
const NAME_KEY = '~name';

/** What a Durable Object has, whoever made its class. */
export interface EdgePlace {
  /** Undefined while it is not known: an alarm that wakes an object may not say whose it is. */
  readonly name: string | undefined;
  readonly storage: DurableStorage;
  readonly env: Record<string, unknown>;
  sockets(): Iterable<EdgeSocket>;
  /** Another room, without a way through the internet; undefined where there is none. */
  reach(
    party: string,
    id: string,
  ): ((path: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** A Durable Object as a host for one of our rooms. */
export class EdgeRoom implements Host<AnySeat> {
  readonly party: Party;
  readonly storage: Storage;
  readonly rooms: RoomPublisher;
  readonly #place: EdgePlace;
  readonly #tokens: ServiceTokens;
  readonly #early = new WeakMap<EdgeSocket, string[]>();
  readonly #heardAt = new Map<string, number>();
  readonly #ended = new WeakSet<EdgeSocket>();
  #sweptAt = 0;
  #name: string | undefined;
  #nameStored = false;
  #origin = '';
  #started: Promise<Room<AnySeat>> | undefined;

  constructor(party: Party, place: EdgePlace) {
    this.party = party;
    this.#place = place;
    this.storage = durableStorage(place.storage);
    this.#name = place.name;
    this.#tokens = edgeDeps(place.env).tokens;
    this.rooms = createHttpPublisher({
      issuer: 'rooms',
      url: '',
      fetch: (path, init) => this.#reach(path, init),
      serviceTokens: this.#tokens,
    });
  }

  get log(): Log {
    return roomLog(consoleLog, this.party, this.#name);
  }

  get id(): string {
    if (this.#name === undefined) throw new Error('The room does not know its name yet.');
    return this.#name;
  }

  now(): number {
    return Date.now();
  }

  *connections(): Iterable<Connection<AnySeat>> {
    for (const socket of this.#place.sockets()) {
      const connection = this.#connection(socket);
      if (connection !== undefined) yield connection;
    }
  }

  broadcast(text: string, filter?: (connection: Connection<AnySeat>) => boolean): void {
    for (const connection of this.connections()) {
      if (filter === undefined || filter(connection)) connection.send(text);
    }
  }

  setAlarm(at: number | undefined): void {
    if (at === undefined) void this.#place.storage.deleteAlarm();
    else void this.#place.storage.setAlarm(at);
    if (at === undefined || this.#nameStored) return;
    this.#nameStored = true;
    this.storage.put(NAME_KEY, this.id);
  }

  async connect(
    socket: EdgeSocket,
    url: URL,
    ticket: string,
    since: string | undefined,
  ): Promise<void> {
    const early: string[] = [];
    this.#early.set(socket, early);
    const room = await this.#room(url);
    const admission = await room.admit(ticket, since);
    if (socket.readyState !== WebSocket.OPEN) return;
    if (!admission.ok) return closeSocket(socket, admission.reason);
    // From here on without an await: the room sees the socket and greets it in one step.
    socket.attach({ id: crypto.randomUUID(), seat: admission.state });
    this.#early.delete(socket);
    const connection = this.#connection(socket);
    if (connection === undefined) return;
    room.connect(connection, admission);
    for (const text of early) void this.#receive(room, connection, text);
  }

  async receive(
    socket: EdgeSocket,
    message: string | ArrayBuffer | ArrayBufferView,
  ): Promise<void> {
    const connection = this.#connection(socket);
    const early = this.#early.get(socket);
    const fits = typeof message === 'string' && byteLength(message) <= MAX_FRAME_BYTES;
    if (!fits || (connection === undefined && (early?.push(message) ?? 0) > MAX_EARLY_FRAMES)) {
      if (connection === undefined) closeSocket(socket, 'bad_frame');
      else connection.close('bad_frame');
      return;
    }
    if (connection === undefined) return;
    const room = await this.#room();
    await this.#receive(room, connection, message);
  }

  async disconnect(socket: EdgeSocket): Promise<void> {
    const connection = this.#connection(socket);
    if (socket.readyState !== WebSocket.CLOSED) closeQuietly(socket);
    if (connection !== undefined) await this.#end(socket, connection);
  }

  async request(request: Request): Promise<Response> {
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const token = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    if ((await this.#tokens.verify(token, 'rooms')) === undefined) {
      return new Response(null, { status: 401 });
    }
    const body = Body.safeParse(await request.json().catch(() => undefined));
    if (!body.success) return new Response(null, { status: 400 });
    const { events } = body.data;
    try {
      return Response.json({ answers: await this.#publish(new URL(request.url), events) });
    } catch (error) {
      const requestId = readRequestId(request.headers.get(REQUEST_ID_HEADER));
      this.log.error({ requestId, error }, 'a publish failed');
      return new Response(null, { status: 503 });
    }
  }

  async #publish(url: URL, events: readonly unknown[]): Promise<PublishAnswer[]> {
    const asleep =
      this.#started === undefined ? await answerAsleep(this.storage, events) : undefined;
    return asleep ?? (await this.#room(url)).publish(events);
  }

  async alarm(): Promise<void> {
    const room = await this.#room();
    await room.alarm();
  }

  #room(url?: URL): Promise<Room<AnySeat>> {
    if (url !== undefined) {
      this.#origin = url.origin;
      this.#name ??= url.pathname.split('/').findLast((part) => part !== '');
    }
    this.#started ??= this.#start();
    return this.#started;
  }

  async #start(): Promise<Room<AnySeat>> {
    const stored = await this.#place.storage.get<string>(NAME_KEY);
    this.#name ??= stored;
    this.#nameStored = stored !== undefined;
    const { deps } = edgeDeps(this.#place.env);
    const room = createRoom(this.party, this as never, deps); // Gets back the seats it gave.
    await room.start();
    return room;
  }

  #receive(room: Room<AnySeat>, connection: Connection<AnySeat>, text: string) {
    this.#heardAt.set(connection.id, this.now());
    this.#sweep();
    return room.receive(connection, text);
  }

  /** Told by the living: while nobody speaks here, nobody is there to whom the dead could matter. */
  #sweep(): void {
    const now = this.now();
    if (now - this.#sweptAt < DEAD_AFTER_MS / 3) return;
    this.#sweptAt = now;
    for (const socket of this.#place.sockets()) {
      const connection = this.#connection(socket);
      if (connection === undefined) continue;
      const heardAt = this.#heardAt.get(connection.id);
      // Whoever was not heard of since the room woke is given the time from then.
      if (heardAt === undefined) this.#heardAt.set(connection.id, now);
      else if (now - Math.max(heardAt, socket.pingedAt ?? 0) >= DEAD_AFTER_MS) {
        connection.close('timed_out');
      }
    }
  }

  /** Undefined: the socket has no seat (yet). */
  #connection(socket: EdgeSocket): EdgeConnection | undefined {
    const attachment = socket.attachment;
    if (attachment === undefined) return undefined;
    return new EdgeConnection(socket, attachment.id, (connection) => {
      void Promise.resolve().then(() => this.#end(socket, connection));
    });
  }

  async #end(socket: EdgeSocket, connection: EdgeConnection): Promise<void> {
    if (this.#ended.has(socket)) return;
    this.#ended.add(socket);
    this.#heardAt.delete(connection.id);
    const room = await this.#room();
    room.disconnect(connection);
  }

  /** From object to object where that can be, else by the address at which we were found. */
  #reach(path: string, init: RequestInit): Promise<Response> {
    const [, , party = '', id = ''] = path.split('/');
    const { signal: _, ...rest } = init;
    const ask = this.#place.reach(party, id);
    return ask === undefined ? edgeFetch(this.#origin + path, rest) : ask(path, rest);
  }
}

/** Of a socket that is gone already there is nothing to close. */
function closeQuietly(socket: EdgeSocket): void {
  try {
    socket.close();
  } catch {
    // Gone.
  }
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  return text.length > MAX_FRAME_BYTES ? text.length : encoder.encode(text).byteLength;
}
