import type { Member } from '@harmonium/api/member';
import { expect, test } from 'vitest';
import { VOICE_EXPIRY_MS } from '../contract/voice-state.ts';
import { TICKET_RENEWAL_MS } from './lobby.ts';
import {
  onlyFor,
  serverTicket,
  someId,
  structureOf,
  textChannel,
  someone,
} from './testing/people.ts';
import { stillRooms } from './testing/still-rooms.ts';

/* What a server's room missed while it was away, or others were. */

const still = stillRooms();
const ada = someone('ada');
const bob = someone('bob');

/** A server of Ada's with a channel for staff; what api says of Bob, and what his ticket says. */
function staffed() {
  const staff = someId();
  const structure = structureOf(ada, (id) => [
    textChannel(id, 'general'),
    textChannel(id, 'staff', { overrides: onlyFor(id, staff) }),
  ]);
  const { id } = structure.server;
  still.rooms.api.structures.set(id, structure);
  const member: Member = {
    user: bob,
    serverId: id,
    nickname: null,
    roles: [staff],
    joinedAt: new Date(0).toISOString(),
    timeoutUntil: null,
  };
  still.rooms.api.servers.set(id, new Map([[bob.id, member]]));
  const take = () => still.rooms.api.servers.set(id, new Map([[bob.id, { ...member, roles: [] }]]));
  return { id, here: serverTicket(bob, id, [staff]), take };
}

test('roles that were changed while the room was away are seen soon after', async () => {
  const { id, here, take } = staffed();
  const first = await still.world.enter(here);
  const ticket = String(first.all('ready')[0]?.['ticket']);
  await still.rooms.host.advance(5_000);
  take();
  await still.rooms.restart();
  const back = await still.world.knock(here, ticket);
  await still.rooms.host.advance(2_000);
  expect(back.all('member.updated')).toMatchObject([{ member: { roles: [] } }]);
  expect(back.all('channel.removed')).toHaveLength(1);
  // And so the ticket in hand is worth no more.
  const again = await still.world.knock(here, ticket);
  expect(again.all('ready')[0]).toMatchObject({ you: { roles: [] } });
  // Who is no member at all is out.
  still.rooms.api.servers.set(id, new Map());
  await still.rooms.restart();
  const gone = await still.world.knock(here, ticket);
  await still.rooms.host.advance(2_000);
  expect(gone.closedBy).toBe('access_lost');
});

test('what api could not tell is asked for again, and what is published meanwhile is newer', async () => {
  const { id, here, take } = staffed();
  const client = await still.world.enter(here);
  take();
  still.rooms.api.down = true;
  await still.rooms.host.advance(TICKET_RENEWAL_MS + 5_000);
  expect(client.all('member.updated')).toEqual([]);
  still.rooms.api.down = false;
  await still.rooms.host.advance(20_000);
  expect(client.all('member.updated')).toMatchObject([{ member: { roles: [] } }]);
  // Published, and api's answer was on its way: the publish counts.
  const stale = still.rooms.api.servers.get(id)?.get(bob.id);
  if (stale === undefined) throw new Error('He is there.');
  const member = { ...stale, roles: here.roles };
  still.rooms.api.members = async () => {
    await still.rooms.publisher.publish('server', id, [
      { type: 'member', change: { type: 'member.updated', member } },
    ]);
    return [stale];
  };
  await still.rooms.host.advance(TICKET_RENEWAL_MS + 5_000);
  expect(client.all('member.updated').at(-1)).toMatchObject({ member: { roles: here.roles } });
});

test('a call that the sfu speaks of no more is over', async () => {
  const structure = structureOf(ada, (id) => [textChannel(id, 'Lounge', { type: 'voice' })]);
  const { id } = structure.server;
  still.rooms.api.structures.set(id, structure);
  const channelId = structure.channels[0]?.id ?? id;
  const client = await still.world.enter(serverTicket(ada, id));
  const since = new Date(0).toISOString();
  const state = { channelId, user: bob, muted: false, deafened: false, speaking: false, since };
  await still.rooms.publisher.publish('server', id, [{ type: 'voice.joined', state }]);
  await still.rooms.host.advance(VOICE_EXPIRY_MS - 1_000);
  await still.rooms.publisher.publish('server', id, [
    { type: 'voice.snapshot', channelId, states: [state] },
  ]);
  await still.rooms.host.advance(VOICE_EXPIRY_MS - 1_000);
  expect(client.all('voice.left')).toEqual([]);
  await still.rooms.restart();
  const back = await still.world.enter(serverTicket(ada, id));
  expect(back.all('ready')[0]).toMatchObject({ voice: [state] });
  await still.rooms.host.advance(VOICE_EXPIRY_MS + 1_000);
  expect(back.all('voice.left')).toMatchObject([{ channelId, userId: bob.id }]);
});
