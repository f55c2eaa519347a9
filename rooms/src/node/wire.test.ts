import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Joiner, textFrame } from './wire.ts';

/** What a client makes of the bytes, sent as they are. */
async function read(bytes: Buffer, count: number): Promise<string[]> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, () => stream.write(bytes));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const heard: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (data: Buffer) => {
      heard.push(data.toString());
      if (heard.length === count) resolve();
    });
  });
  client.terminate();
  server.close();
  return heard;
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'a text of %i letters is one frame',
  async (length) => {
    const text = 'x'.repeat(length);
    expect(await read(textFrame(text), 1)).toEqual([text]);
  },
);

test('letters of several bytes, and halves of them, are valid text on the wire', async () => {
  expect(await read(textFrame('äöü€😀'), 1)).toEqual(['äöü€😀']);
  expect(await read(textFrame('a\ud83d'), 1)).toEqual(['a\ufffd']);
});

test('frames that are joined keep their order, and equal joins are made once', async () => {
  const frames = ['one', 'two', 'three'].map(textFrame);
  const joiner = new Joiner();
  const joined = joiner.join(frames);
  expect(await read(joined, 3)).toEqual(['one', 'two', 'three']);
  expect(joiner.join([...frames])).toBe(joined);
  expect(joiner.join(frames.slice(0, 2))).not.toBe(joined);
});
