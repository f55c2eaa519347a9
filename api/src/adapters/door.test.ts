import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Door } from './door.ts';

let door: Door;
let server: Server;
let url: string;
/** Answers that somebody waits for. */
let waiting: ServerResponse[];

beforeEach(async () => {
  door = new Door();
  waiting = [];
  server = createServer((request, response) => {
    if (door.admits(request, response)) waiting.push(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // It listens on a port.
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function ask(method: string, path = '/'): Promise<number | string> {
  const answer = fetch(url + path, { method }).then(
    ({ status }) => status,
    () => 'cut',
  );
  return answer;
}

const arrived = (count: number) => expect.poll(() => waiting.length).toBe(count);

test('who is being answered is answered, and who comes after is hung up on', async () => {
  const early = ask('POST');
  await arrived(1);
  let isClosed = false;
  const closing = door.close(10_000).then(() => (isClosed = true));
  expect(await ask('POST')).toBe('cut');
  expect(isClosed).toBe(false);
  waiting[0]?.end();
  expect(await early).toBe(200);
  await closing;
});

test('who only reads is not waited for', async () => {
  const reading = ask('GET');
  await arrived(1);
  await door.close(10_000);
  waiting[0]?.end();
  expect(await reading).toBe(200);
});

test('our own rooms still hand over what they have', async () => {
  await door.close(0);
  const handing = ask('POST', '/api/internal/outbox');
  await arrived(1);
  waiting[0]?.end();
  expect(await handing).toBe(200);
});

test('who takes too long is not waited for', async () => {
  void ask('POST');
  await arrived(1);
  const began = performance.now();
  await door.close(100);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('at the end those who only read are waited for, too, for a while', async () => {
  const reading = ask('GET');
  await arrived(1);
  await door.close(0);
  const answered = door.answered(10_000);
  waiting[0]?.end();
  expect(await reading).toBe(200);
  await answered;
  void ask('POST', '/api/internal/outbox');
  await arrived(2);
  await door.answered(100);
});
