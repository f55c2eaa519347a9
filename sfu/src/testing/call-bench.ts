import type { Snowflake } from '@harmonium/api/ids';
import { ALL_PERMISSIONS, Permission, type PermissionName } from '@harmonium/api/permissions';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys, type TicketKeys, type VoiceTicketClaims } from '@harmonium/api/ticket';
import type { RoomPublisher } from '@harmonium/rooms/publish';
import type { Answers, Method, SignalErrorCode } from '../../contract/request.ts';
import type { NotificationMethod, Notifications } from '../../contract/notification.ts';
import { Calls } from '../calls.ts';
import { Connection, type Entrance } from '../connection.ts';
import type { Facts, Log } from '../log.ts';
import type { MediaWorker } from '../media.ts';
import type { PeerEnd, SignalLink } from '../peer.ts';
import { Revocations } from '../revocations.ts';
import { RoomFeed, type VoiceEvent } from '../room-feed.ts';
import type { StageSettings } from '../voices.ts';
import { WorkerPool } from '../worker-pool.ts';
import { CLIENT_CAPABILITIES, CLIENT_DTLS, micParameters } from './client-parameters.ts';
import { FakeWorker, type FakeRouter } from './fake-media.ts';

export const SECRET = 'a secret of enough bytes';
export const SERVER = '100' as Snowflake; // A literal snowflake.
export const LOUNGE = '200' as Snowflake;

/** Bits of a member who may do all of these. */
export function bits(...names: PermissionName[]): string {
  return String(names.reduce((set, name) => set | Permission[name], 0n));
}

export function voiceTicket(
  user: string,
  changes: Partial<VoiceTicketClaims> = {},
): VoiceTicketClaims {
  const id = `1${user.charCodeAt(0)}` as Snowflake;
  return {
    kind: 'voice',
    channelId: LOUNGE,
    serverId: SERVER,
    permissions: String(ALL_PERMISSIONS),
    user: { id, username: user, avatar: null },
    sessionId: `2${user.charCodeAt(0)}` as Snowflake,
    ...changes,
  };
}

export class RecordingLog implements Log {
  readonly errors: string[] = [];
  readonly warnings: string[] = [];
  error(event: string, facts?: Facts): void {
    this.errors.push(`${event} ${JSON.stringify(facts)} ${String(facts?.['error'])}`);
  }
  warn(event: string): void {
    this.warnings.push(event);
  }
  info(): void {}
  debug(): void {}
}

/** A server's room that remembers what it was told. */
export class RecordingRooms implements RoomPublisher {
  readonly told: VoiceEvent[] = [];
  readonly batches: number[] = [];
  /** The rooms that were told, in the order of their batches. */
  readonly places: string[] = [];
  down = false;
  async publish(
    party: string,
    roomId: string,
    events: readonly unknown[],
  ): Promise<{ ok: true }[]> {
    if (this.down) throw new Error('The room cannot be reached.');
    this.batches.push(events.length);
    this.places.push(`${party}/${roomId}`);
    this.told.push(...(events as VoiceEvent[])); // The sfu publishes nothing else.
    return events.map(() => ({ ok: true }));
  }
  of<T extends VoiceEvent['type']>(type: T): Extract<VoiceEvent, { type: T }>[] {
    return this.told.filter((event): event is Extract<VoiceEvent, { type: T }> =>
      Object.is(event.type, type),
    );
  }
}

/** A client without a socket: sends frames, keeps what comes. */
export class Client implements SignalLink {
  readonly frames: Record<string, unknown>[] = [];
  ended: PeerEnd | undefined;
  readonly connection: Connection;
  #lastId = 0;
  constructor(open: (link: SignalLink) => Connection) {
    this.connection = open(this);
  }

  send(text: string): void {
    this.frames.push(JSON.parse(text));
  }
  close(end: PeerEnd): void {
    this.ended ??= end;
  }

  async request<M extends Method>(method: M, data: object = {}): Promise<Answers[M]> {
    const answer = await this.ask(method, data);
    if (answer['ok'] !== true) throw new Error(JSON.stringify(answer));
    return answer['data'] as Answers[M]; // By contract.
  }

  /** The code that the request was refused with. */
  async refused(method: string, data: object = {}): Promise<SignalErrorCode | undefined> {
    const answer = await this.ask(method, data);
    return (answer['error'] as { code: SignalErrorCode } | undefined)?.code;
  }

  async ask(method: string, data: object): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    this.connection.receive(JSON.stringify({ id, method, data }));
    await this.connection.idle();
    const answer = this.frames.find((frame) => frame['id'] === id);
    if (!answer) throw new Error(`No answer to ${method}.`);
    return answer;
  }

  heard<M extends NotificationMethod>(method: M): Notifications[M][] {
    return this.frames
      .filter((frame) => frame['method'] === method)
      .map((frame) => frame['data'] as Notifications[M]); // By contract.
  }

  /** How loud peers were told to be, one after the other. */
  get levels(): { peerId: string; level: number }[] {
    return this.heard('speaking').flatMap(({ levels }) =>
      Object.entries(levels).map(([peerId, level]) => ({ peerId, level })),
    );
  }

  get peerId(): string {
    return this.heard('welcome')[0]?.peerId ?? '';
  }

  /** Connects a transport and sends a microphone over it. */
  async speak(): Promise<string> {
    const { id } = await this.request('createTransport', { direction: 'send' });
    await this.request('connectTransport', { transportId: id, dtlsParameters: CLIENT_DTLS });
    return this.produce(id, 'mic');
  }

  async produce(transportId: string, source: string): Promise<string> {
    const data = { transportId, kind: 'audio', source, rtpParameters: micParameters() };
    return (await this.request('produce', data)).producerId;
  }

  async listen(producerId: string): Promise<Answers['consume']> {
    await this.request('createTransport', { direction: 'recv' });
    return this.request('consume', { producerId, rtpCapabilities: CLIENT_CAPABILITIES });
  }
}

/** Everything of an sfu but sockets and media. */
export class CallBench {
  readonly rooms = new RecordingRooms();
  readonly log = new RecordingLog();
  readonly workers: FakeWorker[] = [];
  /** Workers that were started in place of another. */
  restarts = 0;
  readonly pool: WorkerPool;
  readonly feed: RoomFeed;
  readonly calls: Calls;
  readonly now = (): number => Date.now();
  readonly tickets = createTicketKeys(SECRET, this.now);
  readonly serviceTokens = createServiceTokens(SECRET, this.now);
  readonly revocations = new Revocations(this.now);

  constructor(workers = 1, startWorker?: () => Promise<MediaWorker>, stage?: StageSettings) {
    this.pool = new WorkerPool({
      count: workers,
      log: this.log,
      onRestarted: () => (this.restarts += 1),
      start: async () => {
        if (startWorker) return startWorker();
        const worker = new FakeWorker();
        this.workers.push(worker);
        return worker;
      },
    });
    this.feed = new RoomFeed({ rooms: this.rooms, log: this.log });
    this.calls = new Calls({
      workers: this.pool,
      stage,
      feed: this.feed,
      iceServersFor: () => [],
      now: this.now,
      log: this.log,
    });
  }

  /** @param startWorker in place of a fake one */
  static async open(
    workers?: number,
    startWorker?: () => Promise<MediaWorker>,
    stage?: StageSettings,
  ): Promise<CallBench> {
    const bench = new CallBench(workers, startWorker, stage);
    await bench.pool.open();
    return bench;
  }

  get router(): FakeRouter {
    const router = this.workers.flatMap((worker) => worker.routers).find((each) => !each.closed);
    if (!router) throw new Error('No call is open.');
    return router;
  }

  connect(ticket: string, tickets = this.tickets, waits = false): Client {
    return this.#open({ ticket, waits }, tickets);
  }

  /** Makes ready to enter. */
  async wait(user: string, changes: Partial<VoiceTicketClaims> = {}): Promise<Client> {
    const { ticket } = await this.tickets.issue(voiceTicket(user, changes), 60);
    const client = this.#open({ ticket, waits: true }, this.tickets);
    await client.connection.idle();
    return client;
  }

  /** Comes back to the peer of this token. */
  async resume(resume: string): Promise<Client> {
    const client = this.#open({ resume }, this.tickets);
    await client.connection.idle();
    return client;
  }

  #open(entrance: Entrance, tickets: TicketKeys): Client {
    const { calls, revocations, now, log } = this;
    return new Client(
      (link) => new Connection({ calls, tickets, revocations, now, log }, link, entrance),
    );
  }

  async join(user: string, changes: Partial<VoiceTicketClaims> = {}): Promise<Client> {
    const { ticket } = await this.tickets.issue(voiceTicket(user, changes), 60);
    const client = this.connect(ticket);
    await client.connection.idle();
    return client;
  }

  /** Lets what was told arrive at the room. */
  async told(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }

  close(): void {
    this.calls.close('going_away');
    this.pool.close();
  }
}
