import { createServiceTokens } from '@harmonium/api/service-token';
import type { Ticket } from '@harmonium/api/ticket';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { z } from 'zod';
import { fromSchema, nearly, odd, oddText } from '../../api/testing/from-schema.ts';
import {
  ChannelClientEvent,
  ServerClientEvent,
  UserClientEvent,
} from '../contract/client-event.ts';
import { CLOSE_CODES } from '../contract/close-codes.ts';
import { MAX_FRAME_BYTES } from '../contract/limits.ts';
import { ChannelPublish, PublishAnswer, ServerPublish, UserPublish } from '../contract/publish.ts';
import {
  ChannelServerEvent,
  ServerServerEvent,
  UserServerEvent,
} from '../contract/server-event.ts';
import { bounded } from './models/bounded.ts';
import { TEST_SECRET } from './testing/fake-rooms.ts';
import {
  channelTicket,
  serverTicket,
  someId,
  someone,
  structureOf,
  textChannel,
  userTicket,
} from './testing/people.ts';
import { World, type Rooms } from './testing/world.ts';

type Frame = string | Uint8Array;
/** 1009 is what a host says itself to a frame that is too large to be read at all; 1006 the line. */
const KNOWN_ENDS: unknown[] = [...Object.values(CLOSE_CODES).map(({ code }) => code), 1009];
const STILL_HERE = 'still here';
const PATIENCE_MS = 20_000;
/** Local workerd answers a close, and leaves it to the client to hang up. */
const LINE = { perMessageDeflate: false, closeTimeout: 200 };

/**
 * Whatever is said to a host, it is answered by the contract, changes nothing it should not, and the
 * next one is served.
 * @param runs as many as the host is quick
 */
export function framesSuite(
  name: string,
  open: () => Promise<Rooms & { url: string }>,
  runs: number,
): void {
  describe(`whatever is said to ${name}`, { timeout: 120_000 }, () => {
    let rooms: Rooms & { url: string };
    let world: World;
    const owner = someone('owner');
    const structure = structureOf(owner, (id) => [textChannel(id, 'general')]);
    const serverId = structure.server.id;
    const channelId = structure.channels[0]?.id ?? serverId;
    const ids = () => [channelId, serverId, owner.id];
    beforeAll(async () => {
      rooms = await open();
      world = new World(rooms);
      rooms.api.structures.set(serverId, structure);
    });
    afterAll(() => rooms.close());

    function frameOf(schema: z.ZodType): fc.Arbitrary<Frame> {
      const event = fromSchema(schema, ids);
      const text = (value: fc.Arbitrary<unknown>) =>
        value.map((each) => JSON.stringify(each) ?? '');
      return fc.oneof(
        { weight: 30, arbitrary: text(event) },
        { weight: 40, arbitrary: text(nearly(event)) },
        text(odd),
        oddText,
        fc.uint8Array({ maxLength: 40 }),
        fc.nat({ max: 7_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
        fc.nat({ max: 2_000 }).map((depth) => `{"type":"ping","x":${'{"x":'.repeat(depth)}`),
        fc.constantFrom(
          'x'.repeat(MAX_FRAME_BYTES + 1),
          'ä'.repeat(200_000),
          '',
          '\u0000',
          '\ud800',
        ),
      );
    }

    async function socket(seat: Exclude<Ticket, { kind: 'voice' }>): Promise<WebSocket> {
      const ticket = await world.ticket(seat);
      const ws = new WebSocket(`${rooms.url}${pathOf(seat)}?ticket=${ticket}`, LINE);
      ws.on('error', () => {});
      return ws;
    }

    /** Says it all; answers what was heard, and how it ended. */
    async function say(ws: WebSocket, frames: readonly Frame[]) {
      const heard: unknown[] = [];
      const end = await new Promise<unknown>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('Neither pong nor end.')), PATIENCE_MS);
        ws.on('close', (code) => {
          clearTimeout(timer);
          resolve(code);
        });
        ws.on('message', (data: Buffer) => {
          const event = JSON.parse(data.toString()) as { type: string; nonce?: string };
          heard.push(event);
          if (event.type === 'ready') {
            for (const frame of frames) ws.send(frame);
            // What is refused has its nonce with it: this is the last word, whatever came before.
            ws.send('{"type":"nothing","nonce":"the-last-word"}');
          }
          if (event.type !== 'rejected' || event.nonce !== 'the-last-word') return;
          clearTimeout(timer);
          resolve(STILL_HERE);
        });
      });
      ws.terminate();
      return { heard, end };
    }

    const parties = [
      {
        what: 'a channel',
        up: ChannelClientEvent,
        down: ChannelServerEvent,
        seat: () => channelTicket(someone('fuzz'), channelId),
      },
      {
        what: 'a server',
        up: ServerClientEvent,
        down: ServerServerEvent,
        seat: () => serverTicket(someone('fuzz'), serverId),
      },
      {
        what: "a user's room",
        up: UserClientEvent,
        down: UserServerEvent,
        seat: () => userTicket(someone('fuzz')),
      },
    ];

    test.each(parties)('$what answers any frame by the contract', async ({ up, down, seat }) => {
      const frames = fc.array(frameOf(up), { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(frames, async (said) => {
          const here = seat();
          const { heard, end } = await say(await socket(here), said);
          expect([...KNOWN_ENDS, STILL_HERE]).toContain(end);
          for (const event of heard) expect(down.safeParse(event).error).toBeUndefined();
          const meant = said.flatMap((frame) => meaningOf(up, frame));
          for (const nonce of written(heard)) expect(meant).toContain(nonce);
        }),
        bounded(runs),
      );
      const next = await world.enter(seat());
      await next.settled();
      next.leave();
    });

    test('what was not said in the words of the contract is stored nowhere', async () => {
      const here = channelTicket(someone('fuzz'), someId());
      const event = fromSchema(ChannelClientEvent, ids);
      const wrong = nearly(event)
        .map((value) => JSON.stringify(value))
        .filter((text) => meaningOf(ChannelClientEvent, text).length === 0);
      for (const texts of fc.sample(fc.array(wrong, { minLength: 5, maxLength: 8 }), 5)) {
        await say(await socket(here), texts);
      }
      const witness = await world.enter(here);
      expect(witness.all('ready')[0]).toMatchObject({ seq: 0, history: [] });
      witness.leave();
    });

    test('ten thousand frames at once end one socket, and hold up nobody else', async () => {
      const id = someId();
      const good = await world.enter(channelTicket(owner, id));
      const many = Array.from({ length: 10_000 }, (_, at) =>
        JSON.stringify({ type: 'message.send', nonce: `n${at}`, content: 'flood' }),
      );
      const { end } = await say(await socket(channelTicket(someone('flood'), id)), many);
      expect([CLOSE_CODES.flooding.code, 1006]).toContain(end);
      const nonce = good.write('still here');
      await good.next('message.created', (event) => event['nonce'] === nonce);
      expect(good.all('message.created').length).toBeLessThan(50);
      good.leave();
    });

    test('any handshake is let in, refused, or ended with a code', async () => {
      const good = await world.ticket(channelTicket(owner, channelId));
      const text = fc.oneof(
        oddText.map((each) => encodeURIComponent(each.toWellFormed()).slice(0, 6_000)),
        fc.constantFrom(
          good,
          good.slice(1),
          `${good}x`,
          '%',
          '%ff%fe',
          '0',
          '18446744073709551616',
        ),
      );
      const address = fc.record({
        path: fc.oneof(
          fc.constantFrom(`/parties/main/${channelId}`, `/parties/server/${serverId}`),
          text.map((each) => `/parties/main/${each}`),
          text.map((each) => `/parties/${each}/${channelId}`),
        ),
        query: fc.array(fc.tuple(fc.constantFrom('ticket', 'since', '_pk', 'x'), text), {
          maxLength: 4,
        }),
      });
      await fc.assert(
        fc.asyncProperty(address, async ({ path, query }) => {
          // PartyKit itself answers for parties that it does not know, and not always well.
          const refused = /^\/parties\/(main|server|user)\//.test(path)
            ? /server response: 4\d\d/
            : /server response: [45]\d\d/;
          const search = query.map((pair) => pair.join('=')).join('&');
          const ws = new WebSocket(`${rooms.url}${path}?${search}`, LINE);
          const outcome = await new Promise<number | 'in' | 'refused'>((resolve) => {
            ws.on('message', () => resolve('in'));
            ws.on('close', (code) => resolve(code));
            ws.on('error', (error) => {
              if (refused.test(error.message)) resolve('refused');
            });
          });
          ws.terminate();
          expect([...KNOWN_ENDS, 'in', 'refused']).toContain(outcome);
        }),
        bounded(runs),
      );
      (await world.enter(channelTicket(owner, channelId))).leave();
    });

    test('any publish is answered, event by event, or refused as a whole', async () => {
      const token = await createServiceTokens(TEST_SECRET).issue('api', 'rooms');
      const event = fc.oneof(
        ...[ChannelPublish, ServerPublish, UserPublish].map((schema) => fromSchema(schema, ids)),
      );
      const body = fc.oneof(
        fc
          .array(fc.oneof(event, nearly(event), odd), { maxLength: 6 })
          .map((events) => JSON.stringify({ events })),
        odd.map((value) => JSON.stringify({ events: value })),
        oddText,
        fc.nat({ max: 9_000 }).map((depth) => '['.repeat(depth)),
      );
      const request = fc.record({
        body,
        party: fc.constantFrom('main', 'server', 'user'),
        token: fc.oneof({ weight: 6, arbitrary: fc.constant(token) }, fc.constantFrom('', 'x')),
      });
      const url = rooms.url.replace('ws:', 'http:');
      await fc.assert(
        fc.asyncProperty(request, async ({ body: text, party, token: bearer }) => {
          const answer = await fetch(`${url}/parties/${party}/${someId()}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${bearer}` },
            body: text,
          });
          expect(bearer === token ? [200, 400] : [401]).toContain(answer.status);
          if (answer.status !== 200) return void (await answer.text());
          const { answers } = (await answer.json()) as { answers: unknown[] };
          expect(answers).toHaveLength((JSON.parse(text) as { events: unknown[] }).events.length);
          for (const each of answers) expect(PublishAnswer.safeParse(each).error).toBeUndefined();
        }),
        bounded(runs),
      );
      (await world.enter(channelTicket(owner, channelId))).leave();
    });
  });
}

/** The nonces of the messages that came to be. */
function written(heard: readonly unknown[]): (string | undefined)[] {
  const events = heard as { type: string; nonce?: string }[];
  return events.filter(({ type }) => type === 'message.created').map(({ nonce }) => nonce);
}

/** The nonces of what was meant, if the contract knows it. */
function meaningOf(schema: z.ZodType, frame: Frame): (string | undefined)[] {
  if (typeof frame !== 'string') return [];
  try {
    const parsed = schema.safeParse(JSON.parse(frame));
    if (!parsed.success) return [];
    return [(parsed.data as { nonce?: string }).nonce];
  } catch {
    return [];
  }
}

function pathOf(seat: Exclude<Ticket, { kind: 'voice' }>): string {
  switch (seat.kind) {
    case 'channel':
      return `/parties/main/${seat.channelId}`;
    case 'server':
      return `/parties/server/${seat.serverId}`;
    case 'user':
      return `/parties/user/${seat.user.id}`;
  }
}
