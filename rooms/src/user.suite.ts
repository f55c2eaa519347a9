import type { Snowflake } from '@harmonium/api/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserServerEvent } from '../contract/server-event.ts';
import type { Heard } from './testing/client.ts';
import { someId, someone, structureOf, userTicket } from './testing/people.ts';
import { World, type Rooms } from './testing/world.ts';

/** Rules of a user room that hold on every host. */
export function userSuite(name: string, open: () => Promise<Rooms>): void {
  describe(`a user's room on ${name}`, () => {
    let world: World;
    beforeAll(async () => {
      world = new World(await open());
    });
    afterAll(() => world.rooms.close());

    async function devices() {
      const user = someone('ada');
      const laptop = userTicket(user, someId());
      const phone = userTicket(user, someId());
      const online = { laptop: await world.enter(laptop), phone: await world.enter(phone) };
      return { user, laptop, phone, online };
    }

    test('what is read on one device is read on the others, and stays so', async () => {
      const { laptop, online } = await devices();
      const mark = { type: 'read.mark', channelId: someId(), messageId: someId() };
      online.laptop.send(mark);
      expect(await online.phone.next('read.mark')).toEqual(mark);
      // Its own word comes back: between two that mark at once, the room's order decides.
      expect(await online.laptop.next('read.mark')).toEqual(mark);
      await world.rooms.restart();
      const back = await world.enter(laptop);
      expect(back.all('ready')[0]).toMatchObject({
        marks: [{ channelId: mark.channelId, messageId: mark.messageId }],
      });
    });

    test('what one wants to be told of is told to every device, and to those that come later', async () => {
      const { user, laptop, online } = await devices();
      const choose = (level: 'all' | null) => {
        const settings = [{ targetId: user.id, level, mutedUntil: null }];
        return world.rooms.publisher.publish('user', user.id, [
          { type: 'notifications.changed', settings },
        ]);
      };
      await choose('all');
      const chosen = [{ targetId: user.id, level: 'all', mutedUntil: null }];
      for (const client of Object.values(online)) {
        expect(await client.next('notifications.changed')).toMatchObject({ settings: chosen });
      }
      await world.rooms.restart();
      const back = await world.enter(laptop);
      expect(back.all('ready')[0]?.['notifications']).toEqual(chosen);
      await choose(null);
      expect((await world.enter(laptop)).all('ready')[0]?.['notifications']).toEqual([]);
    });

    test('a room without storage begins with what api has stored', async () => {
      const user = someone('ada');
      const marks = [{ channelId: someId(), messageId: someId() }];
      const targetId = someId();
      const notifications = [{ targetId, level: 'nothing' as const, mutedUntil: null }];
      world.rooms.api.readings.set(user.id, { marks, notifications });
      const client = await world.enter(userTicket(user));
      expect(client.all('ready')[0]).toMatchObject({ marks, notifications });
      world.rooms.api.readings.delete(user.id);
      await world.rooms.restart();
      const back = await world.enter(userTicket(user));
      expect(back.all('ready')[0]).toMatchObject({ marks, notifications });
    });

    test('joining and leaving a server is told to every device', async () => {
      const { user, online } = await devices();
      const { server } = structureOf(user, () => []);
      await world.rooms.publisher.publish('user', user.id, [
        { type: 'server.joined', server },
        { type: 'server.left', serverId: server.id },
      ]);
      for (const client of Object.values(online)) {
        expect(await client.next('server.joined')).toMatchObject({ server });
        expect(await client.next('server.left')).toMatchObject({ serverId: server.id });
      }
    });

    test('ending a session closes its sockets, and tells the others', async () => {
      const { user, phone, online } = await devices();
      const ticket = String(online.phone.all('ready')[0]?.['ticket']);
      const { sessionId } = phone;
      await world.rooms.publisher.publish('user', user.id, [
        { type: 'revoke', userId: user.id, sessionId, reason: 'session_revoked' },
      ]);
      expect(await online.phone.end()).toBe('session_revoked');
      expect(await online.laptop.next('session.revoked')).toMatchObject({ sessionId });
      expect((await world.knock(phone, ticket)).closedBy).toBe('bad_ticket');
      for (const event of await online.laptop.settled()) {
        expect(UserServerEvent.safeParse(event).error).toBeUndefined();
      }
    });

    test('somebody who was away hears of what was written to them, until they read it', async () => {
      const { user, laptop, online } = await devices();
      const other = someone('emil');
      const [channelId, first, last] = [someId(), someId(), someId()];
      const wrote = (messageId: Snowflake, authorId: Snowflake) =>
        world.rooms.publisher.publish('user', user.id, [
          { type: 'direct.activity', channelId, messageId, authorId },
        ]);
      await wrote(first, other.id);
      await online.laptop.next('direct.activity');
      await world.rooms.restart();
      const back = await world.enter(laptop);
      expect(await back.next('direct.activity')).toMatchObject({ channelId, messageId: first });
      // Whoever writes has read what is above it.
      await wrote(last, user.id);
      expect(await back.next('read.mark')).toMatchObject({ channelId, messageId: last });
      await world.rooms.restart();
      const again = await world.enter(laptop);
      await again.settled();
      expect(again.all('direct.activity')).toEqual([]);
    });

    async function friends() {
      const [ada, emil] = [someone('ada'), someone('emil')];
      world.rooms.api.friendsOf.set(ada.id, [emil.id]);
      world.rooms.api.friendsOf.set(emil.id, [ada.id]);
      return { ada, emil };
    }
    const showing = (userId: string, status: string) => (event: Heard) =>
      JSON.stringify(event['presences']).includes(`{"userId":"${userId}","status":"${status}"`);

    test('friends see each other come, change and go', async () => {
      const { ada, emil } = await friends();
      const adas = await world.enter(userTicket(ada));
      const emils = await world.enter(userTicket(emil));
      await adas.next('presence.changed', showing(emil.id, 'online'));
      await emils.next('presence.changed', showing(ada.id, 'online'));
      emils.send({ type: 'presence.set', status: 'dnd', text: 'Practising' });
      const told = await adas.next('presence.changed', showing(emil.id, 'dnd'));
      expect(JSON.stringify(told)).toContain('Practising');
      // Another device of the same person hears it with its first word.
      const phone = await world.enter(userTicket(ada));
      await phone.next('presence.changed', showing(emil.id, 'dnd'));
      emils.send({ type: 'presence.set', status: 'invisible' });
      await adas.next('presence.changed', showing(emil.id, 'offline'));
      const late = await world.enter(userTicket(ada));
      await late.settled();
      expect(late.all('presence.changed')).toEqual([]);
    });

    test('one who is no friend any more, or claims to be one, is told nothing', async () => {
      const { ada, emil } = await friends();
      const eve = someone('eve');
      const adas = await world.enter(userTicket(ada));
      const emils = await world.enter(userTicket(emil));
      await adas.next('presence.changed', showing(emil.id, 'online'));
      const claim = (userId: Snowflake) =>
        world.rooms.publisher.publish('user', ada.id, [
          { type: 'friend.presence', presence: { userId, status: 'online' } },
        ]);
      expect(await claim(eve.id)).toEqual([{ ok: true }]);
      expect(await claim(emil.id)).toMatchObject([{ ok: true, presence: { status: 'online' } }]);
      await world.rooms.publisher.publish('user', ada.id, [
        { type: 'relationship.removed', userId: emil.id },
      ]);
      expect(await claim(emil.id)).toEqual([{ ok: true }]);
      const before = adas.all('presence.changed').length;
      emils.send({ type: 'presence.set', status: 'dnd' });
      await emils.settled();
      await adas.settled();
      expect(adas.all('presence.changed')).toHaveLength(before);
    });

    test('new friends see each other without coming in again', async () => {
      const [ada, emil] = [someone('ada'), someone('emil')];
      const adas = await world.enter(userTicket(ada));
      const emils = await world.enter(userTicket(emil));
      const since = new Date().toISOString();
      for (const [to, user] of [
        [ada, emil],
        [emil, ada],
      ] as const) {
        const relationship = { user, kind: 'friend' as const, since };
        await world.rooms.publisher.publish('user', to.id, [
          { type: 'relationship.changed', relationship },
        ]);
      }
      await adas.next('presence.changed', showing(emil.id, 'online'));
      await emils.next('presence.changed', showing(ada.id, 'online'));
    });

    test("another user's ticket opens nothing here", async () => {
      const ticket = await world.ticket(userTicket(someone('eve')));
      expect((await world.knock(userTicket(someone('ada')), ticket)).closedBy).toBe('bad_ticket');
    });
  });
}
