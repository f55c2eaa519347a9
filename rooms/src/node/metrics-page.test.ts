import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { answerMetrics } from './metrics-page.ts';

async function ask(registries: () => Promise<Registry[]>, headers: Record<string, string> = {}) {
  const server = createServer(
    (request, response) => void answerMetrics(request, response, { token: undefined, registries }),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // It listens on a port.
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
    return { status: answer.status, text: await answer.text() };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function registry(name: string, value: number): Registry {
  const own = new Registry();
  new Gauge({ name, help: 'Of a test.', registers: [own] }).set(value);
  return own;
}

test('what several registries hold is one page', async () => {
  const { status, text } = await ask(async () => [registry('one', 1), registry('two', 2)]);
  expect(status).toBe(200);
  expect(text).toContain('one 1');
  expect(text).toContain('two 2');
});

test('there is no such page for whoever comes by a proxy', async () => {
  const { status, text } = await ask(async () => [registry('one', 1)], {
    'x-forwarded-for': '203.0.113.9',
  });
  expect({ status, text }).toEqual({ status: 404, text: '' });
});

test('while a process of several is away, the page is, too', async () => {
  const away = async (): Promise<Registry[]> => {
    throw new Error('away');
  };
  expect((await ask(away)).status).toBe(503);
});
