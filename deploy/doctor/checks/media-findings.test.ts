import { expect, test } from 'vitest';
import type { MediaWay } from '../media-ways.ts';
import { tellMediaWays } from './media-findings.ts';

const SILENT = 'no answer';

function way(
  protocol: 'udp' | 'tcp',
  port: number,
  trouble?: string,
  address = '203.0.113.5',
): MediaWay {
  return { protocol, address, port, trouble };
}

/** A port at which nothing answers. */
function closed(port: number, address?: string): MediaWay[] {
  return [way('udp', port, SILENT, address), way('tcp', port, SILENT, address)];
}

const told = (ways: MediaWay[]) =>
  tellMediaWays(ways, false).map(({ state, says }) => `${state}: ${says}`);

test('ports that answer are one line', () => {
  const ports = [40_001, 40_000, 40_002];
  expect(told(ports.flatMap((port) => [way('udp', port), way('tcp', port)]))).toEqual([
    'ok: UDP and TCP 40000-40002 at 203.0.113.5 answer',
  ]);
});

test('a port that is open by one protocol only works, and somebody will feel it', () => {
  expect(told([way('udp', 40_000, SILENT), way('tcp', 40_000)])).toEqual([
    'warn: UDP 40000 at 203.0.113.5: no answer; TCP answers',
  ]);
  expect(told([way('udp', 40_000), way('tcp', 40_000, SILENT)])).toEqual([
    'warn: TCP 40000 at 203.0.113.5: no answer; UDP answers',
  ]);
});

test('where nothing answers it may be a router that lets nobody back in', () => {
  expect(told([way('udp', 40_000, SILENT), way('tcp', 40_000, 'nobody listens there')])).toEqual([
    'warn: UDP and TCP 40000 at 203.0.113.5: no answer; nobody listens there',
  ]);
});

test('it is none where another port of the same address answers, or on this very machine', () => {
  expect(told([way('udp', 40_000), way('tcp', 40_000), ...closed(40_001)])).toEqual([
    'ok: UDP and TCP 40000 at 203.0.113.5 answer',
    'bad: UDP and TCP 40001 at 203.0.113.5: no answer',
  ]);
  expect(tellMediaWays(closed(40_001, '127.0.0.1'), true)).toMatchObject([{ state: 'bad' }]);
});

test('a private network of another machine is not missed where its other address answers', () => {
  const inside = closed(40_000, '172.17.0.1');
  expect(told(inside)).toHaveLength(1);
  expect(told([way('udp', 40_000), way('tcp', 40_000), ...inside])).toHaveLength(1);
});
