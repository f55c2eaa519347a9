import type { Snowflake } from '@harmonium/api/ids';
import { describe, expect, test } from 'vitest';
import type { Presence } from '../contract/presence.ts';
import type { Client, Heard } from './testing/client.ts';
import { channelTicket, serverTicket, someone } from './testing/people.ts';
import { activity, type Servers } from './testing/servers.ts';

/** Who is there, and where somebody writes. */
export function serverCrowd(servers: Servers): void {
  // Each has a server of its own, and waits for what takes its seconds.
  describe.concurrent('a crowd in it', () => {
    test('one who left is offline after a moment, and a reload does not show', async () => {
      const { here, people } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const insider = await servers.world.enter(here.insider);
      const userId = people.insider.id;
      await heardOf(plain, userId, 'online');
      insider.leave();
      const back = await servers.world.enter(here.insider);
      await plain.settled();
      expect(allOf(plain, userId)).toHaveLength(1);
      back.leave();
      await heardOf(plain, userId, 'offline');
    }, 20_000);

    test('presence: devices add up, invisible is offline, a choice outlives the connection', async () => {
      const { here, people } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const laptop = await servers.world.enter(here.insider);
      const userId = people.insider.id;
      await heardOf(plain, userId, 'online');
      const phone = await servers.world.enter(here.insider);
      phone.send({ type: 'presence.set', status: 'idle' });
      laptop.send({ type: 'presence.set', status: 'idle' });
      await heardOf(plain, userId, 'idle');
      phone.send({ type: 'presence.set', status: 'dnd', text: 'busy' });
      await heardOf(plain, userId, 'dnd');
      expect(allOf(plain, userId).at(-1)).toEqual({ userId, status: 'dnd', text: 'busy' });
      laptop.send({ type: 'presence.set', status: 'invisible' });
      await heardOf(plain, userId, 'offline');
      laptop.leave();
      phone.leave();
      await servers.world.enter(here.insider);
      const late = await servers.world.enter(here.owner);
      expect(JSON.stringify(late.all('ready')[0]?.['presences'])).not.toContain(userId);
      await plain.settled();
      expect(allOf(plain, userId).at(-1)?.status).toBe('offline');
    });

    test('a crowd that comes and goes is a frame a second, and everyone is right in the end', async () => {
      const { id, here } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const crowd = Array.from({ length: 30 }, () => someone('crowd'));
      const began = performance.now();
      const clients = await Promise.all(
        crowd.map((user) => servers.world.enter(serverTicket(user, id))),
      );
      for (const client of clients) client.send({ type: 'presence.set', status: 'dnd' });
      const last = crowd.at(-1)?.id ?? id;
      await expect.poll(() => allOf(plain, last).at(-1)?.status, { timeout: 5_000 }).toBe('dnd');
      await plain.settled();
      const seconds = (performance.now() - began) / 1000;
      expect(plain.all('presence.changed').length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
      for (const { id: userId } of crowd) expect(allOf(plain, userId).at(-1)?.status).toBe('dnd');
      const late = await servers.world.enter(here.owner);
      expect(late.all('ready')[0]).toMatchObject({ online: 32 });
    });

    test('a member hears how many are online, and how they stand themselves', async () => {
      const { here, staff } = await servers.place();
      await servers.world.enter(here.plain);
      const insider = await servers.world.enter(here.insider);
      expect(insider.all('ready')[0]).toMatchObject({
        online: 2,
        you: { roles: [staff], timeoutUntil: null },
      });
    });

    test('who is online can be asked for by name', async () => {
      const { here, people } = await servers.place();
      await servers.world.enter(here.insider);
      const plain = await servers.world.enter(here.plain);
      const before = plain.all('presence.changed').length;
      plain.send({ type: 'presence.request', userIds: [people.insider.id, people.owner.id] });
      await plain.settled();
      const [answer] = plain.all('presence.changed').slice(before);
      expect(answer?.['presences']).toEqual([{ userId: people.insider.id, status: 'online' }]);
    });

    test('somebody writing in a channel is activity on its server', async () => {
      const { id, here, general } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const writer = await servers.world.enter(
        channelTicket(someone('writer'), general, { serverId: id }),
      );
      writer.write('hello');
      const created = await writer.next('message.created');
      expect(await plain.next('activity')).toMatchObject({
        channelId: general,
        messageId: (created['message'] as { id: string }).id,
      });
    });

    test('who is named in a message is mentioned, others are not', async () => {
      const { id, here, general, people } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const insider = await servers.world.enter(here.insider);
      await servers.tell(id, activity(general, [people.plain.id]));
      expect(await plain.next('mention')).toMatchObject({ channelId: general });
      await insider.next('activity');
      expect(insider.all('mention')).toEqual([]);
    });
  });
}

function presencesIn(event: Heard): Presence[] {
  return event['presences'] as Presence[];
}

/** Until this member has heard that. */
function heardOf(client: Client, userId: Snowflake, status: Presence['status']) {
  return client.next('presence.changed', (event) =>
    presencesIn(event).some((one) => one.userId === userId && one.status === status),
  );
}

/** Everything that this member heard of that user. */
function allOf(client: Client, userId: Snowflake): Presence[] {
  return client
    .all('presence.changed')
    .flatMap(presencesIn)
    .filter((one) => one.userId === userId);
}
