import type { ServiceTokens } from '@harmonium/api/service-token';
import type { Snowflake } from '@harmonium/api/ids';
import type { TicketKeys } from '@harmonium/api/ticket';
import type { RoomPublisher } from '@harmonium/rooms/publish';
import { Calls, type MediaStats } from './calls.ts';
import { Connection } from './connection.ts';
import { Departures } from './departures.ts';
import type { Log } from './log.ts';
import type { MediaWorker } from './media.ts';
import { startMediasoupWorker } from './mediasoup.ts';
import { mediaAddresses } from './node/media-addresses.ts';
import { SignalServer } from './node/signal-server.ts';
import { turnCredentials, type TurnServers } from './node/turn-credentials.ts';
import { isWithinReach, matchesFilter } from './peer-filter.ts';
import { RoomFeed } from './room-feed.ts';
import { Revocations } from './revocations.ts';
import { handleServiceRequest, type ForServices } from './service-request.ts';
import { DEFAULT_STAGE, type StageSettings } from './voices.ts';
import { WorkerPool } from './worker-pool.ts';

/** What is told to rooms when everything ends may take this long. */
const LAST_WORDS_MS = 1_000;

export interface SfuOptions {
  /** Path of mediasoup's worker, from `prepareWorker`. */
  workerBin: string;
  /** The address that clients reach the media ports by; absent: those of this machine. */
  announcedIp?: string | undefined;
  /** UDP and TCP port of the first worker; the next ones follow. */
  port: number;
  workers: number;
  /** Absent, whole or in part: the usual. */
  stage?: Partial<StageSettings> | undefined;
  /** Who cannot reach the media ports goes by these. */
  turn?: TurnServers | undefined;
  tickets: TicketKeys;
  serviceTokens: ServiceTokens;
  rooms: RoomPublisher;
  /** A worker that had died is there again. */
  onWorkerRestarted?: () => void;
  now: () => number;
  log: Log;
  /** In place of mediasoup, in tests. */
  startWorker?: (index: number) => Promise<MediaWorker>;
}

interface SfuStats extends MediaStats {
  calls: number;
  peers: number;
  workers: number;
  workerDeaths: number;
  workerPids: number[];
}

export interface Sfu extends ForServices {
  /** Of this process, as tickets and rooms know it. */
  readonly id: string;
  /** A WebSocket upgrade of `/sfu?…`. */
  handleUpgrade: SignalServer['handleUpgrade'];
  /** What other services ask (contract/node.ts); undefined for any other request. */
  handleRequest(request: Request): Promise<Response | undefined>;
  /** People in all calls. */
  peers(): number;
  stats(): SfuStats;
  /** Channels whose calls it holds. */
  calls(): Snowflake[];
  /** The people of these calls go to another node. */
  sendOn(channelIds: readonly string[]): void;
  /** Everyone goes to another node, and nobody comes. Settles when all did, or after `withinMs`. */
  drain(withinMs: number): Promise<void>;
  /** Everyone is told to go elsewhere, and rooms that they left. */
  close(): Promise<void>;
}

/** Starts the workers. Throws words for people when they cannot start. */
export async function createSfu(options: SfuOptions): Promise<Sfu> {
  const { tickets, serviceTokens, rooms, now, log } = options;
  const addresses = await mediaAddresses(options.announcedIp);
  const startWorker =
    options.startWorker ??
    ((index: number) =>
      startMediasoupWorker({
        workerBin: options.workerBin,
        addresses,
        port: options.port + index,
      }));
  const workers = new WorkerPool({
    count: options.workers,
    start: startWorker,
    onRestarted: options.onWorkerRestarted,
    log,
  });
  await workers.open();

  const id = crypto.randomUUID();
  const feed = new RoomFeed({ rooms, log, node: id });
  const iceServersFor = options.turn ? turnCredentials(options.turn, now) : () => [];
  const calls = new Calls({
    workers,
    stage: { ...DEFAULT_STAGE, ...options.stage },
    feed,
    iceServersFor,
    now,
    log,
  });
  const revocations = new Revocations(now);
  const departures = new Departures({ calls: () => calls.all, now });
  let isDraining = false;
  const entry = { calls, tickets: ticketsOf(id, tickets), revocations, now, log };
  const signals = new SignalServer({
    now,
    open(link, entrance) {
      if (!isDraining || 'resume' in entrance) return new Connection(entry, link, entrance);
      link.close('going_away');
      return { receive: () => undefined, end: () => undefined };
    },
  });

  const services: ForServices = {
    disconnect(request) {
      revocations.add((ticket) => matchesFilter(ticket, request));
      calls.disconnect(request, request.end ?? 'access_lost');
    },
    accessChanged(request) {
      revocations.add((ticket) => isWithinReach(ticket, request));
      return calls.places(request);
    },
    places: (request) => calls.places(request),
    move: (request) => calls.move(request),
    async permit(places) {
      for (const place of places) await calls.permit(place);
    },
  };

  return {
    ...services,
    id,
    handleUpgrade: (request, socket, head) => signals.handleUpgrade(request, socket, head),
    handleRequest: (request) => handleServiceRequest(request, { services, serviceTokens, log }),
    peers: () => calls.peerCount,
    stats: () => ({
      calls: calls.callCount,
      peers: calls.peerCount,
      ...calls.media,
      workers: workers.running,
      workerDeaths: workers.deaths,
      workerPids: workers.pids(),
    }),
    calls: () => calls.all.map(({ channelId }) => channelId),
    sendOn: (channelIds) => departures.sendOn(channelIds),
    async drain(withinMs) {
      isDraining = true;
      feed.holdLeaves();
      await departures.sendAllOn(withinMs);
    },
    async close() {
      departures.close();
      calls.close('going_away');
      signals.close();
      await feed.close(LAST_WORDS_MS);
      workers.close();
    },
  };
}

/** Tickets to another node are no tickets here: what was revoked there is not known. */
function ticketsOf(node: string, tickets: TicketKeys): TicketKeys {
  return {
    ...tickets,
    async verify(text) {
      const ticket = await tickets.verify(text);
      const isForOther = ticket?.kind === 'voice' && (ticket.node ?? node) !== node;
      return isForOther ? undefined : ticket;
    },
  };
}
