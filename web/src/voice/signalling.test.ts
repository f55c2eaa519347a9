import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket as Connection } from 'ws';
import { GAVE_UP, openSignalling } from './signalling.ts';
import type { Signalling } from './signalling.ts';

interface Asked {
  id: number;
  method: string;
}

describe('signalling', () => {
  let server: WebSocketServer;
  let connection: Connection;
  let signalling: Signalling;
  let asked: Asked[];
  let heard: string[];
  let closed: number[];
  let ends: number[];
  let shown: string[];
  let address: string;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // It listens on TCP.
    asked = [];
    heard = [];
    closed = [];
    ends = [];
    shown = [];
    address = `ws://127.0.0.1:${port}`;
    server.on('connection', (accepted, request) => {
      shown.push(request.url ?? '');
      accepted.on('close', (code) => ends.push(code));
      connection = accepted;
      accepted.on('message', (data) => {
        const text = new TextDecoder().decode(Array.isArray(data) ? data[0] : data);
        asked.push(JSON.parse(text) as Asked); // It is what the code under test sent.
      });
      tell({ method: 'nodeClosing', data: {} });
    });
    signalling = openSignalling(
      { url: address, ticket: 'a ticket' },
      {
        onNotification: (notification) => heard.push(notification.method),
        onClose: (code) => closed.push(code),
      },
    );
    await vi.waitUntil(() => heard.length > 0);
  });
  afterEach(() => {
    vi.useRealTimers();
    signalling.close();
    connection.terminate();
    server.close();
  });

  const tell = (frame: unknown): void => connection.send(JSON.stringify(frame));
  const failure = (asking: Promise<unknown>) => asking.catch((problem: unknown) => problem);
  const arrived = (count: number) => vi.waitFor(() => expect(asked).toHaveLength(count));

  test('each request gets its own answer, whatever their order', async () => {
    const first = signalling.request('createTransport', { direction: 'send' });
    const second = signalling.request('restartIce', { transportId: 't' });
    await arrived(2);
    tell({ id: asked[1]?.id, ok: true, data: { iceParameters: { password: 'new' } } });
    tell({ id: asked[0]?.id, ok: true, data: { id: 'transport' } });
    expect(await first).toEqual({ id: 'transport' });
    expect(await second).toEqual({ iceParameters: { password: 'new' } });
  });

  test('a refusal carries its code', async () => {
    const refused = failure(signalling.request('setState', { muted: true, deafened: false }));
    await arrived(1);
    const error = { code: 'missing_permission', message: '' };
    tell({ id: asked[0]?.id, ok: false, error });
    expect(await refused).toMatchObject(error);
  });

  test('why the sfu closed is told, and what was asked fails', async () => {
    const lost = failure(signalling.request('ping', {}));
    await arrived(1);
    connection.close(4005);
    expect(await lost).toMatchObject({ code: 'lost' });
    expect(closed).toEqual([4005]);
  });

  test('an sfu that does not answer is given up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const lost = failure(signalling.request('ping', {}));
    vi.advanceTimersByTime(8_000);
    expect(await lost).toMatchObject({ code: 'lost' });
    expect(closed).toEqual([GAVE_UP]);
  });

  test('an sfu that gives no sign of life when it is asked is given up sooner', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    signalling.check(true);
    vi.advanceTimersByTime(2_500);
    expect(closed).toEqual([GAVE_UP]);
    vi.useRealTimers();
    // By this code the sfu knows that its client may come back.
    await vi.waitFor(() => expect(ends).toContain(GAVE_UP));
  });

  test('what was being opened on the network of before is given up at once', async () => {
    const codes: number[] = [];
    const opening = openSignalling(
      { url: address, resume: 'a token' },
      { onNotification: () => {}, onClose: (code) => codes.push(code) },
    );
    opening.check(true);
    expect(codes).toEqual([GAVE_UP]);
  });

  test('who comes back shows the token', async () => {
    const back = openSignalling(
      { url: address, resume: 'a token' },
      { onNotification: () => {}, onClose: () => {} },
    );
    await vi.waitFor(() => expect(shown.at(-1)).toBe('/?resume=a+token'));
    back.close();
  });

  test('closing from here says nothing afterwards', async () => {
    signalling.close();
    expect(await failure(signalling.request('ping', {}))).toMatchObject({ code: 'lost' });
    expect(closed).toEqual([]);
  });
});
