import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE_CODES } from '../contract/close-codes.ts';
import { MAX_FRAME_BYTES } from '../contract/limits.ts';
import { channelTicket, someId, someone, userTicket } from './testing/people.ts';
import { World, type Rooms } from './testing/world.ts';

/** Rules of hosts with real sockets: what reaches no room. */
export function socketsSuite(name: string, open: () => Promise<Rooms & { url: string }>): void {
  describe(`sockets of ${name}`, () => {
    let rooms: Rooms & { url: string };
    let world: World;
    beforeAll(async () => {
      rooms = await open();
      world = new World(rooms);
    });
    afterAll(() => rooms.close());

    /** A bare socket in a channel of its own. */
    async function socket(): Promise<WebSocket> {
      const here = channelTicket(someone('ada'), someId());
      const ticket = await world.ticket(here);
      const ws = new WebSocket(`${rooms.url}/parties/main/${here.channelId}?ticket=${ticket}`);
      await new Promise<void>((resolve, reject) => {
        ws.once('message', () => resolve());
        ws.once('error', reject);
      });
      return ws;
    }

    function ending(ws: WebSocket): Promise<number> {
      return new Promise((resolve) => {
        ws.once('close', resolve);
      });
    }

    test('a frame over the limit closes with its code', async () => {
      const ws = await socket();
      ws.send('x'.repeat(MAX_FRAME_BYTES + 1));
      expect(await ending(ws)).toBe(CLOSE_CODES.bad_frame.code);
    });

    test('the limit counts bytes, not letters', async () => {
      const ws = await socket();
      ws.send(JSON.stringify({ type: 'nothing', text: 'ä'.repeat(MAX_FRAME_BYTES / 2) }));
      expect(await ending(ws)).toBe(CLOSE_CODES.bad_frame.code);
    });

    test('a frame of just the limit is read', async () => {
      const ws = await socket();
      const frame = JSON.stringify({ type: 'nothing', text: '' });
      ws.send(
        JSON.stringify({ type: 'nothing', text: 'x'.repeat(MAX_FRAME_BYTES - frame.length) }),
      );
      const answer = await new Promise<string>((resolve) => {
        ws.once('message', (data: Buffer) => resolve(data.toString()));
      });
      expect(JSON.parse(answer)).toMatchObject({ type: 'rejected', code: 'invalid' });
      ws.close();
    });

    test('a binary frame closes with its code', async () => {
      const ws = await socket();
      ws.send(new Uint8Array([1, 2, 3]));
      expect(await ending(ws)).toBe(CLOSE_CODES.bad_frame.code);
    });

    test('what is said before ready is heard after it', async () => {
      const here = channelTicket(someone('ada'), someId());
      const ticket = await world.ticket(here);
      const ws = new WebSocket(`${rooms.url}/parties/main/${here.channelId}?ticket=${ticket}`);
      ws.on('open', () => ws.send('{"type":"nothing"}'));
      const heard: string[] = [];
      await new Promise<void>((resolve) => {
        ws.on('message', (data: Buffer) => {
          heard.push((JSON.parse(data.toString()) as { type: string }).type);
          if (heard.length === 2) resolve();
        });
      });
      expect(heard).toEqual(['ready', 'rejected']);
      ws.close();
    });

    test('too many frames close the one who sends them', async () => {
      const ws = await socket();
      // Not by pings: Cloudflare answers those before they reach a room.
      for (let at = 0; at < 200; at += 1) ws.send('{"type":"typing.start"}');
      expect(await ending(ws)).toBe(CLOSE_CODES.flooding.code);
    });

    test('a path that names no room is refused', async () => {
      for (const path of [
        '/parties/nothing/1',
        '/parties/main',
        '/parties/main/x',
        '/parties/main/007',
      ]) {
        const ws = new WebSocket(`${rooms.url}${path}`);
        const refused = await new Promise<string>((resolve) => {
          ws.once('error', (error) => resolve(error.message));
        });
        expect(refused).toMatch(/40\d/);
      }
    });

    test('a publish without a token of ours, or without events, is refused', async () => {
      const url = `${rooms.url.replace('ws:', 'http:')}/parties/main/${someId()}`;
      const body = JSON.stringify({ events: [] });
      expect((await fetch(url)).status).toBe(405);
      expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
      const headers = { authorization: `Bearer ${await world.ticket(userTicket(someone('ada')))}` };
      expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(401);
    });
  });
}
