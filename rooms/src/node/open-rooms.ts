import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Registry } from 'prom-client';
import type { RoomPublisher } from '../../contract/publish.ts';
import { createNodeHost, type NodeHostOptions, type NodeHostStats } from './host.ts';
import { spreadRooms } from './processes/spread.ts';

export interface OpenRoomsOptions extends Pick<
  NodeHostOptions,
  'dataDir' | 'tickets' | 'serviceTokens' | 'api' | 'log' | 'now' | 'rooms'
> {
  /** 1: the rooms are in this process. */
  processes: number;
  jwtSecret: string;
  /** Where other processes reach api; this one has `api`. */
  apiUrl: string;
  logLevel: string;
  rateLimitScale: number;
}

/** The rooms of this machine behind its port, in one process or in several. */
export interface OpenRooms {
  /** Reaches each of these rooms. */
  publisher: RoomPublisher;
  /** For `upgrade` of an http server, when the path begins with `/parties/`. */
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** For `POST /parties/<party>/<room>` with a service token. */
  handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends once all can be reached. Called when `apiUrl` answers; the rooms call there at once. */
  open(): Promise<void>;
  /** Throws when some rooms cannot be reached. */
  stats(): Promise<NodeHostStats>;
  /** What Prometheus is told of all of them; throws as `stats` does. */
  metrics(): Promise<Registry>;
  close(): Promise<void>;
}

/** Puts the storage where so many processes look for it, and takes it; else FolderTaken is thrown. */
export async function openRooms(options: OpenRoomsOptions): Promise<OpenRooms> {
  const { processes: places, ...rest } = options;
  if (places > 1) {
    // What one process does not need is not in its memory.
    const { RoomProcesses } = await import('./processes/room-processes.ts');
    return RoomProcesses.prepare({ ...rest, places });
  }
  const folder = await spreadRooms({ ...rest, places });
  folder.close();
  const host = createNodeHost(rest);
  return {
    publisher: host.publisher,
    handleUpgrade: (request, stream, head) => host.handleUpgrade(request, stream, head),
    handleRequest: (request, response) => host.handleRequest(request, response),
    open: async () => {},
    stats: async () => host.stats(),
    metrics: () => host.metrics(),
    close: () => host.close(),
  };
}
