import type { Snowflake } from '@harmonium/api/ids';
import type { Member as MemberOf } from '@harmonium/api/member';
import { describe, expect, test } from 'vitest';
import type { ServerPublish } from '../contract/publish.ts';
import { ServerServerEvent } from '../contract/server-event.ts';
import { activity, channelNames, voice, type Servers } from './testing/servers.ts';

/** What members see as they stand, and as that changes. */
export function serverMembers(servers: Servers): void {
  // Each has a server of its own, and waits for what takes its second.
  describe.concurrent('its members', () => {
    test('nothing of a channel reaches who may not view it', async () => {
      const { id, structure, here, hidden, general, people } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const insider = await servers.world.enter(here.insider);
      const changed = structuredClone(structure);
      changed.rev = 2;
      const channel = changed.channels.find((one) => one.id === hidden);
      if (channel === undefined) throw new Error('It is there.');
      channel.topic = 'a hidden topic';
      const state = voice(hidden, people.insider);
      await servers.tell(
        id,
        activity(hidden, [people.plain.id]),
        { type: 'voice.joined', state },
        { type: 'voice.updated', state: { ...state, muted: true } },
        { type: 'voice.snapshot', channelId: hidden, states: [voice(hidden, people.owner)] },
        { type: 'voice.left', channelId: hidden, userId: people.owner.id },
        {
          type: 'changed',
          structure: changed,
          change: { type: 'channel.updated', rev: 2, channel },
        },
        activity(general),
      );
      await insider.next('activity', (event) => event['channelId'] === general);
      const stirred = insider.all('activity').map((event) => event['channelId']);
      expect(stirred).toEqual([hidden, general]);
      const told = insider.heard
        .map(({ type }) => type)
        .filter((type) => type !== 'activity' && !type.startsWith('presence'));
      expect(told).toEqual([
        'ready',
        'voice.joined',
        'voice.updated',
        // The snapshot: one was gone, another is there.
        'voice.left',
        'voice.joined',
        'voice.left',
        'channel.updated',
      ]);
      await plain.next('activity', (event) => event['channelId'] === general);
      expect(JSON.stringify(await plain.settled())).not.toContain(hidden);
      // Who comes later learns no more.
      await servers.tell(id, { type: 'voice.joined', state });
      const late = await servers.world.enter(here.plain);
      expect(JSON.stringify(late.heard)).not.toContain(hidden);
      expect((await servers.world.enter(here.insider)).all('ready')[0]).toMatchObject({
        voice: [state],
      });
    });

    test('a role that is given or taken shows and hides its channels at once', async () => {
      const { id, here, staff, general, hidden, people } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const ticket = String(plain.all('ready')[0]?.['ticket']);
      await servers.tell(id, { type: 'voice.joined', state: voice(hidden, people.owner) });
      const member = (roles: Snowflake[]): MemberOf => ({
        user: people.plain,
        serverId: id,
        nickname: null,
        roles,
        joinedAt: new Date(0).toISOString(),
        timeoutUntil: null,
      });
      await servers.tell(id, {
        type: 'member',
        change: { type: 'member.updated', member: member([staff]) },
      });
      expect(await plain.next('channel.created')).toMatchObject({ channel: { id: hidden } });
      expect(await plain.next('voice.joined')).toMatchObject({ state: { channelId: hidden } });
      // The ticket in hand still names the old roles.
      const back = await servers.world.knock(here.plain, ticket);
      expect(channelNames(back)).toEqual(['general', 'hidden']);
      expect(back.all('ready')[0]).toMatchObject({ you: { roles: [staff] } });
      await servers.tell(id, {
        type: 'member',
        change: { type: 'member.updated', member: member([]) },
      });
      expect(await plain.next('channel.removed')).toMatchObject({ channelId: hidden });
      await servers.tell(id, activity(hidden), activity(general));
      await plain.next('activity', (event) => event['channelId'] === general);
      expect(plain.all('activity').map((event) => event['channelId'])).toEqual([general]);
    });

    test('with a channel goes who talks in it, and with it they come back', async () => {
      const { id, staff, hidden, here, people } = await servers.place();
      const insider = await servers.world.enter(here.insider);
      const standing = (roles: Snowflake[]): ServerPublish => ({
        type: 'member',
        change: {
          type: 'member.updated',
          member: {
            user: people.insider,
            serverId: id,
            nickname: 'Ida',
            roles,
            joinedAt: new Date().toISOString(),
            timeoutUntil: null,
          },
        },
      });
      await servers.tell(id, { type: 'voice.joined', state: voice(hidden, people.owner) });
      await insider.next('voice.joined');
      await servers.tell(id, standing([]));
      const left = { channelId: hidden, userId: people.owner.id };
      expect(await insider.next('voice.left')).toMatchObject(left);
      await insider.next('channel.removed');
      const named = await insider.next('member.updated');
      expect(named).toMatchObject({ member: { nickname: 'Ida' } });
      await servers.tell(id, {
        type: 'voice.updated',
        state: voice(hidden, people.owner, { muted: true }),
      });
      await insider.settled();
      expect(insider.all('voice.updated')).toEqual([]);
      await servers.tell(id, standing([staff]));
      await insider.next('channel.created');
      expect(await insider.next('voice.joined')).toMatchObject({ state: { muted: true } });
    });

    test('one who comes back is who they are now, not who they were', async () => {
      const { id, staff, here, people } = await servers.place();
      const insider = await servers.world.enter(here.insider);
      const change = (type: 'member.updated' | 'member.joined', roles: Snowflake[]) => ({
        type: 'member' as const,
        change: {
          type,
          member: {
            user: people.insider,
            serverId: id,
            nickname: null,
            roles,
            joinedAt: new Date().toISOString(),
            timeoutUntil: null,
          },
        },
      });
      await servers.tell(id, change('member.updated', [staff]), {
        type: 'member',
        change: { type: 'member.left', userId: people.insider.id },
      });
      expect(await insider.end()).toBe('access_lost');
      await servers.tell(id, change('member.joined', []));
      // A ticket of the second in which they were removed is void.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      expect(channelNames(await servers.world.enter(here.insider))).toEqual(['general']);
    });

    test('people come and go; one who was removed is out', async () => {
      const { id, here, people } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const insider = await servers.world.enter(here.insider);
      const ticket = String(insider.all('ready')[0]?.['ticket']);
      await servers.tell(id, {
        type: 'member',
        change: { type: 'member.left', userId: people.insider.id },
      });
      expect(await insider.end()).toBe('access_lost');
      expect(await plain.next('member.left')).toMatchObject({ userId: people.insider.id });
      expect((await servers.world.knock(here.insider, ticket)).closedBy).toBe('bad_ticket');
    });

    test('every event is one of the contract', async () => {
      const { id, here, general, people } = await servers.place();
      const plain = await servers.world.enter(here.plain);
      const insider = await servers.world.enter(here.insider);
      insider.send({ type: 'presence.set', status: 'dnd', text: 'busy' });
      insider.send({ type: 'message.send' });
      await servers.tell(
        id,
        { type: 'voice.joined', state: voice(general, people.owner) },
        activity(general),
      );
      await plain.next('activity');
      for (const event of [...(await plain.settled()), ...(await insider.settled())]) {
        expect(ServerServerEvent.safeParse(event).error).toBeUndefined();
      }
    });
  });
}
