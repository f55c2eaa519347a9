import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message } from '@harmonium/api/message';
import { describe, expect, test } from 'vitest';
import type { Log } from '../host.ts';
import { roomsSuite } from '../rooms.suite.ts';
import { socketsSuite } from '../sockets.suite.ts';
import type { Client } from '../testing/client.ts';
import { silentLog } from '../testing/fake-host.ts';
import { nodeRooms, type NodeRooms } from '../testing/node-rooms.ts';
import { channelTicket, someId, someone } from '../testing/people.ts';
import { World } from '../testing/world.ts';
import { RoomDatabase } from './database.ts';
import { FolderTaken } from './storage-file.ts';

const COUNT = 'harmonium_rooms_commit_seconds_count';
const bugs: unknown[] = [];
const log: Log = { ...silentLog, error: (fields) => bugs.push(fields) };

roomsSuite('the Node host', () => nodeRooms({ log }));
socketsSuite('the Node host', () => nodeRooms({ log }));

test('none of it was a bug', () => {
  expect(bugs).toEqual([]);
});

describe('the Node host', () => {
  async function within(
    options: Parameters<typeof nodeRooms>[0],
    work: (world: World, rooms: NodeRooms) => Promise<void>,
  ): Promise<void> {
    const rooms = await nodeRooms(options);
    try {
      await work(new World(rooms), rooms);
    } finally {
      await rooms.close();
    }
  }

  test('a client that never reads is closed, and nobody waits for it', async () => {
    await within({ rateLimitScale: 1e6, maxBufferedBytes: 64 * 1024 }, async (world, { url }) => {
      const channelId = someId();
      const deaf = channelTicket(someone('deaf'), channelId);
      const ticket = await world.ticket(deaf);
      // A bare stream: it shakes hands, and never reads again.
      const stream = connect(Number(new URL(url).port), '127.0.0.1');
      stream.write(
        `GET /parties/main/${channelId}?ticket=${ticket} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n` +
          'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      );
      await new Promise((resolve) => {
        stream.once('data', resolve);
      });
      stream.pause();
      const ended = new Promise((resolve) => {
        stream.once('error', resolve);
        stream.once('close', resolve);
      });
      const writer = await world.enter(channelTicket(someone('ada'), channelId));
      const others = () => writer.all('message.created').length;
      let sent = 0;
      while ((await members(world, channelId)).includes('deaf')) {
        for (let at = 0; at < 500; at += 1) writer.write('x'.repeat(3000));
        sent += 500;
        await expect.poll(others, { timeout: 10_000 }).toBe(sent);
        expect(sent).toBeLessThan(50_000);
      }
      stream.resume();
      await ended;
    });
  }, 30_000);

  async function members(world: World, channelId: ReturnType<typeof someId>): Promise<string[]> {
    const client = await world.enter(channelTicket(someone('witness'), channelId));
    client.leave();
    const users = client.all('ready')[0]?.['members'] as { username: string }[];
    return users.map(({ username }) => username);
  }

  test('a connection without a sign of life is closed; one that pings stays', async () => {
    await within({ deadAfterMs: 300 }, async (world) => {
      const here = channelTicket(someone('ada'), someId());
      const silent = await world.enter(here);
      const living = await world.enter(here);
      const pulse = setInterval(() => living.send({ type: 'ping' }), 50);
      expect(await silent.end()).toBe('timed_out');
      await new Promise((resolve) => {
        setTimeout(resolve, 400);
      });
      await living.settled();
      clearInterval(pulse);
    });
  });

  test('an idle room is forgotten, and comes back from storage', async () => {
    await within({ deadAfterMs: 450, idleAfterMs: 50 }, async (world, { host }) => {
      const here = channelTicket(someone('ada'), someId());
      const client = await world.enter(here);
      client.write('hello');
      await client.next('message.created');
      client.leave();
      await expect.poll(() => host.stats().rooms, { timeout: 4_000 }).toBe(0);
      expect((await world.enter(here)).all('ready')[0]).toMatchObject({ seq: 1 });
    });
  });

  test('a message costs one commit, and what api was given costs none of its own', async () => {
    await within({ rateLimitScale: 1e6 }, async (world, { api, host }) => {
      const client = await world.enter(channelTicket(someone('ada'), someId()));
      const commits = async () => {
        const metrics = await (await host.metrics()).getMetricsAsJSON();
        const named = metrics.find(({ name }) => name === 'harmonium_rooms_commit_seconds');
        return Number(
          named?.values.find((each) => 'metricName' in each && each.metricName === COUNT)?.value,
        );
      };
      const before = await commits();
      for (let at = 0; at < 20; at += 1) {
        client.write(`${at}`);
        await client.next('message.created');
        // As long as the outbox gathers: each of them is given away on its own.
        await expect.poll(() => api.stored.length, { interval: 5 }).toBe(at + 1);
      }
      expect((await commits()) - before).toBeLessThanOrEqual(22);
    });
  });

  test('what was said a moment before it closes is with api when it has', async () => {
    await within({}, async (world, { api, host }) => {
      const client = await world.enter(channelTicket(someone('ada'), someId()));
      client.write('the last word');
      await client.next('message.created');
      expect(api.stored).toEqual([]);
      await host.close();
      expect(api.stored).toMatchObject([{ op: 'create' }]);
      expect(client.closedBy).toBe('going_away');
    });
  });

  test('while api is away it closes all the same, and what was said is there after', async () => {
    await within({}, async (world, rooms) => {
      rooms.api.down = true;
      const client = await world.enter(channelTicket(someone('ada'), someId()));
      client.write('the last word');
      await client.next('message.created');
      const began = performance.now();
      await rooms.restart();
      expect(performance.now() - began).toBeLessThan(2_000);
      rooms.api.down = false;
      await expect.poll(() => rooms.api.stored.length, { timeout: 5_000 }).toBe(1);
    });
  });

  test('a full disk: what cannot be stored is never acknowledged, and reading goes on', async () => {
    await within({ maxStoragePages: 24 }, async (world, rooms) => {
      const channelId = someId();
      const acknowledged: string[] = [];
      let refused: Client | undefined;
      for (let at = 0; at < 60 && refused === undefined; at += 1) {
        // Another author each time, as one alone would be flooding.
        const here = channelTicket(someone(`author ${at}`), channelId);
        const client = await world.knock(here, await world.ticket(here));
        client.write(`${at} ${'x'.repeat(3900)}`);
        const event = await client.next('message.created').catch(() => undefined);
        if (event === undefined) refused = client;
        else acknowledged.push((event['message'] as { id: string }).id);
        client.leave();
      }
      expect(refused?.closedBy).toBe('unavailable');
      expect(acknowledged.length).toBeGreaterThan(3);
      const witness = await world.enter(channelTicket(someone('witness'), channelId));
      const history = witness.all('ready')[0]?.['history'] as { id: string }[];
      expect(history.map(({ id }) => id)).toEqual(acknowledged);
      const publish = rooms.publisher.publish('main', channelId, [
        { type: 'revoke', userId: someId(), reason: 'access_lost' },
        ...Array.from({ length: 20 }, () => ({
          type: 'accept' as const,
          author: someone('bot'),
          sessionId: someId(),
          permissions: '96',
          event: { type: 'message.send' as const, content: 'x'.repeat(4000) },
        })),
      ]);
      await expect(publish).rejects.toThrow('full');
    });
  }, 20_000);

  test('api is given nothing before it is durable', async () => {
    await within({}, async (world, rooms) => {
      const channelId = someId();
      const here = channelTicket(someone('ada'), channelId);
      const given: { count: number; ticks: number }[] = [];
      let release = () => {};
      rooms.api.storeOutbox = async (_, entries) => {
        given.push({ count: entries.length, ticks: rooms.host.stats().ticks });
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return true;
      };
      (await world.enter(here)).write('first');
      await expect.poll(() => given.length).toBe(1);

      const { ticks } = rooms.host.stats();
      const published = rooms.publisher.publish('main', channelId, [
        {
          type: 'accept',
          author: someone('bot'),
          sessionId: someId(),
          permissions: here.permissions,
          event: { type: 'message.send', content: 'second' },
        },
      ]);
      // Written by now, and before the tick that commits it the outbox looks for more.
      for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
      expect(rooms.host.stats().ticks).toBe(ticks);
      release();
      await published;
      await expect.poll(() => given.length).toBe(2);
      expect(given[1]?.ticks).toBeGreaterThan(ticks);
      release();
    });
  });

  test('a flooded room holds nobody up in another, and is heard to the end', async () => {
    await within({ rateLimitScale: 1e6 }, async (world, { host }) => {
      const [channelId, writers, each] = [someId(), 20, 300];
      const flooders = await Promise.all(
        Array.from({ length: writers }, (_, at) =>
          world.enter(channelTicket(someone(`flooder ${at}`), channelId)),
        ),
      );
      const ada = await world.enter(channelTicket(someone('ada'), someId()));
      for (const flooder of flooders) {
        for (let n = 0; n < each; n += 1) flooder.write(String(n));
      }
      ada.write('hello');
      await ada.next('message.created');
      // By the time of her answer the others' have left in part only.
      expect(await framesOut(host)).toBeLessThan((writers * writers * each) / 2);

      const [first] = flooders;
      const told = () => (first?.all('message.created') ?? []).map((event) => event['message']);
      await expect.poll(() => told().length, { timeout: 15_000 }).toBe(writers * each);
      const messages = told() as Message[];
      for (let at = 0; at < writers; at += 1) {
        const own = messages.filter(({ author }) => author.username === `flooder ${at}`);
        expect(own.map(({ content }) => content)).toEqual(own.map((_, n) => String(n)));
      }
    });
  }, 20_000);

  async function framesOut(host: NodeRooms['host']): Promise<number> {
    const metric = (await host.metrics()).getSingleMetric('harmonium_rooms_frames_out_total');
    const { values } = (await metric?.get()) ?? { values: [] };
    return values.reduce((sum, { value }) => sum + value, 0);
  }

  test('a commit that fails is told to every room that wrote, whether it had a turn or not', async () => {
    await within({ rateLimitScale: 1e6, maxStoragePages: 24 }, async (world, rooms) => {
      const channels = Array.from({ length: 10 }, () => someId());
      const clients = await Promise.all(
        channels.map((id) => world.enter(channelTicket(someone('ada'), id))),
      );
      const accept = (content: string) => ({
        type: 'accept' as const,
        author: someone('bot'),
        sessionId: someId(),
        permissions: '96',
        event: { type: 'message.send' as const, content },
      });
      const [first] = clients;
      // Their pings are more than a tick takes, so that only some have a turn in the one that fails.
      for (const client of clients) {
        for (let n = 0; n < 3_000; n += 1) client.send({ type: 'ping' });
      }
      await first?.next('pong');
      const large = rooms.publisher.publish(
        'main',
        someId(),
        Array.from({ length: 40 }, () => accept('x'.repeat(4000))),
      );
      const others = channels.map((id) => rooms.publisher.publish('main', id, [accept('small')]));
      const outcomes = await Promise.allSettled([large, ...others]);
      expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'rejected'));
      for (const client of clients) expect(await client.end()).toBe('unavailable');
    });
  }, 20_000);

  test('a folder belongs to one at a time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harmonium-fence-'));
    const first = new RoomDatabase(folder);
    expect(() => new RoomDatabase(folder)).toThrow(FolderTaken);
    first.close();
    new RoomDatabase(folder).close();
    await rm(folder, { recursive: true });
  });

  test('closing tells everyone to come back, and loses nothing', async () => {
    await within({}, async (world, { host, restart }) => {
      const here = channelTicket(someone('ada'), someId());
      const client = await world.enter(here);
      client.write('just in time');
      await client.next('message.created');
      await host.close();
      expect(await client.end()).toBe('going_away');
      await restart();
      expect((await world.enter(here)).all('ready')[0]).toMatchObject({ seq: 1 });
    });
  });
});
