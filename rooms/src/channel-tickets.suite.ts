import { Permission } from '@harmonium/api/permissions';
import { createTicketKeys } from '@harmonium/api/ticket';
import { expect, test } from 'vitest';
import { say, type Conversations } from './testing/conversations.ts';
import { channelTicket, someId } from './testing/people.ts';

/** Who comes in, for how long, and with which rights. */
export function channelTickets(talks: Conversations): void {
  const { ada, bob } = talks;

  test('a ticket for another room, of another kind, altered or expired is refused', async () => {
    const id = someId();
    const here = channelTicket(ada, id);
    const good = await talks.world.ticket(here);
    const [head, body, signature = ''] = good.split('.');
    const forged = createTicketKeys('some other secret').issue(here, 60);
    const expired = createTicketKeys('the secret of the tests', () => Date.now() - 120_000);
    for (const ticket of [
      await talks.world.ticket(channelTicket(ada, someId())),
      await talks.world.ticket({ kind: 'user', user: ada, sessionId: ada.id }),
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      (await forged).ticket,
      (await expired.issue(here, 60)).ticket,
      `${head}.${body}.`,
      '',
      'x'.repeat(3000),
    ]) {
      const client = await talks.world.knock(here, ticket);
      expect([ticket, client.closedBy]).toEqual([ticket, 'bad_ticket']);
    }
    expect((await talks.world.knock(here, good)).closedBy).toBeUndefined();
  });

  test('without VIEW_CHANNEL nobody comes in', async () => {
    const here = channelTicket(ada, someId(), { permissions: '32' });
    expect((await talks.world.knock(here, await talks.world.ticket(here))).closedBy).toBe(
      'access_lost',
    );
  });

  test('the ticket in ready brings a client back without api', async () => {
    const talk = await talks.begin();
    const ticket = String(talk.ada.all('ready')[0]?.['ticket']);
    talk.ada.leave();
    const back = await talks.world.knock(talk.here.ada, ticket, 0);
    expect(back.all('resumed')).toHaveLength(1);
    const next = String(back.all('resumed')[0]?.['ticket']);
    expect((await talks.world.knock(talk.here.ada, next, 0)).all('resumed')).toHaveLength(1);
  });

  test('a revoke closes sockets now and voids the tickets, also after a restart', async () => {
    const talk = await talks.begin();
    const ticket = String(talk.bob.all('ready')[0]?.['ticket']);
    const answers = await talks.world.rooms.publisher.publish('main', talk.id, [
      { type: 'revoke', userId: bob.id, reason: 'access_lost' },
    ]);
    expect(answers).toEqual([{ ok: true }]);
    expect(await talk.bob.end()).toBe('access_lost');
    expect((await talks.world.knock(talk.here.bob, ticket)).closedBy).toBe('bad_ticket');
    await talk.ada.settled();
    await talks.world.rooms.restart();
    expect((await talks.world.knock(talk.here.bob, ticket)).closedBy).toBe('bad_ticket');
  });

  test('a revoke of one session leaves the others', async () => {
    const id = someId();
    const laptop = channelTicket(ada, id, { sessionId: someId() });
    const phone = channelTicket(ada, id, { sessionId: someId() });
    const onLaptop = await talks.world.enter(laptop);
    const onPhone = await talks.world.enter(phone);
    await talks.world.rooms.publisher.publish('main', id, [
      { type: 'revoke', userId: ada.id, sessionId: laptop.sessionId, reason: 'session_revoked' },
    ]);
    expect(await onLaptop.end()).toBe('session_revoked');
    await onPhone.settled();
  });

  test('a change of permissions holds at once, and against older tickets', async () => {
    const talk = await talks.begin();
    const ticket = String(talk.bob.all('ready')[0]?.['ticket']);
    const permissions = String(Permission.VIEW_CHANNEL);
    await talks.world.rooms.publisher.publish('main', talk.id, [
      { type: 'permissions.changed', userId: bob.id, permissions },
    ]);
    expect(await talk.bob.next('permissions.changed')).toMatchObject({ permissions });
    talk.bob.write('hello?');
    expect(await talk.bob.next('rejected')).toMatchObject({ code: 'missing_permission' });
    const back = await talks.world.knock(talk.here.bob, ticket);
    expect(back.all('ready')[0]).toMatchObject({ you: { permissions } });
    await talks.world.rooms.publisher.publish('main', talk.id, [
      { type: 'permissions.changed', userId: bob.id, permissions: '0' },
    ]);
    expect(await back.end()).toBe('access_lost');
    expect((await talks.world.knock(talk.here.bob, ticket)).closedBy).toBe('access_lost');
  });

  test('a deleted channel closes, stays closed, and keeps no words', async () => {
    const talk = await talks.begin();
    await say(talk.ada, 'farewell');
    await talks.world.rooms.publisher.publish('main', talk.id, [{ type: 'room.removed' }]);
    expect(await talk.ada.end()).toBe('room_removed');
    const again = await talks.world.knock(talk.here.ada, await talks.world.ticket(talk.here.ada));
    expect(again.closedBy).toBe('room_removed');
  });

  test('a user holds no more than 20 sockets in a room', async () => {
    const here = channelTicket(ada, someId());
    const clients = [];
    for (let at = 0; at < 20; at += 1) clients.push(await talks.world.enter(here));
    const one = await talks.world.knock(here, await talks.world.ticket(here));
    expect(one.closedBy).toBe('too_many_connections');
    for (const client of clients) client.leave();
  });
}
