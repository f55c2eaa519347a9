import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Snowflake } from '@harmonium/api/ids';
import type { VoiceNode, VoiceNodeOrders } from '@harmonium/api/internal';
import { readRequestId } from '@harmonium/api/request-id';
import { Registration } from './registration.ts';
import { LOUNGE, RecordingLog } from './testing/call-bench.ts';

const ID = '00000000-0000-4000-8000-00000000000a';

let asked: string[];
let ids: (string | null)[];
let said: VoiceNode[];
let orders: VoiceNodeOrders | 'away';
let calls: Snowflake[];
let elsewhere: string[];
let log: RecordingLog;
let registration: Registration;
beforeEach(() => {
  vi.useFakeTimers();
  [asked, ids, said, calls, elsewhere] = [[], [], [], [], []];
  orders = { elsewhere: [], others: false };
  log = new RecordingLog();
  registration = new Registration({
    apiUrl: 'http://api.test',
    id: ID,
    internalUrl: 'http://sfu.test',
    publicUrl: 'https://voice.example',
    state: () => ({ peers: calls.length, load: 0.5, calls }),
    onElsewhere: (channelIds) => elsewhere.push(...channelIds),
    serviceTokens: { issue: async (issuer, audience) => `${issuer}-to-${audience}` },
    async fetch(url, init) {
      const request = new Request(url, init);
      asked.push(`${request.url} ${request.headers.get('authorization')}`);
      ids.push(request.headers.get('x-request-id'));
      said.push(JSON.parse(typeof init.body === 'string' ? init.body : ''));
      if (orders === 'away') throw new Error('connection refused');
      return Response.json(orders);
    },
    log,
  });
});
afterEach(async () => {
  await registration.close();
  vi.useRealTimers();
});

test('a node says every three seconds what it is, and what it has', async () => {
  calls = [LOUNGE];
  await registration.start();
  expect(said).toEqual([
    {
      id: ID,
      internalUrl: 'http://sfu.test',
      publicUrl: 'https://voice.example',
      draining: false,
      peers: 1,
      load: 0.5,
      calls: [LOUNGE],
    },
  ]);
  expect(asked).toEqual(['http://api.test/api/internal/sfu-nodes Bearer sfu-to-api']);
  await vi.advanceTimersByTimeAsync(9_500);
  expect(said).toHaveLength(4);
});

test('a node that is well again says so at once, and goes on in its three seconds', async () => {
  await registration.start();
  await vi.advanceTimersByTimeAsync(1_000);
  registration.speak();
  await vi.advanceTimersByTimeAsync(2_900);
  expect(said).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toHaveLength(3);
});

test('a node that is not heard tries again sooner, and says so once', async () => {
  orders = 'away';
  await registration.start();
  await vi.advanceTimersByTimeAsync(3_500);
  expect(said).toHaveLength(4);
  expect(log.warnings).toHaveLength(1);
  expect([registration.heard, registration.failed]).toEqual([0, 4]);
  orders = { elsewhere: [], others: false };
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said).toHaveLength(5);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(said).toHaveLength(5);
});

test('each word has an id, by which what api says of it is found', async () => {
  await registration.start();
  await vi.advanceTimersByTimeAsync(3_500);
  expect(new Set(ids.map(readRequestId)).size).toBe(2);
  expect(ids.map(readRequestId)).toEqual(ids);
});

test('it hears which calls are another one’s', async () => {
  orders = { elsewhere: [LOUNGE], others: true };
  await registration.start();
  expect(elsewhere).toEqual([LOUNGE]);
});

test('a node that is to be emptied hears whether there is another, and goes on to speak', async () => {
  await registration.start();
  expect(await registration.drain()).toBe(false);
  orders = { elsewhere: [], others: true };
  expect(await registration.drain()).toBe(true);
  expect(said.map(({ draining }) => draining)).toEqual([false, true, true]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(said).toHaveLength(4);
  orders = 'away';
  expect(await registration.drain()).toBe(false);
});

test('its last word is that nobody is left, and then it is silent', async () => {
  await registration.start();
  await registration.close();
  expect(said.at(-1)).toMatchObject({ draining: true, calls: [] });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said).toHaveLength(2);
});
