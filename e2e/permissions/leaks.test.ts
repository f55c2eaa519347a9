import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { Party } from '@harmonium/rooms/publish';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LoggedIn } from '../../api/src/testing/test-app.ts';
import { Client, type Heard } from '../../rooms/src/testing/client.ts';
import { settle } from '../../rooms/src/testing/fake-host.ts';
import { openWorld, type World } from './world.ts';

/* Somebody sees a private channel, and everything that can be seen of one, and then does not. */

const {
  VIEW_CHANNEL,
  VIEW_AUDIT_LOG,
  MANAGE_SERVER,
  MANAGE_MESSAGES,
  SEND_MESSAGES,
  ADD_REACTIONS,
  CONNECT,
} = Permission;
/** In everything that happens in the channel after it was lost. */
const SECRET = 'xyzzy';
const THUMB = encodeURIComponent('👍');
/** They take half a second each; a busy machine needs longer. */
const PATIENT = { timeout: 60_000 };

let world: World;
let insiders: Snowflake;
let back: Snowflake;
let booth: Snowflake;
let saidBefore: Snowflake;
/** Under what was said before. */
let thread: Snowflake;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());
beforeEach(async () => {
  await world.restore();
  // Whoever loses the channel keeps all that shows what happens in a server.
  await world.need(
    VIEW_CHANNEL | VIEW_AUDIT_LOG | MANAGE_SERVER | MANAGE_MESSAGES | SEND_MESSAGES | CONNECT,
    0n,
  );
  const { owner } = world.people;
  insiders = (
    await owner.call('POST /api/servers/:id/roles', {
      params: home(),
      body: { name: 'insiders' },
    })
  ).id;
  for (const who of ['lower', 'target'] as const) {
    await owner.call('PUT /api/servers/:id/members/:uid/roles/:rid', {
      params: { ...home(), uid: world.people[who].user.id, rid: insiders },
    });
  }
  [back, booth] = [await privateChannel('text'), await privateChannel('voice')];
  // Whoever writes on is let in by name, too.
  for (const id of [back, booth]) {
    await owner.call('PUT /api/channels/:id/overrides/:targetId', {
      params: { id, targetId: world.home.targetId },
      body: {
        kind: 'member',
        allow: String(VIEW_CHANNEL | SEND_MESSAGES | ADD_REACTIONS | CONNECT),
        deny: '0',
      },
    });
  }
  await world.settle();
});

const home = () => ({ id: world.home.serverId });
const hidden = () => [back, booth, thread];
const loser = () => world.people.lower;
const them = () => ({ ...home(), uid: loser().user.id });

async function privateChannel(type: 'text' | 'voice'): Promise<Snowflake> {
  const view = String(VIEW_CHANNEL | SEND_MESSAGES | ADD_REACTIONS | CONNECT);
  const { id } = await world.people.owner.call('POST /api/servers/:id/channels', {
    params: home(),
    body: {
      name: `back-${type}`,
      type,
      overrides: [
        { kind: 'role', targetId: world.home.serverId, allow: '0', deny: String(VIEW_CHANNEL) },
        { kind: 'role', targetId: insiders, allow: view, deny: '0' },
      ],
    },
  });
  return id;
}

const LOSSES: Record<string, { staysMember: boolean; lose: () => Promise<unknown> }> = {
  'their role is taken': {
    staysMember: true,
    lose: () =>
      world.people.owner.call('DELETE /api/servers/:id/members/:uid/roles/:rid', {
        params: { ...them(), rid: insiders },
      }),
  },
  'the role is deleted': {
    staysMember: true,
    lose: () =>
      world.people.owner.call('DELETE /api/servers/:id/roles/:rid', {
        params: { ...home(), rid: insiders },
      }),
  },
  'the channel is closed to them by name': {
    staysMember: true,
    lose: async () => {
      for (const id of [back, booth]) {
        await world.people.owner.call('PUT /api/channels/:id/overrides/:targetId', {
          params: { id, targetId: loser().user.id },
          body: { kind: 'member', allow: '0', deny: String(VIEW_CHANNEL) },
        });
      }
    },
  },
  'the channel is closed to their role': {
    staysMember: true,
    lose: async () => {
      for (const id of [back, booth]) {
        await world.people.owner.call('DELETE /api/channels/:id/overrides/:targetId', {
          params: { id, targetId: insiders },
        });
      }
    },
  },
  'they leave': {
    staysMember: false,
    lose: () => loser().call('DELETE /api/users/@me/servers/:id', { params: home() }),
  },
  'they are kicked': {
    staysMember: false,
    lose: () => world.people.owner.call('DELETE /api/servers/:id/members/:uid', { params: them() }),
  },
  'they are banned': {
    staysMember: false,
    lose: () =>
      world.people.owner.call('PUT /api/servers/:id/bans/:uid', { params: them(), body: {} }),
  },
};

async function knock(party: Party, id: string, ticket: string, since?: string): Promise<Client> {
  const client = new Client();
  client.attach(await world.host.connect(party, id, ticket, since, client));
  await settle();
  return client;
}

async function serverTicket(who: 'lower' | 'target'): Promise<string> {
  return (await world.people[who].call('POST /api/servers/:id/ticket', { params: home() })).ticket;
}

async function channelTicket(who: 'lower' | 'target' | 'owner', id: Snowflake): Promise<string> {
  const { call } = world.people[who];
  return (await call('POST /api/channels/:id/ticket', { params: { id } })).ticket;
}

/** Everything through which somebody hears of a channel, and could come back to it. */
async function everyDoor() {
  const { call } = loser();
  const api = await channelTicket('lower', back);
  const serverApi = await serverTicket('lower');
  const own = (await call('POST /api/users/@me/ticket')).ticket;
  const [channel, server, user] = [
    await knock('main', back, api),
    await knock('server', world.home.serverId, serverApi),
    await knock('user', loser().user.id, own),
  ];
  server.send({ type: 'ticket.request', nonce: 'n', channelId: back });
  const byRoom = String((await server.next('channel.ticket'))['ticket']);
  return {
    channel,
    server,
    user,
    sockets: [channel, server, user],
    channelTickets: { api, byRoom, resume: resumeOf(channel) },
    serverTickets: { api: serverApi, resume: resumeOf(server) },
    seq: String(channel.all('ready')[0]?.['seq']),
  };
}

const resumeOf = (client: Client) => String(client.all('ready')[0]?.['ticket']);

async function threadDoor() {
  const api = await channelTicket('lower', thread);
  const socket = await knock('main', thread, api);
  return { socket, tickets: { api, resume: resumeOf(socket) } };
}

async function startThread(mid: Snowflake, name: string): Promise<Snowflake> {
  const parts = { params: { id: back, mid }, body: { name } };
  const { call } = world.people.owner;
  return (await call('POST /api/channels/:id/messages/:mid/thread', parts)).id;
}

/** The life of the channel, in which every word and name is the secret one. */
async function goOn(writer: Client, inThread: Client): Promise<void> {
  const { owner, target } = world.people;
  inThread.send({ type: 'typing.start' });
  inThread.write(`${SECRET} aside, for <@${loser().user.id}>`);
  await inThread.next('message.created', isSecret);
  writer.send({ type: 'typing.start' });
  writer.write(`${SECRET} written`);
  const created = await writer.next('message.created', isSecret);
  const { id } = created['message'] as { id: Snowflake };
  writer.send({ type: 'message.edit', id: saidBefore, content: `${SECRET} edited` });
  writer.write(`${SECRET} for <@${loser().user.id}>`);
  await startThread(id, SECRET);
  for (const channelId of hidden()) {
    await owner.call('PATCH /api/channels/:id', {
      params: { id: channelId },
      body: { name: SECRET, topic: SECRET },
    });
  }
  await owner.call('PUT /api/channels/:id/overrides/:targetId', {
    params: { id: back, targetId: owner.user.id },
    body: { kind: 'member', allow: String(SEND_MESSAGES), deny: '0' },
  });
  await owner.call('PATCH /api/servers/:id/channels', {
    params: home(),
    body: [{ id: back, position: 0 }],
  });
  const call = await target.call('POST /api/channels/:id/voice', { params: { id: booth } });
  expect(call.ticket).not.toBe('');
  const state: VoiceState = {
    channelId: booth,
    user: { id: target.user.id, username: SECRET, avatar: null },
    muted: false,
    deafened: false,
    speaking: false,
    since: new Date(world.host.now).toISOString(),
  };
  await world.host.publisher.publish('server', world.home.serverId, [
    { type: 'voice.joined', state },
    { type: 'voice.updated', state: { ...state, muted: true } },
    { type: 'voice.snapshot', channelId: booth, states: [{ ...state, speaking: true }] },
  ]);
  writer.send({ type: 'reaction.add', id: saidBefore, emoji: '👍' });
  await writer.next('reaction.changed');
  await owner.call('PUT /api/channels/:id/pins/:mid', { params: { id: back, mid: saidBefore } });
  await owner.call('POST /api/channels/:id/messages/bulk-delete', {
    params: { id: back },
    body: { ids: [id] },
  });
  await world.settle();
  await world.settle();
}

const typeOf = ({ type }: Heard) => type;
const isSecret = (event: Heard) => JSON.stringify(event).includes(SECRET);

/** What may name a channel after it is lost: that it is gone, and where one had read to oneself. */
const PARTING = new Set(['channel.removed', 'voice.left', 'read.mark']);

function namesChannel(event: Heard): boolean {
  const text = JSON.stringify(event);
  return !PARTING.has(event.type) && hidden().some((id) => text.includes(id));
}

test.each(Object.keys(LOSSES))('nothing of a channel is told when %s', PATIENT, async (how) => {
  const { staysMember, lose } = LOSSES[how] ?? LOSSES['they leave'] ?? { staysMember: false };
  if (lose === undefined) throw new Error('no such loss');
  const writer = await knock('main', back, await channelTicket('target', back));
  writer.write('before');
  saidBefore = ((await writer.next('message.created'))['message'] as { id: Snowflake }).id;
  thread = await startThread(saidBefore, 'aside');
  const inThread = await knock('main', thread, await channelTicket('target', thread));
  const [doors, side] = [await everyDoor(), await threadDoor()];
  const sockets = [...doors.sockets, side.socket];
  const insider = await knock('server', world.home.serverId, await serverTicket('target'));
  doors.channel.write('by the one who loses it');
  const own = await doors.channel.next('message.created', ({ message }) =>
    JSON.stringify(message).includes('by the one'),
  );
  const ownId = (own['message'] as { id: Snowflake }).id;
  await world.settle();

  // Others go on writing while it happens.
  const busy = setInterval(() => writer.write('meanwhile'), 1);
  await lose();
  clearInterval(busy);
  await world.settle();
  const heardBy = sockets.map(({ heard }) => heard.length);
  await goOn(writer, inThread);

  // It was there to be heard.
  const told = new Set(
    insider.heard.filter((one) => isSecret(one) || namesChannel(one)).map(typeOf),
  );
  expect([...told].toSorted()).toEqual([
    'activity',
    'channel.created',
    'channel.updated',
    'ready',
    'voice.joined',
    'voice.updated',
  ]);

  const heard = sockets.flatMap((client, index) => client.heard.slice(heardBy[index]));
  expect(heard.filter(isSecret)).toEqual([]);
  expect(heard.filter(namesChannel)).toEqual([]);
  expect(doors.channel.closedBy).toBe('access_lost');
  expect(side.socket.closedBy).toBe('access_lost');
  expect(doors.server.closedBy).toBe(staysMember ? undefined : 'access_lost');
  expect(doors.user.closedBy).toBeUndefined();

  for (const [room, tickets] of [
    [back, doors.channelTickets],
    [thread, side.tickets],
  ] as const) {
    for (const [name, ticket] of Object.entries(tickets)) {
      for (const since of [undefined, doors.seq, '0']) {
        const again = await knock('main', room, ticket, since);
        await world.settle();
        expect([name, again.heard, typeof again.closedBy]).toEqual([name, [], 'string']);
      }
    }
  }
  for (const ticket of Object.values(doors.serverTickets)) {
    const again = await knock('server', world.home.serverId, ticket);
    await world.settle();
    expect(again.closedBy === undefined).toBe(staysMember);
    expect(again.heard.some(({ type }) => type === 'ready')).toBe(staysMember);
    for (const channelId of [back, thread]) {
      again.send({ type: 'ticket.request', nonce: 'n', channelId });
    }
    await world.settle();
    expect(again.all('channel.ticket')).toEqual([]);
    expect(again.heard.filter(isSecret)).toEqual([]);
    expect(again.heard.filter(namesChannel)).toEqual([]);
  }
  const own2 = (await loser().call('POST /api/users/@me/ticket')).ticket;
  const devices = await knock('user', loser().user.id, own2);
  await world.settle();
  expect(devices.heard.filter(isSecret)).toEqual([]);

  await nothingByRest(ownId);
  const log = await ask(world.people.owner, 'GET', `/api/servers/${world.home.serverId}/audit-log`);
  expect(log.text).toContain(SECRET);
});

test('nothing of a group is told to somebody who was taken out of it', PATIENT, async () => {
  const { groupId: id } = world.home;
  const { owner, member, target } = world.people;
  const ticketOf = async (who: LoggedIn) =>
    (await who.call('POST /api/channels/:id/ticket', { params: { id } })).ticket;
  const writer = await knock('main', id, await ticketOf(target));
  const api = await ticketOf(member);
  const there = await knock('main', id, api);
  const device = await knock(
    'user',
    member.user.id,
    (await member.call('POST /api/users/@me/ticket')).ticket,
  );
  await world.settle();
  await owner.call('DELETE /api/users/@me/channels/:id/participants/:uid', {
    params: { id, uid: member.user.id },
  });
  await world.settle();
  const [heardThere, heardByDevice] = [there.heard.length, device.heard.length];
  writer.write(`${SECRET} among those who stayed`);
  await writer.next('message.created', isSecret);
  await owner.call('PATCH /api/users/@me/channels/:id', { params: { id }, body: { name: SECRET } });
  await world.settle();
  await world.settle();
  expect(there.closedBy).toBe('access_lost');
  expect(there.heard.slice(heardThere)).toEqual([]);
  expect(device.heard.slice(heardByDevice)).toEqual([]);
  for (const ticket of [api, resumeOf(there)]) {
    const again = await knock('main', id, ticket, '0');
    await world.settle();
    expect([again.heard, again.closedBy]).toEqual([[], 'access_lost']);
  }
  for (const [method, path, body] of [
    ['GET', `/api/users/@me/channels/${id}`],
    ['GET', `/api/channels/${id}/messages`],
    ['GET', `/api/channels/${id}/messages?ids=${world.home.groupMessageId}`],
    ['GET', `/api/channels/${id}/messages/${world.home.groupMessageId}`],
    ['GET', `/api/channels/${id}/messages/${world.home.groupMessageId}/reactions/${THUMB}`],
    ['PUT', `/api/channels/${id}/messages/${world.home.groupMessageId}/reactions/${THUMB}/@me`],
    ['GET', `/api/channels/${id}/pins`],
    ['PUT', `/api/channels/${id}/pins/${world.home.groupMessageId}`],
    ['POST', `/api/channels/${id}/messages`, { content: 'x' }],
    ['POST', `/api/channels/${id}/attachments`, { ids: [id] }],
    ['POST', '/api/uploads', { channelId: id, name: 'x', size: 1 }],
    ['POST', `/api/channels/${id}/ticket`],
    ['POST', `/api/channels/${id}/voice`],
    ['PUT', `/api/users/@me/channels/${id}/participants/${member.user.id}`],
  ] as const) {
    expect([path, (await ask(member, method, path, body)).status]).toEqual([path, 404]);
  }
  const list = await ask(member, 'GET', '/api/users/@me/channels');
  expect(list.text).not.toContain(id);
});

test('whoever is timed out says nothing more by any ticket they have', PATIENT, async () => {
  const doors = await everyDoor();
  await world.people.owner.call('PATCH /api/servers/:id/members/:uid', {
    params: them(),
    body: { timeoutUntil: new Date(world.host.now + 600_000).toISOString() },
  });
  await world.settle();
  doors.server.send({ type: 'ticket.request', nonce: 'late', channelId: back });
  const late = await doors.server.next('channel.ticket', ({ nonce }) => nonce === 'late');
  const tickets = [...Object.values(doors.channelTickets), String(late['ticket'])];
  const clients = [doors.channel];
  for (const ticket of tickets) clients.push(await knock('main', back, ticket));
  for (const client of clients) {
    await world.settle();
    client.write('still here');
    expect((await client.next('rejected'))['code']).toBe('missing_permission');
  }
});

/** Each of these is answered without a word of the channel. */
async function nothingByRest(ownId: Snowflake): Promise<void> {
  const { id } = home();
  const asks: [string, string, unknown?][] = [
    ['GET', `/api/servers/${id}`],
    ['GET', `/api/servers/${id}/members?limit=1000`],
    ['GET', `/api/servers/${id}/members/${world.home.targetId}`],
    ['GET', `/api/servers/${id}/search`],
    ['GET', `/api/servers/${id}/search?query=before`],
    ['GET', `/api/servers/${id}/search?query=${SECRET}&sort=oldest`],
    ['GET', `/api/servers/${id}/roles`],
    ['GET', `/api/servers/${id}/invites`],
    ['GET', `/api/servers/${id}/bans`],
    ['GET', `/api/servers/${id}/audit-log?limit=100`],
    ['GET', `/api/servers/${id}/audit-log?targetId=${back}`],
    ['GET', `/api/servers/${id}/audit-log?action=channel.update`],
    ['GET', `/api/servers/${id}/audit-log?action=channel.reorder`],
    ['GET', `/api/servers/${id}/audit-log?action=message.bulk_delete`],
    ['GET', `/api/servers/${id}/audit-log?action=message.pin`],
    ['POST', `/api/servers/${id}/ticket`],
    ['GET', '/api/users/@me/servers'],
    ['GET', '/api/users/@me/channels'],
    ['GET', '/api/users/@me/relationships'],
    ['PATCH', `/api/servers/${id}/channels`, [{ id: back, position: 0 }]],
    ...hidden().flatMap((channel): [string, string, unknown?][] => [
      ['GET', `/api/channels/${channel}`],
      ['PATCH', `/api/channels/${channel}`, { topic: 'x' }],
      ['GET', `/api/channels/${channel}/messages`],
      ['GET', `/api/channels/${channel}/messages?around=${saidBefore}`],
      ['GET', `/api/channels/${channel}/messages?after=1`],
      ['GET', `/api/channels/${channel}/search`],
      ['GET', `/api/channels/${channel}/threads`],
      ['GET', `/api/channels/${channel}/threads?archived=true`],
      ['GET', `/api/channels/${channel}/threads?ids=${thread}`],
      ['POST', `/api/channels/${channel}/messages/${saidBefore}/thread`, {}],
      ['GET', `/api/channels/${channel}/messages?before=${saidBefore}`],
      ['GET', `/api/channels/${channel}/messages?ids=${saidBefore},${ownId}`],
      ['GET', `/api/channels/${channel}/messages/${saidBefore}`],
      ['GET', `/api/channels/${channel}/messages/${saidBefore}/reactions/${THUMB}`],
      ['PUT', `/api/channels/${channel}/messages/${saidBefore}/reactions/${THUMB}/@me`],
      ['DELETE', `/api/channels/${channel}/messages/${ownId}/reactions/${THUMB}/@me`],
      [
        'DELETE',
        `/api/channels/${channel}/messages/${saidBefore}/reactions/${THUMB}/${world.home.targetId}`,
      ],
      ['GET', `/api/channels/${channel}/pins`],
      ['PUT', `/api/channels/${channel}/pins/${saidBefore}`],
      ['DELETE', `/api/channels/${channel}/pins/${saidBefore}`],
      ['POST', `/api/channels/${channel}/messages`, { content: 'still here' }],
      ['PATCH', `/api/channels/${channel}/messages/${ownId}`, { content: 'x' }],
      ['DELETE', `/api/channels/${channel}/messages/${ownId}`],
      ['DELETE', `/api/channels/${channel}/messages/${saidBefore}`],
      ['POST', `/api/channels/${channel}/messages/bulk-delete`, { ids: [saidBefore] }],
      ['POST', `/api/channels/${channel}/attachments`, { ids: [saidBefore] }],
      ['POST', '/api/uploads', { channelId: channel, name: 'x', size: 1 }],
      ['POST', `/api/channels/${channel}/ticket`],
      ['POST', `/api/channels/${channel}/voice`],
    ]),
  ];
  for (const [method, path, body] of asks) {
    const { status, text } = await ask(loser(), method, path, body);
    const isAbout = /^\/api\/(channels\/|uploads)/.test(path) || method === 'PATCH';
    expect([path, isAbout && status < 400]).toEqual([path, false]);
    expect([path, text.includes(SECRET)]).toEqual([path, false]);
    expect([path, hidden().some((channel) => text.includes(channel))]).toEqual([path, false]);
  }
  // Its zip keeps texts as they are.
  const { text: kept } = await ask(loser(), 'GET', '/api/users/@me/export');
  expect(kept).toContain('by the one who loses it');
  expect(kept).not.toContain(SECRET);
}

async function ask(who: LoggedIn, method: string, path: string, body?: unknown) {
  const headers = {
    authorization: `Bearer ${who.accessToken}`,
    'content-type': 'application/json',
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await world.app.fetch(path, { method, headers, ...sent });
  return { status: response.status, text: await response.text() };
}
