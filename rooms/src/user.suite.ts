import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserServerEvent } from '../contract/server-event.ts';
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
      expect(await back.next('read.mark')).toEqual(mark);
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

    test("another user's ticket opens nothing here", async () => {
      const ticket = await world.ticket(userTicket(someone('eve')));
      expect((await world.knock(userTicket(someone('ada')), ticket)).closedBy).toBe('bad_ticket');
    });
  });
}
