import type { Snowflake } from '@harmonium/api/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Naming, ServerPublish } from '../contract/publish.ts';
import {
  onlyFor,
  serverTicket,
  someId,
  someone,
  structureOf,
  textChannel,
} from './testing/people.ts';
import { World, type Rooms } from './testing/world.ts';

/** What a server's room knows of what is not read, on every host. */
export function serverUnreadSuite(name: string, open: () => Promise<Rooms>): void {
  describe(`what is unread in a server on ${name}`, () => {
    let world: World;
    beforeAll(async () => {
      world = new World(await open());
    });
    afterAll(() => world.rooms.close());

    async function place() {
      const [staff, fans] = [someId(), someId()];
      const structure = structureOf(someone('owner'), (id) => [
        textChannel(id, 'general'),
        textChannel(id, 'hidden', { overrides: onlyFor(id, staff) }),
      ]);
      const { id } = structure.server;
      const [everyone] = structure.roles;
      const [general, hidden] = structure.channels.map((channel) => channel.id);
      if (everyone === undefined || general === undefined || hidden === undefined) {
        throw new Error('They were made.');
      }
      const role = { ...everyone, permissions: '0', position: 1 };
      structure.roles.push({ ...role, id: staff }, { ...role, id: fans, mentionable: true });
      world.rooms.api.structures.set(id, structure);
      const [plain, insider, fan] = [someone('plain'), someone('insider'), someone('fan')];
      const here = {
        plain: serverTicket(plain, id),
        insider: serverTicket(insider, id, [staff]),
        fan: serverTicket(fan, id, [fans]),
      };
      return { id, structure, staff, fans, general, hidden, here, plain, insider, fan };
    }

    const tell = (id: string, ...events: ServerPublish[]) =>
      world.rooms.publisher.publish('server', id, events);

    function said(channelId: Snowflake, whom?: Partial<Naming>) {
      const [messageId, authorId] = [someId(), someId()];
      const nobody = { messageId, authorId, users: [], roles: [], anyRole: false };
      const namings = whom === undefined ? [] : [{ ...nobody, ...whom }];
      return { type: 'activity' as const, channelId, messageId, authorId, namings };
    }

    /** What a member is told when they come. */
    async function welcome(claims: ReturnType<typeof serverTicket>) {
      const client = await world.enter(claims);
      const [ready] = client.all('ready');
      const mentions = ready?.['mentions'] as { messageId: string }[];
      client.leave();
      return { latest: ready?.['latest'], mentions: mentions.map(({ messageId }) => messageId) };
    }

    test('who was away is told the youngest of each channel they may see, and what names them', async () => {
      const { id, here, general, hidden, plain, insider } = await place();
      await welcome(here.plain);
      const [first, last] = [said(general), said(general, { users: [plain.id, insider.id] })];
      const secret = said(hidden, { users: [plain.id, insider.id] });
      await tell(id, first, last, secret, first);
      const ofGeneral = { channelId: general, messageId: last.messageId };
      const ofHidden = { channelId: hidden, messageId: secret.messageId };
      for (let round = 0; round < 2; round += 1) {
        expect(await welcome(here.plain)).toEqual({
          latest: [ofGeneral],
          mentions: [last.messageId],
        });
        expect(await welcome(here.insider)).toEqual({
          latest: [ofGeneral, ofHidden],
          mentions: [last.messageId, secret.messageId],
        });
        expect((await welcome(here.fan)).mentions).toEqual([]);
        await world.rooms.restart();
      }
    });

    test('what was removed names nobody any more, live and at the next coming', async () => {
      const { id, here, general, hidden, plain, insider } = await place();
      const users = [plain.id, insider.id];
      const [one, two, secret] = [
        said(general, { users }),
        said(general, { users }),
        said(hidden, { users }),
      ];
      await tell(id, one, two, secret);
      const [named, other, fan] = [
        await world.enter(here.plain),
        await world.enter(here.insider),
        await world.enter(here.fan),
      ];
      await tell(
        id,
        { type: 'unnamed', channelId: general, messageIds: [one.messageId, someId()] },
        { type: 'unnamed', channelId: hidden, messageIds: [secret.messageId] },
      );
      const gone = ({ channelId, messageId }: typeof one) => ({
        type: 'mention.removed',
        channelId,
        messageId,
      });
      await other.next('mention.removed', ({ channelId }) => channelId === hidden);
      for (const client of [named, fan]) await client.settled();
      expect(named.all('mention.removed')).toEqual([gone(one)]);
      expect(other.all('mention.removed')).toEqual([gone(one), gone(secret)]);
      expect(fan.all('mention.removed')).toEqual([]);
      for (const client of [named, other, fan]) client.leave();
      for (let round = 0; round < 2; round += 1) {
        expect((await welcome(here.insider)).mentions).toEqual([two.messageId]);
        await world.rooms.restart();
      }
    });

    test('a role names those who hold it, if it may be named by anyone, or by this author', async () => {
      const { id, here, general, staff, fans } = await place();
      const fan = await world.enter(here.fan);
      const insider = await world.enter(here.insider);
      const anyones = said(general, { roles: [fans] });
      const closed = said(general, { roles: [staff] });
      const allowed = said(general, { roles: [staff], anyRole: true });
      await tell(id, anyones, closed, allowed);
      expect(await fan.next('mention')).toMatchObject({ messageId: anyones.messageId });
      expect(await insider.next('mention')).toMatchObject({ messageId: allowed.messageId });
      await fan.settled();
      await insider.settled();
      expect([fan.all('mention').length, insider.all('mention').length]).toEqual([1, 1]);
      expect((await welcome(here.insider)).mentions).toEqual([allowed.messageId]);
    });

    test('everyone is all but the author, and here are those who were there', async () => {
      const { id, here, general, plain } = await place();
      const there = await world.enter(here.plain);
      const all = said(general, { crowd: 'everyone' });
      const now = said(general, { crowd: 'here' });
      const own = said(general, { crowd: 'everyone', authorId: plain.id });
      await tell(id, all, now, own);
      await there.next('mention', ({ messageId }) => messageId === now.messageId);
      await there.settled();
      expect(there.all('mention')).toHaveLength(2);
      expect((await welcome(here.plain)).mentions).toEqual([all.messageId, now.messageId]);
      expect((await welcome(here.fan)).mentions).toEqual([all.messageId, own.messageId]);
    });

    test('what is known of a channel goes with it', async () => {
      const { id, here, structure, general, plain } = await place();
      await welcome(here.plain);
      await tell(id, said(general, { users: [plain.id] }));
      const kept = structure.channels.find((channel) => channel.id !== general);
      const next = { ...structure, channels: kept === undefined ? [] : [kept], rev: 7 };
      const change = { type: 'channel.removed' as const, rev: 7, channelId: general };
      await tell(id, { type: 'changed', structure: next, change });
      await tell(id, { type: 'changed', structure: { ...structure, rev: 8 }, change });
      // Back under the same id, it has nothing of before.
      expect(await welcome(here.plain)).toEqual({ latest: [], mentions: [] });
    });

    test('a room without storage asks api once what is the youngest, and can do without', async () => {
      const { id, here, general } = await place();
      const latest = [{ channelId: general, messageId: someId() }];
      world.rooms.api.latestOf.set(id, latest);
      expect((await welcome(here.plain)).latest).toEqual(latest);
      world.rooms.api.latestOf.set(id, []);
      await world.rooms.restart();
      world.rooms.api.down = true;
      expect((await welcome(here.plain)).latest).toEqual(latest);
      world.rooms.api.down = false;
    });
  });
}
