import { once } from 'node:events';
import type { Server } from 'node:http';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { VOICE_CLOSE_CODES } from '../contract/close-codes.ts';
import { createHttpServer } from './node/http-server.ts';
import { createSfu, type Sfu } from './server.ts';
import { LOUNGE, RecordingLog, RecordingRooms, SECRET, voiceTicket } from './testing/call-bench.ts';
import { FakeWorker } from './testing/fake-media.ts';

/* A node beside others: whom it lets in, and how it lets them go. */

const tickets = createTicketKeys(SECRET);
let rooms: RecordingRooms;
let sfu: Sfu;
let server: Server;
let url: string;
beforeEach(async () => {
  rooms = new RecordingRooms();
  sfu = await createSfu({
    workerBin: '',
    port: 1,
    workers: 1,
    tickets,
    serviceTokens: createServiceTokens(SECRET),
    rooms,
    now: Date.now,
    log: new RecordingLog(),
    startWorker: async () => new FakeWorker(),
  });
  server = createHttpServer(sfu, { registry: new Registry(), token: undefined });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(async () => {
  server.close();
  await sfu.close();
});

/** @returns what the one who joins hears first, or the code they are shut out with */
async function join(user: string, node?: string): Promise<{ socket: WebSocket; heard: unknown }> {
  const claims = voiceTicket(user, node === undefined ? {} : { node });
  const { ticket } = await tickets.issue(claims, 60);
  const socket = new WebSocket(`ws://${url}/sfu?ticket=${ticket}`);
  const heard = await new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => resolve(methodOf(data)), { once: true });
    socket.addEventListener('close', ({ code }) => resolve(code), { once: true });
  });
  return { socket, heard };
}

function methodOf(data: unknown): unknown {
  const frame: unknown = JSON.parse(String(data));
  return typeof frame === 'object' && frame !== null && 'method' in frame ? frame.method : frame;
}

test('a ticket to it, or to whichever node there is, lets in', async () => {
  expect((await join('anna', sfu.id)).heard).toBe('welcome');
  expect((await join('ben')).heard).toBe('welcome');
  expect(sfu.calls()).toEqual([LOUNGE]);
});

test('a ticket to another node lets nobody in', async () => {
  const elsewhere = '00000000-0000-4000-8000-00000000000a';
  expect((await join('anna', elsewhere)).heard).toBe(VOICE_CLOSE_CODES.bad_ticket.code);
  expect(sfu.peers()).toBe(0);
});

test('rooms are told which node speaks, and health which process', async () => {
  await join('anna');
  await expect.poll(() => rooms.of('voice.joined')).toMatchObject([{ node: sfu.id }]);
  expect(await (await fetch(`http://${url}/health`)).json()).toMatchObject({ id: sfu.id });
});

test('while it is emptied it lets nobody in, and lets those there are go by themselves', async () => {
  const { socket } = await join('anna', sfu.id);
  const told = once(socket, 'message');
  const emptied = sfu.drain(20_000);
  const [message] = await told;
  expect(methodOf(message.data)).toBe('nodeClosing');
  expect((await join('ben', sfu.id)).heard).toBe(VOICE_CLOSE_CODES.going_away.code);
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close(1000);
  await emptied;
  expect(sfu.peers()).toBe(0);
});
