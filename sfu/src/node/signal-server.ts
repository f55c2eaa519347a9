import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { VOICE_CLOSE_CODES } from '../../contract/close-codes.ts';
import { MAX_SIGNAL_BYTES } from '../../contract/request.ts';
import type { Entrance, SocketEnd } from '../connection.ts';
import type { SignalLink } from '../peer.ts';

/** A socket without a sign of life is closed between DEAD_AFTER_MS and a round later: within 15 s. */
const DEAD_AFTER_MS = 11_000;
const ROUND_MS = 3_500;
/** What a socket may be owed before it counts as one that does not read, in bytes. */
const MAX_OWED_BYTES = 2 * 1024 * 1024;
/** A socket that does not answer the close is cut after this. */
const CLOSE_PATIENCE_MS = 2_000;

/** A client that leaves says so by one of these: asked to, with its page, and without a code. */
const MEANT_CLOSES: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** What is made of each socket. */
export interface SignalHandler {
  receive(text: string): void;
  end(end: SocketEnd): void;
}

interface SignalServerOptions {
  now: () => number;
  open: (link: SignalLink, entrance: Entrance) => SignalHandler;
}

/** Signalling sockets at `/sfu?ticket=…` and `/sfu?resume=…` on somebody's HTTP server. */
export class SignalServer {
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 4 * MAX_SIGNAL_BYTES });
  readonly #options: SignalServerOptions;
  readonly #seen = new Map<WebSocket, { at: number; handler: SignalHandler }>();
  readonly #rounds: ReturnType<typeof setInterval>;

  constructor(options: SignalServerOptions) {
    this.#options = options;
    this.#rounds = setInterval(() => this.#round(), ROUND_MS);
    this.#rounds.unref();
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array): void {
    // Not `new URL`, which throws on what a stranger may send as an address.
    const [, query] = (request.url ?? '').split('?', 2);
    const shown = new URLSearchParams(query);
    const resume = shown.get('resume');
    const entrance =
      resume === null
        ? { ticket: shown.get('ticket') ?? '', waits: shown.has('wait') }
        : { resume };
    this.#server.handleUpgrade(request, socket, Buffer.from(head), (ws) =>
      this.#accept(ws, entrance),
    );
  }

  close(): void {
    clearInterval(this.#rounds);
    this.#server.close();
    for (const ws of this.#seen.keys()) cutLater(ws);
  }

  #accept(ws: WebSocket, entrance: Entrance): void {
    const handler = this.#options.open(linkTo(ws), entrance);
    this.#seen.set(ws, { at: this.#options.now(), handler });
    ws.on('message', (data, isBinary) => {
      this.#sawLife(ws);
      // With the default binaryType every message is one Buffer.
      if (isBinary || !Buffer.isBuffer(data)) handler.end('bad_frame');
      else handler.receive(data.toString('utf8'));
    });
    ws.on('pong', () => this.#sawLife(ws));
    ws.on('close', (code) => {
      this.#seen.delete(ws);
      handler.end(MEANT_CLOSES.has(code) ? 'left' : 'lost');
    });
    // Followed by `close`. What breaks the protocol was meant; a broken line was not.
    ws.on('error', (error) => {
      if ('code' in error && String(error.code).startsWith('WS_ERR_')) handler.end('bad_frame');
    });
  }

  #sawLife(ws: WebSocket): void {
    const seen = this.#seen.get(ws);
    if (seen) seen.at = this.#options.now();
  }

  #round(): void {
    const now = this.#options.now();
    for (const [ws, { at, handler }] of this.#seen) {
      if (now - at > DEAD_AFTER_MS) handler.end('timed_out');
      else if (ws.readyState === ws.OPEN) ws.ping();
    }
  }
}

function linkTo(ws: WebSocket): SignalLink {
  return {
    send(text) {
      if (ws.readyState !== ws.OPEN) return;
      // Who does not read is cut like a lost line: a close frame would wait behind the rest.
      if (ws.bufferedAmount > MAX_OWED_BYTES) ws.terminate();
      else ws.send(text);
    },
    close(end) {
      ws.close(end === 'left' ? 1000 : VOICE_CLOSE_CODES[end].code, end);
      cutLater(ws);
    },
  };
}

function cutLater(ws: WebSocket): void {
  setTimeout(() => ws.terminate(), CLOSE_PATIENCE_MS).unref();
}
