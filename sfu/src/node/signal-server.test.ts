import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { createServiceTokens, type Service } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { MAX_SIGNAL_BYTES } from '../../contract/request.ts';
import { createSfu, type Sfu } from '../server.ts';
import { RecordingLog, RecordingRooms, SECRET, voiceTicket } from '../testing/call-bench.ts';
import { FakeWorker } from '../testing/fake-media.ts';
import { createHttpServer } from './http-server.ts';
import { createSfuMetrics } from './metrics.ts';

/* Real sockets, no media. */

let offset = 0;
const now = (): number => Date.now() + offset;
const tickets = createTicketKeys(SECRET, now);
const serviceTokens = createServiceTokens(SECRET, now);
let log: RecordingLog;
let sfu: Sfu;
let server: Server;

beforeEach(async () => {
  offset = 0;
  log = new RecordingLog();
  await start();
});
afterEach(async () => {
  vi.useRealTimers();
  await stop();
  // A bug is logged at the edge, whatever the test looked at.
  if (log.errors.length > 0) throw new Error(log.errors.join('\n'));
});

async function start(): Promise<void> {
  sfu = await createSfu({
    workerBin: '',
    announcedIp: '127.0.0.1',
    port: 0,
    workers: 1,
    turn: { urls: ['turn:turn.example:3478'], secret: 'north' },
    tickets,
    serviceTokens,
    rooms: new RecordingRooms(),
    now,
    log,
    startWorker: async () => new FakeWorker(),
  });
  server = createHttpServer(sfu, { registry: createSfuMetrics(sfu), token: undefined });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

async function stop(): Promise<void> {
  await sfu.close();
  server.closeAllConnections();
  server.close();
}

const origin = (): string => `127.0.0.1:${(server.address() as AddressInfo).port}`; // On TCP.

interface Socket {
  ws: WebSocket;
  frames: Record<string, unknown>[];
  closed: Promise<{ code: number; reason: string }>;
}

function open(path: string, options: ClientOptions = {}): Socket {
  const ws = new WebSocket(`ws://${origin()}${path}`, options);
  const frames: Record<string, unknown>[] = [];
  ws.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString('utf8'))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('error', () => undefined);
    ws.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  return { ws, frames, closed };
}

async function join(user: string): Promise<Socket> {
  const { ticket } = await tickets.issue(voiceTicket(user), 60);
  const socket = open(`/sfu?ticket=${ticket}`);
  await vi.waitFor(() => expect(socket.frames).toMatchObject([{ method: 'welcome' }]));
  return socket;
}

function welcomeOf(frames: Record<string, unknown>[]): { peerId: string; resumeToken: string } {
  return frames[0]?.['data'] as ReturnType<typeof welcomeOf>; // By contract.
}

describe('a signalling socket', () => {
  test('is welcomed, asks and is answered', async () => {
    const { ws, frames } = await join('anna');
    expect(frames[0]?.['data']).toMatchObject({
      iceServers: [{ urls: ['turn:turn.example:3478'], username: expect.stringMatching(/^\d+:/) }],
    });
    ws.send('{"id":1,"method":"ping"}');

    await vi.waitFor(() => expect(frames[1]).toEqual({ id: 1, ok: true, data: {} }));
    expect(sfu.peers()).toBe(1);
  });

  test('requests that do not wait for the welcome are done after it', async () => {
    const { ticket } = await tickets.issue(voiceTicket('anna'), 60);
    const { ws, frames } = open(`/sfu?ticket=${ticket}`);
    ws.on('open', () => ws.send('{"id":1,"method":"ping"}'));

    await vi.waitFor(() => expect(frames).toMatchObject([{ method: 'welcome' }, { id: 1 }]));
  });

  test.each(['/sfu', '/sfu?ticket=nonsense', '/sfu?ticket=%'])('%s: bad ticket', async (path) => {
    expect(await open(path).closed).toEqual({ code: 4001, reason: 'bad_ticket' });
  });

  test('at another address there is none', async () => {
    expect(await open('/parties/main/1').closed).toMatchObject({ code: 1006 });
  });

  test.each([
    ['a frame over the limit', 'x'.repeat(MAX_SIGNAL_BYTES + 1), 4009],
    ['a frame far over the limit', 'x'.repeat(MAX_SIGNAL_BYTES * 5), 1009],
    ['a binary frame', Buffer.from('{"id":1,"method":"ping"}'), 4009],
    ['nonsense', 'nonsense', 4009],
  ])('%s closes it with a code', async (_, data, code) => {
    const { ws, closed } = await join('anna');
    ws.send(data);

    expect((await closed).code).toBe(code);
    await vi.waitFor(() => expect(sfu.peers()).toBe(0));
  });

  test('leaving closes it', async () => {
    const { ws, frames, closed } = await join('anna');
    ws.send('{"id":1,"method":"leave"}');

    expect((await closed).code).toBe(1000);
    expect(frames.at(-1)).toEqual({ id: 1, ok: true, data: {} });
  });

  test.each([
    ['a page that is left', (ws: WebSocket) => ws.close(1001)],
    ['a socket that is closed on purpose', (ws: WebSocket) => ws.close()],
  ])('%s is a peer that left', async (_, close) => {
    const { ws } = await join('anna');
    close(ws);
    await vi.waitFor(() => expect(sfu.peers()).toBe(0));
  });

  test.each([
    ['that is cut', (ws: WebSocket) => ws.terminate()],
    ['that its client takes for dead', (ws: WebSocket) => ws.close(4999)],
  ])('a socket %s leaves its peer, and another one brings it back', async (_, lose) => {
    const { ws, frames, closed } = await join('anna');
    const { peerId, resumeToken } = welcomeOf(frames);
    lose(ws);
    await closed;
    expect(sfu.peers()).toBe(1);

    const back = open(`/sfu?resume=${resumeToken}`);
    await vi.waitFor(() => expect(back.frames).toMatchObject([{ method: 'resumed' }]));
    expect(welcomeOf(back.frames).peerId).toBe(peerId);
    back.ws.send('{"id":1,"method":"ping"}');
    await vi.waitFor(() => expect(back.frames[1]).toEqual({ id: 1, ok: true, data: {} }));
    expect(sfu.peers()).toBe(1);
  });

  test('who only makes ready is not in the call, until they enter', async () => {
    const { ticket } = await tickets.issue(voiceTicket('anna'), 60);
    const { ws, frames } = open(`/sfu?ticket=${ticket}&wait`);
    await vi.waitFor(() => expect(frames).toMatchObject([{ method: 'waiting' }]));
    expect(sfu.peers()).toBe(0);
    ws.send('{"id":1,"method":"enter"}');
    await vi.waitFor(() => expect(frames).toMatchObject([{}, { method: 'entered' }, { id: 1 }]));
    expect(sfu.peers()).toBe(1);
  });

  test.each(['/sfu?resume=nonsense', '/sfu?resume=', '/sfu?resume=%'])(
    '%s: nobody to come back to',
    async (path) => {
      expect(await open(path).closed).toEqual({ code: 4015, reason: 'not_resumed' });
    },
  );

  test('joined from elsewhere, the older one is told', async () => {
    const { closed } = await join('anna');
    await join('anna');

    expect(await closed).toEqual({ code: 4005, reason: 'replaced' });
    expect(sfu.peers()).toBe(1);
  });

  test('a node that closes says so', async () => {
    const { closed, frames } = await join('anna');
    await sfu.close();

    expect((await closed).code).toBe(1001);
    expect(frames.at(-1)).toMatchObject({ method: 'nodeClosing' });
  });

  test('an address that is no address hurts nobody', async () => {
    const raw = connect((server.address() as AddressInfo).port, '127.0.0.1'); // On TCP.
    raw.write('GET //[?% HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    await new Promise((resolve) => raw.once('close', resolve).resume());

    expect((await fetch(`http://${origin()}/health`)).status).toBe(200);
  });
});

describe('a line that went dead', () => {
  test('is noticed within 15 s, while a quiet one that lives stays', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    await stop();
    await start();
    const alive = await joinQuietly('anna');
    const dead = await joinQuietly('ben', { autoPong: false });

    for (let passed = 0; passed < 15_000; passed += 500) {
      offset += 500;
      vi.advanceTimersByTime(500);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await dead.closed).code).toBe(4011);
    expect(alive.ws.readyState).toBe(WebSocket.OPEN);
  });

  async function joinQuietly(user: string, options?: ClientOptions): Promise<Socket> {
    const { ticket } = await tickets.issue(voiceTicket(user), 60);
    const socket = open(`/sfu?ticket=${ticket}`, options);
    await new Promise((resolve) => socket.ws.once('message', resolve));
    return socket;
  }
});

describe('GET /metrics', () => {
  const read = (headers?: Record<string, string>) =>
    fetch(`http://${origin()}/metrics`, { headers });

  test('tells how many are in calls', async () => {
    await join('anna');
    const text = await (await read()).text();
    expect(text).toContain('harmonium_sfu_calls 1');
    expect(text).toContain('harmonium_sfu_peers 1');
    expect(text).toContain('harmonium_sfu_transports 0');
    expect(text).toContain('harmonium_sfu_workers 1');
    expect(text).toContain('harmonium_sfu_worker_deaths_total 0');
  });

  test('is not there for whoever comes by a proxy', async () => {
    expect((await read({ 'x-forwarded-for': '203.0.113.9' })).status).toBe(404);
  });
});

describe('what services have it do', () => {
  const post = async (path: string, body: unknown): Promise<Response> =>
    fetch(`http://${origin()}/sfu/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await serviceTokens.issue('api', 'sfu')}` },
      body: JSON.stringify(body),
    });
  const { user, serverId, channelId } = voiceTicket('anna');

  test('void older tickets, say who is there, and end the call of who may not be', async () => {
    const { ticket } = await tickets.issue(voiceTicket('anna'), 60);
    const { closed } = await join('anna');
    const places = await post('access-changed', { serverId });
    expect(await places.json()).toEqual([{ userId: user.id, channelId }]);
    expect((await open(`/sfu?ticket=${ticket}`).closed).code).toBe(4001);
    const told = await post('permissions', {
      places: [{ userId: user.id, channelId, permissions: null }],
    });
    expect(told.status).toBe(200);
    expect((await closed).code).toBe(4003);
  });

  test('tell where somebody is, and send them on', async () => {
    const { frames, closed } = await join('anna');
    const asked = { serverId, userIds: [user.id] };
    expect(await (await post('places', asked)).json()).toEqual([{ userId: user.id, channelId }]);
    expect(await (await post('places', { ...asked, userIds: [] })).json()).toEqual([]);
    const move = { userId: user.id, channelId, to: '7' };
    expect(await (await post('move', move)).json()).toEqual({ moved: true });
    expect(await closed).toEqual({ code: 4017, reason: 'moved' });
    expect(frames.at(-1)).toEqual({ method: 'moved', data: { channelId: '7' } });
    expect(await (await post('move', move)).json()).toEqual({ moved: false });
  });

  test('mute somebody, and take them out in the name of a moderator', async () => {
    const { frames, closed } = await join('anna');
    const permissions = voiceTicket('anna').permissions;
    const place = { userId: user.id, channelId, permissions, serverMuted: true };
    expect((await post('permissions', { places: [place] })).status).toBe(200);
    await vi.waitFor(() =>
      expect(frames.at(-1)).toEqual({
        method: 'serverMuted',
        data: { muted: true, deafened: false },
      }),
    );
    await post('disconnect', { userId: user.id, end: 'disconnected' });
    expect((await closed).code).toBe(4016);
  });

  test('read nothing but what the contract says', async () => {
    expect((await post('places', { serverId })).status).toBe(400);
    expect((await post('move', { userId: user.id, channelId })).status).toBe(400);
    expect((await post('disconnect', { userId: user.id, end: 'left' })).status).toBe(400);
    expect((await post('access-changed', { serverId: 'x' })).status).toBe(400);
    expect((await post('permissions', { places: [{ userId: user.id }] })).status).toBe(400);
    expect((await fetch(`http://${origin()}/sfu/permissions`, { method: 'POST' })).status).toBe(
      401,
    );
  });
});

describe('POST /sfu/disconnect', () => {
  const post = async (body: unknown, token: string): Promise<Response> =>
    fetch(`http://${origin()}/sfu/disconnect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const token = (audience: Service): Promise<string> => serviceTokens.issue('api', audience);
  const { user } = voiceTicket('anna');

  test('closes what the user holds, and the ticket in hand is void', async () => {
    const { ticket } = await tickets.issue(voiceTicket('anna'), 60);
    const { closed } = await join('anna');
    const response = await post({ userId: user.id }, await token('sfu'));

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({});
    expect((await closed).code).toBe(4003);
    expect((await open(`/sfu?ticket=${ticket}`).closed).code).toBe(4001);
  });

  test('needs a service token that is meant for the sfu', async () => {
    await join('anna');
    for (const given of ['', 'nonsense', await token('rooms')]) {
      expect((await post({ userId: user.id }, given)).status).toBe(401);
    }
    expect(sfu.peers()).toBe(1);
  });

  test.each([{}, [], 'text', { userId: 'x' }, { userId: '1', serverId: 7 }])(
    '%j is refused',
    async (body) => expect((await post(body, await token('sfu'))).status).toBe(400),
  );

  test('a body without end is cut', async () => {
    const response = await post('x'.repeat(100_000), await token('sfu'));
    expect(response.status).toBe(400);
  });
});
