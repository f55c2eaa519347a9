import { ApiProblem } from '@harmonium/api/client';
import type { ErrorCode } from '@harmonium/api/errors';
import type { Method } from '@harmonium/sfu/request';
import { describe, expect, test } from 'vitest';
import { NO_FLOW } from '../media.ts';
import type { MediaStart, MediaStats } from '../media.ts';
import { FakeMedia, FakeSignalling, welcome } from '../testing/fake-sfu.ts';
import type { Way } from './legs.ts';
import { runConnectionTest } from './run.ts';
import type { Progress, TestDeps } from './run.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const CANDIDATES = [
  { protocol: 'udp', address: '203.0.113.7', port: 40_000 },
  { protocol: 'tcp', address: '203.0.113.7', port: 40_000 },
];

/** A server whose media port is reached by these ways. */
class Server extends FakeSignalling {
  override request: FakeSignalling['request'] = (method, data) => {
    this.asked.push({ method, data });
    const answers: Partial<Record<Method, object>> = {
      createTransport: { id: 'transport', iceCandidates: CANDIDATES },
      produce: { producerId: 'tone' },
    };
    return Promise.resolve((answers[method] ?? {}) as never); // As the contract has them.
  };
}

/** Goes by what it is told of the server, as a browser does. */
class Browser extends FakeMedia {
  readonly #open: ReadonlySet<Way>;
  #ways: Way[] = [];
  constructor(start: MediaStart, open: ReadonlySet<Way>) {
    super(start);
    this.#open = open;
  }
  override async send(): Promise<void> {
    const { request } = this.start;
    const answer = await request('createTransport', { direction: 'send' });
    const isRelay = 'iceTransportPolicy' in answer;
    this.#ways = isRelay ? ['relay'] : answer.iceCandidates.map(({ protocol }) => protocol as Way);
    await request('produce', {
      transportId: 'transport',
      kind: 'audio',
      source: 'mic',
      rtpParameters: {},
    });
  }
  override async stats(): Promise<MediaStats> {
    const kilobitsPerSecond = this.#ways.some((way) => this.#open.has(way)) ? 32 : 0;
    const flow = { ...NO_FLOW, kilobitsPerSecond };
    return { ...(await super.stats()), sent: flow, received: flow };
  }
}

interface Place {
  open?: Way[];
  relay?: Awaited<ReturnType<TestDeps['askForRelay']>>;
  ticket?: TestDeps['ticket'];
  /** The code that the socket closes with; absent: it opens. */
  closed?: number;
  levelDb?: number;
  microphone?: TestDeps['microphone'];
  hasSocket?: boolean;
}

async function run(place: Place) {
  const open = new Set<Way>(place.open ?? ['udp', 'tcp']);
  const seen: Progress[] = [];
  const media: Browser[] = [];
  let signalling: Server | undefined;
  const line = { isOpen: true };
  const legs = await runConnectionTest(
    {
      ticket:
        place.ticket ??
        (() =>
          Promise.resolve({
            url: 'wss://chat.example/sfu',
            ticket: 'ticket',
            expiresAt: new Date(NOW + 60_000).toISOString(),
          })),
      signal(entrance, hooks) {
        signalling = new Server(entrance, hooks);
        const { closed } = place;
        queueMicrotask(() =>
          closed === undefined ? hooks.onNotification(welcome()) : hooks.onClose(closed),
        );
        return signalling;
      },
      startMedia(start) {
        const one = new Browser(start, open);
        media.push(one);
        return Promise.resolve(one);
      },
      askForRelay: () => Promise.resolve(place.relay ?? 'none'),
      microphone:
        place.microphone ??
        ((onLevel) => {
          onLevel(place.levelDb ?? -30);
          return Promise.resolve({
            line: {
              track: {} as MediaStreamTrack, // Nobody listens to it in Node.
              label: '',
              hasRnnoise: false,
              adjust() {},
              onEnded() {},
              close: () => void (line.isOpen = false),
            },
          });
        }),
      tone: () => ({ track: {} as MediaStreamTrack, close() {} }),
      hasSocket: () => place.hasSocket ?? true,
      now: () => NOW,
      wait: () => new Promise((resolve) => setTimeout(resolve, 1)),
    },
    (progress) => seen.push(progress),
    () => false,
  );
  return { legs, seen, media, signalling, line };
}

test('where nothing is in the way every leg is well, and nothing of it stays open', async () => {
  const { legs, media, signalling, line } = await run({});
  expect(legs).toMatchObject({
    microphone: 'ok',
    ticket: 'ok',
    socket: 'ok',
    udp: 'ok',
    tcp: 'ok',
    relay: 'none',
    quality: { roundTripMs: 24, loss: 0 },
    clock: 0,
  });
  expect(media.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  expect(signalling?.asked.at(-1)?.method).toBe('leave');
  expect(signalling?.isClosed).toBe(true);
  expect(line.isOpen).toBe(false);
});

describe('each way is tried alone', () => {
  test.each<[Way[], object]>([
    [['tcp', 'relay'], { udp: 'blocked', tcp: 'ok', relay: 'ok' }],
    [['udp', 'relay'], { udp: 'ok', tcp: 'blocked', relay: 'ok' }],
    [['relay'], { udp: 'blocked', tcp: 'blocked', relay: 'ok' }],
    [[], { udp: 'blocked', tcp: 'blocked', relay: 'blocked' }],
  ])('%j is open', async (open, expected) => {
    const { legs } = await run({ open, relay: 'ok' });
    expect(legs).toMatchObject({ ...expected, media: ['203.0.113.7:40000'] });
    expect(legs.quality === undefined).toBe(open.length === 0);
  });

  test.each(['unreachable', 'denied', 'none'] as const)(
    'a TURN server that lends no address (%s) is not tried further',
    async (relay) => {
      const { legs, media } = await run({ relay });
      expect(legs.relay).toBe(relay);
      expect(media).toHaveLength(2);
    },
  );
});

describe('it ends at what all the rest needs', () => {
  const refused = (status: number, code: ErrorCode, message = '') => ({
    ticket: () =>
      Promise.reject(new ApiProblem(status, { error: { code, message, requestId: '' } })),
  });

  test.each<[string, Place, object]>([
    [
      'api is away',
      { ticket: () => Promise.reject(new ApiProblem(0, undefined)) },
      { ticket: 'unreachable' },
    ],
    [
      'there is no voice',
      refused(503, 'voice_unavailable', 'No worker.'),
      { ticket: 'unavailable', reason: 'No worker.' },
    ],
    ['one asked too often', refused(429, 'rate_limited'), { ticket: 'often' }],
  ])('%s', async (_, place, expected) => {
    const { legs, signalling } = await run(place);
    expect(legs).toEqual({ microphone: 'ok', ...expected });
    expect(signalling).toBeUndefined();
  });

  test.each<[string, Place, string]>([
    ['refused, where others open', { closed: 1006 }, 'refused'],
    ['closed, as every other', { closed: 1006, hasSocket: false }, 'closed'],
    ['the ticket is old already', { closed: 4001 }, 'expired'],
    ['no worker runs', { closed: 4014 }, 'failed'],
  ])('a socket: %s', async (_, place, socket) => {
    const { legs, media } = await run(place);
    expect(legs).toMatchObject({ ticket: 'ok', socket });
    expect(media).toEqual([]);
  });
});

describe('the microphone', () => {
  test('that hears nothing at all is told from one that hears a quiet room', async () => {
    expect((await run({ levelDb: -100 })).legs.microphone).toBe('silent');
    expect((await run({ levelDb: -62 })).legs.microphone).toBe('ok');
  });

  test('that is blocked does not keep the rest from being looked at', async () => {
    const { legs } = await run({ microphone: () => Promise.resolve({ problem: 'blocked' }) });
    expect(legs).toMatchObject({ microphone: 'blocked', udp: 'ok' });
  });
});

test('a clock that is off is measured against the server', async () => {
  const expiresAt = new Date(NOW + 60_000 + 3_600_000).toISOString();
  const ticket = () => Promise.resolve({ url: 'wss://chat.example/sfu', ticket: 't', expiresAt });
  expect((await run({ ticket })).legs.clock).toBe(-3600);
});

test('what is looked at shows while it is', async () => {
  const { seen } = await run({});
  for (const leg of ['ticket', 'socket', 'udp', 'quality', 'tcp', 'relay'] as const) {
    expect(seen.some(({ running }) => running.has(leg))).toBe(true);
  }
  expect(seen.at(-1)?.running.size).toBe(0);
});
