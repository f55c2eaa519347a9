import { expect, test } from 'vitest';
import type { ChannelPublish } from '../contract/publish.ts';
import { say, type Conversations } from './testing/conversations.ts';
import { channelTicket, someId, someone, userTicket } from './testing/people.ts';

/** A channel that belongs to no server, but to those who are in it. */
export function channelDirect(talks: Conversations): void {
  async function begin() {
    const people = ['dora', 'emil', 'finn'].map((name) => someone(name));
    const [dora, emil, finn] = people;
    if (dora === undefined || emil === undefined || finn === undefined) throw new Error('Three.');
    const id = someId();
    const participants = people.map((person) => person.id);
    const here = (user: typeof dora) => channelTicket(user, id, { serverId: null, participants });
    return { id, dora, emil, finn, here };
  }

  test('whoever takes part hears on every device that somebody wrote', async () => {
    const { id, dora, emil, here } = await begin();
    const device = await talks.world.enter(userTicket(emil));
    const writer = await talks.world.enter(here(dora));
    const { id: messageId } = await say(writer, 'psst');
    expect(await device.next('direct.activity')).toEqual({
      type: 'direct.activity',
      channelId: id,
      messageId,
      authorId: dora.id,
    });
    writer.leave();
    // By REST, with nobody there, it is known who they are.
    await talks.world.rooms.restart();
    const later = await talks.world.enter(userTicket(emil));
    await talks.world.rooms.publisher.publish('main', id, [
      {
        type: 'accept',
        author: dora,
        sessionId: dora.id,
        permissions: here(dora).permissions,
        event: { type: 'message.send', content: 'again' },
      },
    ]);
    await later.next('direct.activity');
  });

  test('who is no longer in it is out at once, and stays out', async () => {
    const { id, dora, emil, finn, here } = await begin();
    const [ada, out] = [await talks.world.enter(here(dora)), await talks.world.enter(here(finn))];
    const ticket = String(out.all('ready')[0]?.['ticket']);
    await talks.world.rooms.publisher.publish('main', id, [
      { type: 'participants.changed', userIds: [dora.id, emil.id] },
    ]);
    expect(await out.end()).toBe('access_lost');
    expect((await talks.world.knock(here(finn), ticket)).closedBy).toBe('access_lost');
    await say(ada, 'just us');
    await talks.world.rooms.restart();
    expect((await talks.world.knock(here(finn), ticket)).closedBy).toBe('access_lost');
    await talks.world.enter(here(emil));
  });

  test('who is in its call is told to whoever takes part, and to nobody who has left', async () => {
    const { id, dora, emil, finn, here } = await begin();
    await talks.world.enter(here(dora));
    const [emils, finns] = [
      await talks.world.enter(userTicket(emil)),
      await talks.world.enter(userTicket(finn)),
    ];
    const since = new Date().toISOString();
    const state = {
      channelId: id,
      user: dora,
      muted: false,
      deafened: false,
      speaking: false,
      since,
    };
    const tell = (...events: ChannelPublish[]) =>
      talks.world.rooms.publisher.publish('main', id, events);
    await tell({ type: 'voice.joined', state });
    for (const device of [emils, finns]) {
      expect(await device.next('voice.joined')).toMatchObject({ state: { channelId: id } });
    }
    // A device that comes later hears who is there.
    const late = await talks.world.enter(userTicket(emil));
    expect(await late.next('voice.joined')).toMatchObject({ state: { user: { id: dora.id } } });
    await tell({ type: 'participants.changed', userIds: [dora.id, emil.id] });
    await talks.world.rooms.publisher.publish('user', finn.id, [
      { type: 'direct.closed', channelId: id },
    ]);
    await finns.next('voice.left');
    await tell(
      { type: 'voice.updated', state: { ...state, speaking: true } },
      { type: 'voice.left', channelId: id, userId: dora.id },
    );
    await emils.next('voice.updated');
    await emils.next('voice.left');
    await finns.settled();
    expect(finns.all('voice.updated')).toEqual([]);
  });
}
