import { ApiProblem } from '@harmonium/api/client';
import type { IssuedTicket } from '@harmonium/api/server';
import { CLOSE_CODES, retryAfterClose } from '@harmonium/rooms/close-codes';
import { PING_INTERVAL_MS } from '@harmonium/rooms/limits';
import { WebSocket as ReconnectingSocket } from 'partysocket';
import { createBackoff } from './backoff.ts';
import { createTicketHolder } from './ticket-holder.ts';

/** `ended`: connecting again cannot help (removed, revoked, deleted). */
export type SocketPhase = 'connecting' | 'connected' | 'lost' | 'ended';

/** A ping is answered at once: nothing for this long after one means that the network is gone. */
const PONG_WITHIN_MS = 8_000;
const HANDSHAKE_WITHIN_MS = 10_000;

export interface RoomEvent {
  type: string;
}

/** What passes by itself. */
export interface SocketClock {
  now: () => number;
  random: () => number;
  /** Calls every PING_INTERVAL_MS until the answer is called. */
  everyBeat: (beat: () => void) => () => void;
}

export interface RoomSocketOptions<Event extends RoomEvent> extends SocketClock {
  issue: () => Promise<IssuedTicket>;
  /** A ticket already in hand. */
  first?: IssuedTicket | undefined;
  /** The last event seen; the room replays what came after. */
  since?: () => number | undefined;
  onEvent: (event: Event) => void;
  /** With `ended` comes the close code, where there was one. */
  onPhase: (phase: SocketPhase, code?: number) => void;
}

export interface RoomSocket<Said> {
  /** False when there is no connection: nothing is queued here, the caller keeps what matters. */
  send(event: Said): boolean;
  /** Tries again at once: the network is said to be back, or somebody asked. */
  wake(): void;
  /** The network is said to be gone: whatever the socket believes, it has to prove itself anew. */
  drop(): void;
  close(): void;
}

/** One socket to one room: tickets, replay, pings and reconnects, until it is closed or cannot help. */
export function createRoomSocket<Event extends RoomEvent, Said extends RoomEvent>(
  options: RoomSocketOptions<Event>,
): RoomSocket<Said> {
  const backoff = createBackoff({ minMs: 300, maxMs: 10_000, random: options.random });
  const tickets = createTicketHolder(options);
  let phase: SocketPhase = 'connecting';
  let lastSign = 0;
  let dead: ReturnType<typeof setTimeout> | undefined;

  const socket = new ReconnectingSocket(address, undefined, {
    // The waits are in `address`, where they can be cut short.
    minReconnectionDelay: 0,
    maxReconnectionDelay: 0,
    connectionTimeout: HANDSHAKE_WITHIN_MS,
    maxEnqueuedMessages: 0,
    shouldReconnectOnClose: (event) => retryAfterClose(event.code) !== 'never',
  });
  socket.addEventListener('message', (message) => hear(message.data));
  socket.addEventListener('close', (event) => lose(event.code));
  const stopBeating = options.everyBeat(beat);

  async function address(): Promise<string> {
    await backoff.wait();
    try {
      const { url, ticket } = await tickets.take();
      const query = new URLSearchParams({ ticket });
      const since = options.since?.();
      if (since !== undefined) query.set('since', String(since));
      return `${url}?${query}`;
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401) end();
      if (problem instanceof ApiProblem && [403, 404].includes(problem.status)) {
        end(CLOSE_CODES.access_lost.code);
      }
      throw problem;
    }
  }

  function hear(data: unknown): void {
    lastSign = options.now();
    clearTimeout(dead);
    if (typeof data !== 'string') return;
    const event = JSON.parse(data) as Event; // The room checked it by the same contract.
    if (hasTicket(event)) tickets.renew(event);
    if (event.type === 'ready' || event.type === 'resumed') {
      backoff.reset();
      options.onEvent(event);
      become('connected');
      return;
    }
    options.onEvent(event);
  }

  function lose(code: number): void {
    clearTimeout(dead);
    if (phase === 'ended') return;
    const retry = retryAfterClose(code);
    if (retry === 'never') return end(code);
    if (retry === 'ticket') tickets.drop();
    if (phase === 'connected') become('lost');
  }

  function beat(): void {
    if (phase !== 'connected' || options.now() - lastSign < PING_INTERVAL_MS / 2) return;
    socket.send('{"type":"ping"}');
    clearTimeout(dead);
    dead = setTimeout(() => socket.reconnect(), PONG_WITHIN_MS);
  }

  function become(next: SocketPhase, code?: number): void {
    if (phase === next || phase === 'ended') return;
    phase = next;
    options.onPhase(next, code);
  }

  function end(code?: number): void {
    become('ended', code);
    close();
  }

  function close(): void {
    stopBeating();
    clearTimeout(dead);
    socket.close();
    backoff.wake();
  }

  return {
    send(event) {
      if (phase !== 'connected' || socket.readyState !== socket.OPEN) return false;
      return socket.send(JSON.stringify(event));
    },
    wake() {
      backoff.wake();
      if (phase === 'connected') return beat();
      // A handshake that began in a dead network would be waited for to its end.
      if (phase === 'ended' || socket.readyState !== socket.CONNECTING) return;
      backoff.reset();
      socket.reconnect();
    },
    drop() {
      if (phase !== 'ended') socket.reconnect();
    },
    close,
  };
}

function hasTicket(event: RoomEvent): event is RoomEvent & { ticket: string; expiresAt: string } {
  return 'ticket' in event && 'expiresAt' in event;
}
