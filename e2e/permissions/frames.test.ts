import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { createTicketKeys } from '@harmonium/api/ticket';
import type { Party } from '@harmonium/rooms/publish';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../../rooms/src/testing/client.ts';
import { settle } from '../../rooms/src/testing/fake-host.ts';
import {
  expectedFrame,
  FRAMES,
  type FrameCase,
  type FrameOutcome,
  type RoomName,
} from './frame-table.ts';
import { PEOPLE, type Account, type Who } from './people.ts';
import { asked } from './place.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());

type Case = FrameCase & { name: string };
const CASES: Case[] = Object.entries(FRAMES).flatMap(([party, frames]) =>
  Object.entries(frames).flatMap(([type, cases]) =>
    (cases as FrameCase[]).map((one) =>
      Object.assign({ name: `${party}: ${type}, ${one.as ?? `in ${one.room}`}` }, one),
    ),
  ),
);
const EVERYONE = Object.keys(PEOPLE) as Who[];

function roomOf(name: RoomName, who: Account): [Party, Snowflake] {
  const { textId, groupId, serverId } = world.home;
  if (name === 'text') return ['main', textId];
  if (name === 'group') return ['main', groupId];
  return name === 'server' ? ['server', serverId] : ['user', world.people[who].user.id];
}

/** The ticket that api gives for the room; undefined: none. */
async function ticketOf(name: RoomName, who: Account): Promise<string | undefined> {
  const { call } = world.people[who];
  const [, id] = roomOf(name, who);
  const issued =
    name === 'own'
      ? call('POST /api/users/@me/ticket')
      : name === 'server'
        ? call('POST /api/servers/:id/ticket', { params: { id } })
        : call('POST /api/channels/:id/ticket', { params: { id } });
  return issued.then(
    ({ ticket }) => ticket,
    () => undefined,
  );
}

async function knock([party, id]: [Party, Snowflake], ticket: string): Promise<Client> {
  const client = new Client();
  client.attach(await world.host.connect(party, id, ticket, undefined, client));
  await settle();
  return client;
}

async function say(one: Case, who: Who): Promise<FrameOutcome> {
  if (who === 'nobody' || who === 'service') return 'out';
  const ticket = await ticketOf(one.room, who);
  if (ticket === undefined) return 'out';
  const room = roomOf(one.room, who);
  const client = await knock(room, ticket);
  if (client.closedBy !== undefined) return 'out';
  const watcher = await watch(one.room, who);
  await world.settle();
  const [said, heard] = [client.heard.length, watcher.heard.length];
  client.send(one.says(asked(world, who)));
  // What signs or looks something up takes turns of its own.
  for (let turn = 0; turn < 10; turn += 1) {
    await world.settle();
    const answers = client.heard.slice(said);
    const rejected = answers.find(({ type }) => type === 'rejected');
    if (rejected !== undefined) return rejected['code'] as FrameOutcome;
    const told = [...answers, ...watcher.heard.slice(heard)];
    if (told.some(({ type }) => type === one.told)) return 'yes';
    await new Promise((resolve) => {
      setTimeout(resolve, 3);
    });
  }
  return 'nothing';
}

/** Somebody else in the room, and in a room of one's own another device. */
async function watch(room: RoomName, who: Account): Promise<Client> {
  const other = room === 'own' ? who : who === 'target' ? 'owner' : 'target';
  return knock(roomOf(room, other), (await ticketOf(room, other)) ?? '');
}

async function begin(needs: bigint, lacked: bigint): Promise<void> {
  await world.restore();
  await world.need(needs, lacked);
}

const bitsOf = (set: bigint) => Object.values(Permission).filter((bit) => (set & bit) !== 0n);

describe('who may say', () => {
  test.each(CASES)('$name', { timeout: 60_000 }, async (one) => {
    const outcomes: Record<string, FrameOutcome> = {};
    const needs = one.needs ?? 0n;
    const [first = 0n, ...more] = bitsOf(needs);
    await begin(needs, first);
    for (const who of EVERYONE) {
      const before = await world.fingerprint();
      const outcome = await say(one, who);
      outcomes[who] = outcome;
      const after = outcome === 'yes' ? before : await world.fingerprint();
      expect(after, `${who} changed something`).toBe(before);
      // Whoever was let in is still there.
      if (outcome !== 'out') await begin(needs, first);
    }
    expect(outcomes).toEqual(expectedFrame(one));
    for (const lacked of more) {
      await begin(needs, lacked);
      expect(await say(one, 'without')).toBe(expectedFrame(one).without);
    }
  });
});

test(
  'a ticket opens the one room it names, to whom it names, for as long as it says',
  { timeout: 60_000 },
  async () => {
    await world.restore();
    const { home, elsewhere, people, app } = world;
    const { tickets } = app.deps;
    const mine = (await ticketOf('text', 'member')) ?? '';
    const claims = await tickets.verify(mine);
    if (claims === undefined) throw new Error('The ticket is good.');
    const { issuedAt: _, ...ticket } = claims;
    const forged = createTicketKeys('another secret of another instance', app.deps.now);
    const [head, body, seal] = mine.split('.');
    const strong = Buffer.from(body ?? '', 'base64url').toString();
    const altered = Buffer.from(strong.replace(/"permissions":"\d+"/, '"permissions":"1"'));
    const voice = await people.admin.call('POST /api/channels/:id/voice', {
      params: { id: home.voiceId },
    });
    const wrong: Record<string, string> = {
      'no ticket': '',
      'no such thing': 'ticket',
      'of another instance': (await forged.issue(ticket, 60)).ticket,
      'with more permissions': [head, altered.toString('base64url'), seal].join('.'),
      'without a seal': [head, body, ''].join('.'),
      "to the server's room": (await ticketOf('server', 'member')) ?? '',
      "to one's own room": (await ticketOf('own', 'member')) ?? '',
      'to a conversation': (await ticketOf('group', 'member')) ?? '',
      'to a call': voice.ticket,
      'an access token': people.member.accessToken,
      'of a service': world.serviceToken,
    };
    expect((await knock(['main', home.textId], mine)).closedBy).toBeUndefined();
    for (const [what, text] of Object.entries(wrong)) {
      expect([what, (await knock(['main', home.textId], text)).closedBy]).toEqual([
        what,
        'bad_ticket',
      ]);
    }
    for (const id of [home.voiceId, elsewhere.textId, home.groupId]) {
      expect((await knock(['main', id], mine)).closedBy).toBe('bad_ticket');
    }
    const own = (await ticketOf('own', 'member')) ?? '';
    expect((await knock(['user', home.targetId], own)).closedBy).toBe('bad_ticket');
    await world.host.advance(61_000);
    app.clock.now = world.host.now;
    expect((await knock(['main', home.textId], mine)).closedBy).toBe('bad_ticket');
  },
);
