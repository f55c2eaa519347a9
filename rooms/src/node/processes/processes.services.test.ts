import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createServiceTokens } from '@harmonium/api/service-token';
import type { Snowflake } from '@harmonium/api/ids';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { placeOf } from '../../../contract/placement.ts';
import type { Party } from '../../../contract/publish.ts';
import { roomsSuite } from '../../rooms.suite.ts';
import { socketsSuite } from '../../sockets.suite.ts';
import type { Client } from '../../testing/client.ts';
import { silentLog } from '../../testing/fake-host.ts';
import { TEST_SECRET } from '../../testing/fake-rooms.ts';
import {
  channelTicket,
  serverTicket,
  someId,
  someone,
  structureOf,
  textChannel,
} from '../../testing/people.ts';
import { processRooms, type ProcessRooms } from '../../testing/process-rooms.ts';
import { World } from '../../testing/world.ts';
import { FolderTaken, storageFile } from '../storage-file.ts';
import { spreadRooms } from './spread.ts';

roomsSuite('two processes', () => processRooms({ places: 2 }));
socketsSuite('two processes', () => processRooms({ places: 2 }));

/** Within what may wait for admission. */
const EARLY = 20;

/** A room that lives there. */
function idAt(party: Party, place: number, places = 2): Snowflake {
  for (;;) {
    const id = someId();
    if (placeOf(party, id, places) === place) return id;
  }
}

describe('rooms in two processes', () => {
  let rooms: ProcessRooms;
  let world: World;
  /** What it takes two processes to start on this machine, as it is now. */
  let startTime: number;
  beforeAll(async () => {
    const started = performance.now();
    rooms = await processRooms({ places: 2 });
    startTime = performance.now() - started;
    world = new World(rooms);
  });
  afterAll(() => rooms.close());

  const port = () => Number(new URL(rooms.url).port);

  function kill(place: number, signal: NodeJS.Signals = 'SIGKILL'): void {
    const pid = rooms.processes.pids()[place];
    if (pid === undefined) throw new Error('It is away already.');
    process.kill(pid, signal);
  }

  async function seqs(client: Client, count: number): Promise<unknown[]> {
    const created = () => client.all('message.created');
    await vi.waitUntil(() => created().length >= count, { timeout: 10_000 });
    return created().map(({ seq }) => seq);
  }

  test('live where their name says, and are counted together', async () => {
    const before = await rooms.processes.stats();
    const clients = await Promise.all(
      [0, 1].map((place) => world.enter(channelTicket(someone('ada'), idAt('main', place)))),
    );
    const after = await rooms.processes.stats();
    expect(after.connections - before.connections).toBe(2);
    expect(after.rooms - before.rooms).toBeGreaterThanOrEqual(2);
    const text = await (await rooms.processes.metrics()).metrics();
    expect(text).toContain(`harmonium_rooms_connections{party="main"} ${after.connections}`);
    for (const place of ['0', '1']) {
      expect(text).toMatch(
        new RegExp(`harmonium_room_process_resident_memory_bytes\\{place="${place}"\\} [1-9]`),
      );
    }
    for (const client of clients) client.leave();
  });

  /** Shakes hands by hand, and says frames without waiting for an answer. */
  async function hasty(id: Snowflake, apart: boolean): Promise<string> {
    const ticket = await world.ticket(channelTicket(someone('hasty'), id));
    const stream = connect(port(), '127.0.0.1');
    stream.setNoDelay(true);
    await once(stream, 'connect');
    const handshake =
      `GET /parties/main/${id}?ticket=${ticket} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
    const frames = Array.from({ length: EARLY }, () => masked({ type: 'ping' }));
    if (apart) {
      stream.write(handshake);
      for (const frame of frames) {
        await new Promise(setImmediate);
        stream.write(frame);
      }
    } else stream.write(Buffer.concat([Buffer.from(handshake), ...frames]));
    let heard = '';
    for await (const chunk of stream) {
      heard += String(chunk);
      if (heard.split('"pong"').length > EARLY) break;
    }
    stream.destroy();
    return heard;
  }

  test.each([
    ['behind the request', false],
    ['while the socket is on its way', true],
  ])('no frame is lost that a client says %s', async (_, apart) => {
    for (let round = 0; round < 10; round += 1) {
      const id = idAt('main', round % 2);
      const answers = await Promise.all(Array.from({ length: 4 }, () => hasty(id, apart)));
      for (const heard of answers) {
        expect(heard).toMatch(/^HTTP\/1\.1 101/);
        expect(heard.split('"pong"')).toHaveLength(EARLY + 1);
      }
    }
  });

  test('one kept-alive connection publishes to rooms of both', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const token = await createServiceTokens(TEST_SECRET).issue('api', 'rooms');
    const used = new Set<number | undefined>();
    const post = async (id: Snowflake, content: string) => {
      const event = { type: 'message.send', content };
      const accept = { type: 'accept', author: someone('bot'), sessionId: id, event };
      const events = [{ ...accept, permissions: channelTicket(someone('x'), id).permissions }];
      const body = JSON.stringify({ events });
      const sent = httpRequest({
        agent,
        port: port(),
        method: 'POST',
        path: `/parties/main/${id}`,
        headers: { authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(body) },
      });
      sent.end(body);
      const [response] = await once(sent, 'response');
      used.add(response.socket.localPort);
      response.resume();
      await once(response, 'end');
      return Number(response.statusCode);
    };
    const ids = [0, 1, 0, 1].map((place) => idAt('main', place));
    for (const id of ids) expect(await post(id, `for ${id}`)).toBe(200);
    expect(used.size).toBe(1);
    for (const id of ids) {
      const client = await world.enter(channelTicket(someone('ada'), id));
      expect(client.all('ready')[0]).toMatchObject({ history: [{ content: `for ${id}` }] });
      client.leave();
    }
    agent.destroy();
  });

  test('a channel tells its server of activity, wherever that lives', async () => {
    for (const [from, to] of [
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const owner = someone('owner');
      const structure = { ...structureOf(owner, () => []) };
      const serverId = idAt('server', to);
      const channel = textChannel(serverId, 'general', { id: idAt('main', from) });
      const everyone = structure.roles.map((role) => ({ ...role, id: serverId, serverId }));
      rooms.api.structures.set(serverId, {
        ...structure,
        server: { ...structure.server, id: serverId },
        channels: [channel],
        roles: everyone,
      });
      const watcher = await world.enter(serverTicket(owner, serverId));
      const writer = await world.enter(
        channelTicket(someone('ada'), channel.id, { serverId: serverId }),
      );
      writer.write('hello');
      expect(await watcher.next('activity')).toMatchObject({ channelId: channel.id });
      writer.leave();
      watcher.leave();
    }
  });

  test('one is killed: it is back soon, and clients resume without a gap', async () => {
    const here = channelTicket(someone('ada'), idAt('main', 0));
    const other = channelTicket(someone('bea'), idAt('main', 1));
    const [client, witness] = await Promise.all([world.enter(here), world.enter(other)]);
    for (let at = 0; at < 5; at += 1) client.write(`before ${at}`);
    await seqs(client, 5);
    const pid = rooms.processes.pids()[0];
    kill(0);
    const killed = performance.now();
    expect(await client.end()).toBe(1006);
    await vi.waitUntil(() => rooms.processes.pids()[0] !== pid);
    const revoke = { type: 'revoke', userId: someId(), reason: 'access_lost' } as const;
    // What is published meanwhile waits for it.
    const published = rooms.publisher.publish('main', here.channelId, [revoke]);
    // Meanwhile the other goes on.
    witness.write('as if nothing were');
    await witness.next('message.created');
    const back = await vi.waitUntil(() => world.enter(here, 2).catch(() => undefined), {
      timeout: 5_000,
      interval: 20,
    });
    // Where nothing else runs, half a second.
    expect(performance.now() - killed).toBeLessThan(Math.max(2_000, 2 * startTime));
    expect(await published).toEqual([{ ok: true }]);
    expect(back.all('resumed')).toHaveLength(1);
    back.write('after');
    expect(await seqs(back, 4)).toEqual([3, 4, 5, 6]);
    await vi.waitUntil(() => rooms.api.messages.size >= 7, { timeout: 10_000 });
  });

  test('sockets on their way to one that is killed are closed, not forgotten', async () => {
    const id = idAt('main', 1);
    const ticket = await world.ticket(channelTicket(someone('ada'), id));
    kill(1, 'SIGSTOP');
    const streams = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const stream = connect(port(), '127.0.0.1');
        stream.on('error', () => {});
        await once(stream, 'connect');
        stream.write(
          `GET /parties/main/${id}?ticket=${ticket} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n` +
            'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
        );
        return stream.resume();
      }),
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    const closed = streams.map((stream) => once(stream, 'close'));
    kill(1);
    await Promise.all(closed);
    await vi.waitUntil(
      () =>
        rooms.processes.stats().then(
          () => true,
          () => false,
        ),
      { timeout: 5_000 },
    );
  });

  test('two parents never have the folder at once', async () => {
    const { dataDir } = rooms;
    for (const places of [1, 2, 3]) {
      await expect(spreadRooms({ dataDir, places, log: silentLog })).rejects.toThrow(FolderTaken);
    }
  });
});

test('from one process to two, three and back to one: every room goes on where it was', async () => {
  const rooms = await processRooms({ places: 2 });
  try {
    const world = new World(rooms);
    const seats = Array.from({ length: 12 }, (_, at) => channelTicket(someone(`p${at}`), someId()));
    const nonces = new Map<string, string>();
    let said = 0;
    for (const places of [1, 2, 3, 1]) {
      await rooms.restart(places);
      const goOn = async (seat: (typeof seats)[number]) => {
        const client = await world.enter(seat, said === 0 ? undefined : said);
        // What was acknowledged where it lived before is not said twice.
        const nonce = nonces.get(seat.channelId);
        const again = { type: 'message.send', nonce, content: `${said - 1}` };
        if (nonce !== undefined) client.send(again);
        const answered = nonce === undefined ? said : (await client.next('message.created'))['seq'];
        expect(answered).toBe(said);
        nonces.set(seat.channelId, client.write(`${said}`));
        expect(await client.next('message.created')).toMatchObject({ seq: said + 1 });
        client.leave();
      };
      await Promise.all(seats.map(goOn));
      said += 1;
    }
    await vi.waitUntil(() => rooms.api.messages.size === seats.length * said, { timeout: 10_000 });
  } finally {
    await rooms.close();
  }
});

test('what one of them cannot open, none serves: the start says why, and leaves the folder', async () => {
  const rooms = await processRooms({ places: 2 });
  try {
    await rooms.processes.close();
    const theirs = join(rooms.dataDir, 'generation-1', '1');
    const setVersion = (version: number) => {
      const file = new DatabaseSync(storageFile(theirs));
      file.exec(`PRAGMA user_version = ${version}`);
      file.close();
    };
    setVersion(99);
    await expect(rooms.restart()).rejects.toThrow('newer Harmonium (storage version 99');
    setVersion(1);
    await rooms.restart();
    expect(await rooms.processes.stats()).toMatchObject({ connections: 0 });
  } finally {
    await rooms.close();
  }
});

function masked(event: object): Buffer {
  const text = Buffer.from(JSON.stringify(event));
  // A mask of zeros leaves the text as it is.
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
}
