import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createPinoLog } from './log-pino.ts';

function lines() {
  const written: unknown[] = [];
  const write = (line: Buffer, _: unknown, done: () => void) => {
    written.push(JSON.parse(line.toString()));
    done();
  };
  return { written, logger: pino({ base: null, timestamp: false }, new Writable({ write })) };
}

test('a line says of which request it is, and of none outside of all', () => {
  const { written, logger } = lines();
  let current: string | undefined = 'a';
  const log = createPinoLog(logger, () => current);
  log.warn('room cannot be reached', { channelId: '1' });
  current = undefined;
  log.error('lost');
  createPinoLog(logger).info('api is open');
  expect(written).toEqual([
    { level: 40, requestId: 'a', channelId: '1', msg: 'room cannot be reached' },
    { level: 50, msg: 'lost' },
    { level: 30, msg: 'api is open' },
  ]);
});
