import type { Client } from '@harmonium/api/client';
import { Snowflake } from '@harmonium/api/ids';
import type { Server } from '@harmonium/api/server';
import { afterEach, expect, test } from 'vitest';
import { createJoinedServers } from './joined-servers.ts';
import { mirela } from './testing/messages.ts';

const guild: Server = named('50', 'Guild');
const club: Server = named('51', 'Club');

function named(id: string, name: string): Server {
  return { id: Snowflake.parse(id), name, icon: null, theme: null, ownerId: mirela.id };
}

let close = (): void => {};
afterEach(() => close());

function open() {
  const api = { servers: [guild, club], isAway: false, asked: [] as string[] };
  const call = async (route: string) => {
    api.asked.push(route);
    if (api.isAway) throw new Error('away');
    if (route === 'GET /api/users/@me/servers') return api.servers;
    if (route === 'POST /api/channels/:id/ticket') return { ticket: 'from api' };
    throw new Error(`${route} is not answered.`);
  };
  const servers = createJoinedServers({
    call: call as Client, // Answers what is asked here.
    clock: { now: () => 0, random: () => 0, everyBeat: () => () => {} },
    presence: () => ({ status: 'online' }),
    onEvent: () => {},
    spread: () => 0,
  });
  ({ close } = servers);
  return { api, servers, names: () => servers.list()?.map(({ name }) => name) };
}

test('a list that cannot be had is said to have failed, until it is had', async () => {
  const { api, servers, names } = open();
  api.isAway = true;
  await servers.load();
  expect([servers.failed(), names()]).toEqual([true, undefined]);
  api.isAway = false;
  await servers.load();
  expect([servers.failed(), names()]).toEqual([false, ['Guild', 'Club']]);
  api.isAway = true;
  await servers.load();
  expect([servers.failed(), names()]).toEqual([false, ['Guild', 'Club']]);
});

test('a server that was left elsewhere is gone with the next list, one joined here is there at once', async () => {
  const { api, servers, names } = open();
  await servers.load();
  api.servers = [club];
  await servers.load();
  expect(names()).toEqual(['Club']);
  expect(servers.opened(guild.id).status()).toBe('gone');
  servers.add(guild);
  expect(names()).toEqual(['Club', 'Guild']);
  expect(servers.opened(guild.id).status()).toBe('loading');
  servers.forget(club.id);
  expect(names()).toEqual(['Guild']);
});

test('where no server can let somebody in to a channel, api is asked', async () => {
  const { api, servers } = open();
  await servers.load();
  expect(await servers.letIn('60')).toMatchObject({ ticket: 'from api' });
  expect(api.asked.at(-1)).toBe('POST /api/channels/:id/ticket');
});
