import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../api/src/config.ts';
import { createSfu, type Sfu } from '../../sfu/src/server.ts';
import { RecordingLog, RecordingRooms, SECRET } from '../../sfu/src/testing/call-bench.ts';
import { freePort } from '../../sfu/src/testing/free-port.ts';
import { workerBin } from '../../sfu/src/testing/worker-bin.ts';
import { mediaPorts } from './checks/media-ports.ts';
import { tryMediaWays } from './media-ways.ts';
import { openTestCall } from './test-call.ts';

/* The doctor at voice with real workers. */

const now = (): number => Date.now();
const tickets = createTicketKeys(SECRET, now);
const rooms = new RecordingRooms();
const log = new RecordingLog();
const open: { close: () => unknown }[] = [];

/** @returns the sfu, and where its sockets are opened */
async function start(announcedIp: string, port: number, workers: number) {
  const sfu: Sfu = await createSfu({
    workerBin: await workerBin(),
    announcedIp,
    port,
    workers,
    tickets,
    serviceTokens: createServiceTokens(SECRET, now),
    rooms,
    now,
    log,
  });
  const server: Server = createServer();
  server.on('upgrade', (request, socket, head) => sfu.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push(sfu, server);
  // Listening on TCP, so no path.
  return { sfu, door: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function look(SFU_URL: string, JWT_SECRET = SECRET) {
  // Nobody is at PORT: voice is a process of its own.
  const environment = readEnvironment({ JWT_SECRET, SFU_URL, PORT: String(await freePort()) });
  return mediaPorts({ environment, health: { version: '1', checks: { sfu: { ok: true } } } });
}

describe('while voice runs', () => {
  let port: number;
  let sfu: Sfu;
  let door: string;

  beforeAll(async () => {
    port = await freePort();
    ({ sfu, door } = await start('127.0.0.1', port, 2));
  });
  afterAll(async () => {
    await Promise.all(open.map((one) => one.close()));
  });

  test('each worker is heard by UDP and by TCP', async () => {
    expect(await look(door)).toEqual([
      {
        about: 'media ports',
        state: 'ok',
        says: `UDP and TCP ${port}-${port + 1} at 127.0.0.1 answer`,
      },
    ]);
  });

  test('nothing of it is left, nobody is told, and nothing is logged', async () => {
    await expect.poll(() => sfu.stats().calls).toBe(0);
    expect([rooms.told, log.errors, log.warnings]).toEqual([[], [], []]);
  });

  test('another JWT_SECRET is named', async () => {
    expect(await look(door, 'another secret of enough bytes')).toMatchObject([
      { about: 'voice ticket', state: 'bad' },
    ]);
  });

  test('a port behind which nobody is, and one behind which somebody else is, do not pass', async () => {
    const call = await openTestCall({ url: door }, tickets);
    const { iceCandidates, iceParameters } = call.offer;
    const nowhere = await freePort();
    const moved = iceCandidates.map(({ protocol, address, port: at }) => ({
      protocol,
      address,
      port: protocol === 'udp' ? nowhere : at,
    }));
    const troubles = async (offer: typeof call.offer) =>
      Object.fromEntries(
        (await tryMediaWays([offer])).map(({ protocol, trouble }) => [protocol, trouble]),
      );
    expect(await troubles({ ...call.offer, iceCandidates: moved })).toEqual({
      udp: 'nobody listens there',
      tcp: undefined,
    });
    const other = { ...iceParameters, password: 'not theirs' };
    expect(await troubles({ ...call.offer, iceParameters: other })).toEqual({
      udp: 'something else answers there',
      tcp: 'something else answers there',
    });
    call.close();
  });

  test('an address that leads nowhere is told with its cure', async () => {
    // For examples only (RFC 5737): nobody has it.
    const away = await start('198.51.100.77', await freePort(), 1);
    const [finding, ...others] = await look(away.door);
    expect(others).toEqual([]);
    expect(finding?.state).toBe('warn');
    expect(finding?.says).toMatch(/^UDP and TCP \d+ at 198\.51\.100\.77: /);
    expect(finding?.cure).toContain('MEDIASOUP_ANNOUNCED_IP');
  });
});
