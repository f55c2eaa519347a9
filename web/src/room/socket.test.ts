import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ApiProblem } from '@harmonium/api/client';
import type { IssuedTicket } from '@harmonium/api/server';
import { CLOSE_CODES } from '@harmonium/rooms/close-codes';
import { PING_INTERVAL_MS } from '@harmonium/rooms/limits';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { createRoomSocket } from './socket.ts';
import type { RoomEvent, RoomSocket, SocketPhase } from './socket.ts';

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('a socket to a room', () => {
  let server: WebSocketServer;
  /** What each connection asked for, in order. */
  let asked: URLSearchParams[];
  let connections: WebSocket[];
  let answer: (socket: WebSocket) => void;
  let issue: () => Promise<IssuedTicket>;
  let issued: number;
  let phases: string[];
  let events: RoomEvent[];
  let socket: RoomSocket<RoomEvent>;
  let seq: number | undefined;
  let beat: () => void;
  /** Handshakes are not answered: a network that swallows them. */
  let swallows: boolean;

  function open(): void {
    socket = createRoomSocket<RoomEvent, RoomEvent>({
      issue: () => issue(),
      since: () => seq,
      onEvent: (event) => events.push(event),
      onPhase: (phase: SocketPhase, code) => phases.push(code ? `${phase} ${code}` : phase),
      now: Date.now,
      random: () => 0,
      everyBeat: (given) => {
        beat = given;
        return () => {};
      },
    });
  }
  const connected = (times: number) =>
    vi.waitFor(() => expect(phases.filter((phase) => phase === 'connected')).toHaveLength(times), {
      timeout: 4_000,
    });

  beforeEach(async () => {
    swallows = false;
    server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      verifyClient: (_, admit) => {
        if (!swallows) admit(true);
      },
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // It listens on TCP.
    asked = [];
    connections = [];
    phases = [];
    events = [];
    seq = undefined;
    issued = 0;
    issue = () =>
      Promise.resolve({
        url: `ws://127.0.0.1:${port}/parties/main/1`,
        ticket: `api-${++issued}`,
        expiresAt: inMs(60_000),
      });
    answer = (connection) =>
      connection.send(
        JSON.stringify({ type: 'ready', ticket: 'from-the-room', expiresAt: inMs(900_000) }),
      );
    server.on('connection', (connection, request) => {
      asked.push(new URL(request.url ?? '', 'ws://x').searchParams);
      connections.push(connection);
      answer(connection);
    });
  });
  afterEach(() => {
    socket.close();
    for (const connection of connections) connection.terminate();
    server.close();
  });

  test('begins anew when the network is back, whatever became of what was under way', async () => {
    open();
    await connected(1);
    swallows = true;
    socket.drop();
    await vi.waitFor(() => expect(phases.at(-1)).toBe('lost'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    swallows = false;
    const since = Date.now();
    socket.wake();
    await connected(2);
    expect(Date.now() - since).toBeLessThan(1_000);
  });

  test('comes back by itself with the room’s ticket and the last event it saw, asking nobody', async () => {
    open();
    await connected(1);
    seq = 7;
    connections[0]?.terminate();
    await connected(2);
    expect(phases).toEqual(['connected', 'lost', 'connected']);
    expect(asked.map((query) => query.get('ticket'))).toEqual(['api-1', 'from-the-room']);
    expect(asked.map((query) => query.get('since'))).toEqual([null, '7']);
    expect(issued).toBe(1);
  });

  test('a refused ticket is replaced by one from api', async () => {
    open();
    await connected(1);
    connections[0]?.close(CLOSE_CODES.bad_ticket.code);
    await connected(2);
    expect(asked.map((query) => query.get('ticket'))).toEqual(['api-1', 'api-2']);
  });

  test('a room that is closed to the reader is not asked again', async () => {
    open();
    await connected(1);
    connections[0]?.close(CLOSE_CODES.access_lost.code);
    await vi.waitFor(() =>
      expect(phases).toEqual(['connected', `ended ${CLOSE_CODES.access_lost.code}`]),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(asked).toHaveLength(1);
  });

  test('a room that api does not let one into is not asked again', async () => {
    issue = () => Promise.reject(new ApiProblem(403, undefined));
    open();
    await vi.waitFor(() => expect(phases).toEqual([`ended ${CLOSE_CODES.access_lost.code}`]));
    expect(asked).toHaveLength(0);
  });

  test('an api that does not answer is asked until it does', async () => {
    const answers = issue;
    let failures = 2;
    issue = () => (failures-- > 0 ? Promise.reject(new ApiProblem(0, undefined)) : answers());
    open();
    await connected(1);
  });

  test('nothing is said, and nothing is kept, without a connection', async () => {
    answer = () => {};
    open();
    await vi.waitFor(() => expect(connections).toHaveLength(1));
    const heard: string[] = [];
    connections[0]?.on('message', (data) =>
      heard.push(new TextDecoder().decode(Array.isArray(data) ? data[0] : data)),
    );
    expect(socket.send({ type: 'typing.start' })).toBe(false);
    connections[0]?.send(JSON.stringify({ type: 'resumed' }));
    await connected(1);
    expect(socket.send({ type: 'typing.start' })).toBe(true);
    await vi.waitFor(() => expect(heard).toEqual(['{"type":"typing.start"}']));
  });

  test('a quiet connection is asked for a sign of life', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    open();
    await connected(1);
    const heard: string[] = [];
    connections[0]?.on('message', () => heard.push('ping'));
    beat();
    vi.setSystemTime(Date.now() + PING_INTERVAL_MS);
    beat();
    await vi.waitFor(() => expect(heard).toEqual(['ping']));
    vi.useRealTimers();
  });

  test('a network that went away is not believed until it proves itself', async () => {
    open();
    await connected(1);
    socket.drop();
    expect(phases.at(-1)).toBe('lost');
    await connected(2);
  });
});
