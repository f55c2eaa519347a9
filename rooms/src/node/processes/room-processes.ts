import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServiceTokens } from '@harmonium/api/service-token';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { placeOf } from '../../../contract/placement.ts';
import type { Party, RoomPublisher } from '../../../contract/publish.ts';
import type { Log } from '../../host.ts';
import type { NodeHostStats } from '../host.ts';
import { answerPublish } from '../publish-request.ts';
import { parseRoomUrl } from '../room-url.ts';
import { letGo } from './handover.ts';
import { RoomProcess } from './room-process.ts';
import { spreadRooms, type SpreadFolder } from './spread.ts';

export interface RoomProcessesOptions {
  /** Of all processes together; taken by one parent at a time, else FolderTaken is thrown. */
  dataDir: string;
  places: number;
  jwtSecret: string;
  serviceTokens: ServiceTokens;
  /** Where the processes reach api. */
  apiUrl: string;
  rateLimitScale: number;
  log: Log;
  logLevel: string;
}

/**
 * Rooms in several processes behind one port. A room lives in one of them, and its sockets are given
 * there whole: what is said on them never passes through this process.
 */
export class RoomProcesses {
  /** Reaches a room in whichever process it lives. */
  readonly publisher: RoomPublisher = {
    publish: async (party, roomId, events) => {
      const calls = await this.#owner(party, roomId).reach();
      return calls.ask('publish', { party, roomId, events });
    },
  };
  readonly #options: RoomProcessesOptions;
  readonly #folder: SpreadFolder;
  readonly #processes: RoomProcess[] = [];
  #closed = false;

  private constructor(options: RoomProcessesOptions, folder: SpreadFolder) {
    this.#options = options;
    this.#folder = folder;
  }

  /** Takes the folder, and moves rooms in it to where they live from now on. */
  static async prepare(options: RoomProcessesOptions): Promise<RoomProcesses> {
    return new RoomProcesses(options, await spreadRooms(options));
  }

  /** Starts the processes; ends when all are open. Until then whoever comes is sent away. */
  async open(): Promise<void> {
    const { places, jwtSecret, apiUrl, rateLimitScale, log, logLevel } = this.#options;
    for (const [place, dataDir] of this.#folder.folders.entries()) {
      const rest = { places, jwtSecret, apiUrl, rateLimitScale, logLevel };
      const room = new RoomProcess({
        settings: { place, dataDir, ...rest },
        log,
        publish: ({ party, roomId, events }) => this.publisher.publish(party, roomId, events),
      });
      this.#processes.push(room);
    }
    try {
      await Promise.all(this.#processes.map(({ opened }) => opened));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** For `upgrade` of an http server, when the path begins with `/parties/`. */
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // http took its own listener away; a line that breaks now would end the process.
    stream.on('error', ignore);
    const url = parseRoomUrl(request.url);
    if (url === undefined) return refuse(stream, 404);
    const owner = this.#processes[this.#place(url.party, url.roomId)];
    const isReachable = owner?.isReachable === true && !this.#closed;
    const handover = isReachable ? letGo(request, stream, head) : undefined;
    if (handover === undefined) return refuse(stream, 503);
    owner?.give(handover);
  }

  /** For `POST /parties/<party>/<room>` with a service token. */
  async handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { serviceTokens: tokens, log } = this.#options;
    await answerPublish(request, response, { tokens, publisher: this.publisher, log });
  }

  /** Of all processes; throws while one is away. */
  async stats(): Promise<NodeHostStats> {
    if (this.#processes.length === 0) throw new Error('The rooms are not open yet.');
    const all = await Promise.all(this.#processes.map(({ calls }) => calls.ask('stats', {})));
    const sum = { rooms: 0, connections: 0, ticks: 0, frames: 0 };
    for (const stats of all) {
      sum.rooms += stats.rooms;
      sum.connections += stats.connections;
      sum.ticks += stats.ticks;
      sum.frames += stats.frames;
    }
    return sum;
  }

  /** Summed, or as each metric says; what is of one process has its place. Throws while one is away. */
  async metrics(): Promise<Registry> {
    const all = await Promise.all(this.#processes.map(({ calls }) => calls.ask('metrics', {})));
    return AggregatorRegistry.aggregate(all);
  }

  /** Of each process; undefined while it is away. */
  pids(): (number | undefined)[] {
    return this.#processes.map(({ pid }) => pid);
  }

  /** Each handles what has arrived, and closes its sockets with `going_away`. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all(this.#processes.map((room) => room.close()));
    this.#folder.close();
  }

  #owner(party: Party, roomId: string): RoomProcess {
    const owner = this.#processes[this.#place(party, roomId)];
    if (owner === undefined) throw new Error('The rooms are not open yet.');
    return owner;
  }

  #place(party: Party, roomId: string): number {
    return placeOf(party, roomId, this.#options.places);
  }
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`);
}

function ignore(): void {}
