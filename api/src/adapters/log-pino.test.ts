import { expect, test } from 'vitest';
import { createPino, createPinoLog } from './log-pino.ts';

function lines() {
  const written: unknown[] = [];
  const write = (line: string) => written.push(JSON.parse(line));
  return { written, logger: createPino('api', 'info', { write }) };
}

test('a line says of which request it is, and of none outside of all', () => {
  const { written, logger } = lines();
  let current: string | undefined = 'a';
  const log = createPinoLog(logger, () => current);
  log.warn('room cannot be reached', { channelId: '1' });
  current = undefined;
  log.error('lost');
  createPinoLog(logger).info('api is open');
  expect(written).toMatchObject([
    { level: 40, requestId: 'a', channelId: '1', msg: 'room cannot be reached' },
    { level: 50, msg: 'lost' },
    { level: 30, msg: 'api is open' },
  ]);
  expect(written.map((line) => 'requestId' in Object(line))).toEqual([true, false, false]);
});
