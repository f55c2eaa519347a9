import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { CloseReason } from '../../contract/close-codes.ts';
import { MAX_FRAME_BYTES } from '../../contract/limits.ts';
import type { Party } from '../../contract/publish.ts';
import type { AnySeat } from '../create-room.ts';
import type { Log } from '../host.ts';
import type { LiveRoom } from './live-room.ts';
import type { RoomsMetrics } from './metrics.ts';
import { parseRoomUrl } from './room-url.ts';
import { endSocket, Socket } from './socket.ts';

/** Frames that a socket may send before it is admitted. */
const MAX_EARLY_FRAMES = 32;
/** Over this, ws cuts the frame before it is in memory; below, the room's own close code tells. */
const MAX_PAYLOAD_BYTES = 256 * 1024;

interface EntranceOptions {
  open: (party: Party, roomId: string) => Promise<LiveRoom>;
  /** Nobody is let in any more. */
  isClosed: () => boolean;
  metrics: RoomsMetrics;
  log: Log;
}

type RoomUrl = NonNullable<ReturnType<typeof parseRoomUrl>>;

/** How a socket comes into its room. */
export class Entrance {
  readonly #options: EntranceOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD_BYTES,
    clientTracking: false,
  });
  #admitted = 0;
  #frames = 0;

  constructor(options: EntranceOptions) {
    this.#options = options;
  }

  /** Frames that came from those who are in. */
  get frames(): number {
    return this.#frames;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    // http took its own listener away; a line that breaks now would end the process.
    stream.on('error', ignore);
    const url = parseRoomUrl(request.url);
    const isClosed = this.#options.isClosed();
    if (url === undefined || isClosed) {
      stream.end(`HTTP/1.1 ${isClosed ? 503 : 404} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (ws) => void this.#receive(ws, stream, url));
  }

  /** From handshake to seat. What the client says meanwhile waits. */
  async #receive(ws: WebSocket, stream: Duplex, url: RoomUrl): Promise<void> {
    const { open, isClosed, metrics, log } = this.#options;
    const early: string[] = [];
    let socket: Socket<AnySeat> | undefined;
    let room: LiveRoom | undefined;
    const tally = metrics.of(url.party);
    const refuse = (reason: CloseReason) => {
      tally.refusals.add(reason);
      endSocket(ws, reason);
    };
    ws.on('error', ignore); // Told again by 'close'.
    ws.on('close', () => socket?.lost());
    ws.on('ping', () => {
      if (socket !== undefined) socket.silent = 0;
    });
    ws.on('message', (data: Buffer, isBinary) => {
      const bad = isBinary || data.length > MAX_FRAME_BYTES;
      if (socket === undefined || room === undefined) {
        if (bad || early.push(data.toString()) > MAX_EARLY_FRAMES) refuse('bad_frame');
        return;
      }
      socket.silent = 0;
      this.#frames += 1;
      tally.framesIn += 1;
      if (bad) socket.close('bad_frame');
      else if (socket.open) room.push(socket, data.toString());
    });

    try {
      const live = await open(url.party, url.roomId);
      const admission = await live.admit(url.ticket, url.since);
      if (ws.readyState !== ws.OPEN) return;
      if (live.dropped || isClosed()) return refuse('going_away');
      if (!admission.ok) return refuse(admission.reason);
      this.#admitted += 1;
      tally.admitted += 1;
      const seat = { id: String(this.#admitted), state: admission.state, ws, stream, events: live };
      room = live;
      socket = new Socket<AnySeat>(seat);
      live.join(socket, admission);
      for (const text of early) live.push(socket, text);
    } catch (error) {
      const place = { party: url.party, room: url.roomId };
      log.error({ ...place, error }, 'a socket could not be let in');
      refuse('unavailable');
    }
  }
}

/** One for all sockets: a function made for each would keep its upgrade, ticket and all, in memory. */
function ignore(): void {}
