import type { Member as MemberOf } from '@harmonium/api/member';
import { expect, test } from 'vitest';
import type { ServerPublish } from '../contract/publish.ts';
import type { Client } from './testing/client.ts';
import { channelTicket, serverTicket, someId, someone } from './testing/people.ts';
import { channelNames, type Servers } from './testing/servers.ts';

/** What a server consists of, and how one gets to know it. */
export function serverStructure(servers: Servers): void {
  test('a member hears the structure as they may see it, and who is there', async () => {
    const { here, people } = await servers.place();
    const insider = await servers.world.enter(here.insider);
    const plain = await servers.world.enter(here.plain);
    expect(channelNames(insider)).toEqual(['general', 'hidden']);
    expect(channelNames(plain)).toEqual(['general']);
    expect(channelNames(await servers.world.enter(here.owner))).toEqual(['general', 'hidden']);
    expect(plain.all('ready')[0]?.['presences']).toEqual([
      { userId: people.plain.id, status: 'online' },
      { userId: people.insider.id, status: 'online' },
    ]);
  });

  test('api is asked for the structure once, and its outage shuts nobody out after', async () => {
    const { id, here } = await servers.place();
    await servers.world.enter(here.plain);
    const { calls } = servers.world.rooms.api;
    await servers.world.enter(here.insider);
    expect(servers.world.rooms.api.calls).toBe(calls);
    await servers.world.rooms.restart();
    servers.world.rooms.api.down = true;
    expect(channelNames(await servers.world.enter(here.plain))).toEqual(['general']);
    const other = await servers.place();
    const early = await servers.world.knock(
      other.here.plain,
      await servers.world.ticket(other.here.plain),
    );
    expect(early.closedBy).toBe('unavailable');
    servers.world.rooms.api.down = false;
    expect(id).not.toBe(other.id);
    await servers.world.enter(other.here.plain);
  });

  test('a member is let into the channels they may see, without api', async () => {
    const { here, general, hidden } = await servers.place();
    const insider = await servers.world.enter(here.insider);
    const plain = await servers.world.enter(here.plain);
    servers.world.rooms.api.down = true;
    const ask = async (client: Client, channelId: string, answer: string) => {
      client.send({ type: 'ticket.request', nonce: channelId, channelId });
      return client.next(answer, ({ nonce }) => nonce === channelId);
    };
    for (const [client, channelId] of [
      [plain, general],
      [insider, hidden],
    ] as const) {
      const { ticket } = await ask(client, channelId, 'channel.ticket');
      const claims = channelTicket(someone('any'), channelId);
      const inside = await servers.world.knock(claims, String(ticket));
      inside.write('Through the door.');
      await inside.next('message.created');
    }
    expect((await ask(plain, hidden, 'rejected'))['code']).toBe('not_found');
    expect((await ask(plain, someId(), 'rejected'))['code']).toBe('not_found');
    servers.world.rooms.api.down = false;
  });

  test('in a timeout the ticket to a channel lets one read only', async () => {
    const { id, here, general, people } = await servers.place();
    const plain = await servers.world.enter(here.plain);
    const timeoutUntil = new Date(Date.now() + 60_000).toISOString();
    const member: MemberOf = {
      user: people.plain,
      serverId: id,
      nickname: null,
      roles: [],
      joinedAt: new Date(0).toISOString(),
      timeoutUntil,
    };
    await servers.tell(id, { type: 'member', change: { type: 'member.updated', member } });
    plain.send({ type: 'ticket.request', nonce: 'one', channelId: general });
    const { ticket } = await plain.next('channel.ticket');
    const inside = await servers.world.knock(channelTicket(people.plain, general), String(ticket));
    inside.write('Let me speak.');
    expect((await inside.next('rejected'))['code']).toBe('missing_permission');
  });

  test('a structural change tells each member what it means for them', async () => {
    const { id, structure, here, hidden, general } = await servers.place();
    const plain = await servers.world.enter(here.plain);
    const wide = structuredClone(structure);
    wide.rev = 2;
    wide.server.name = 'Another name';
    for (const channel of wide.channels) channel.overrides = [];
    const change = { type: 'server.updated', rev: 2, server: wide.server } as const;
    await servers.tell(id, { type: 'changed', structure: wide, change });
    expect(await plain.next('server.updated')).toMatchObject({ rev: 2, server: wide.server });
    expect(await plain.next('channel.created')).toMatchObject({
      rev: 2,
      channel: { id: hidden },
    });
    const less = { ...structure, rev: 3, channels: [] };
    await servers.tell(id, {
      type: 'changed',
      structure: less,
      change: { type: 'channel.removed', rev: 3, channelId: general },
    });
    await plain.next('channel.removed', (event) => event['channelId'] === general);
    await plain.settled();
    expect(plain.all('channel.removed')).toHaveLength(2);
  });

  test('a late publish never undoes a newer one', async () => {
    const { id, structure, here } = await servers.place();
    const plain = await servers.world.enter(here.plain);
    const named = (rev: number, text: string): ServerPublish => {
      const next = structuredClone({ ...structure, rev });
      next.server.name = text;
      const change = { type: 'server.updated', rev, server: next.server } as const;
      return { type: 'changed', structure: next, change };
    };
    await servers.tell(id, named(3, 'third'), named(2, 'second'), named(3, 'third again'));
    await plain.settled();
    expect(plain.all('server.updated')).toHaveLength(1);
    await servers.world.rooms.restart();
    const back = await servers.world.enter(here.plain);
    expect(back.all('ready')[0]).toMatchObject({
      rev: 3,
      structure: { server: { name: 'third' } },
    });
  });

  test('a deleted server tells everyone, closes and stays closed', async () => {
    const { id, here } = await servers.place();
    const plain = await servers.world.enter(here.plain);
    await servers.tell(id, { type: 'room.removed' });
    await plain.next('server.removed');
    expect(await plain.end()).toBe('room_removed');
    await servers.world.rooms.restart();
    const again = await servers.world.knock(here.plain, await servers.world.ticket(here.plain));
    expect(again.closedBy).toBe('room_removed');
  });

  test('a server that api does not know is no room', async () => {
    const nowhere = serverTicket(someone('lost'), someId());
    expect((await servers.world.knock(nowhere, await servers.world.ticket(nowhere))).closedBy).toBe(
      'room_removed',
    );
  });
}
