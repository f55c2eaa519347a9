import { Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { say, type Conversations } from './testing/conversations.ts';
import { channelTicket, EVERYTHING_USUAL, someId, someone } from './testing/people.ts';

/** Typing and slow mode. */
export function channelPace(talks: Conversations): void {
  const { ada, bob } = talks;

  test('somebody typing is shown to the others, until they write', async () => {
    const talk = await talks.begin();
    talk.ada.send({ type: 'typing.start' });
    const typing = await talk.bob.next('typing');
    expect(typing).toMatchObject({ userId: ada.id, username: 'ada' });
    const third = await talks.world.enter(channelTicket(someone('cy'), talk.id));
    expect(await third.next('typing')).toMatchObject({ userId: ada.id });
    await say(talk.ada, 'done');
    const ended = await talk.bob.next('typing');
    expect(Date.parse(String(ended['until']))).toBeLessThan(Date.parse(String(typing['until'])));
    await talk.ada.settled();
    expect(talk.ada.all('typing')).toHaveLength(1);
  });

  test("slow mode makes a member wait, but not who manages the channel's messages", async () => {
    const id = someId();
    const member = await talks.world.enter(channelTicket(ada, id, { slowmode: 30 }));
    const permissions = String(BigInt(EVERYTHING_USUAL) | Permission.MANAGE_MESSAGES);
    const boss = await talks.world.enter(channelTicket(bob, id, { slowmode: 30, permissions }));
    await say(member, 'first');
    const nonce = member.write('second');
    const rejected = await member.next('rejected');
    expect(rejected).toMatchObject({ nonce, code: 'slow_mode' });
    expect(rejected['retryAfter']).toBeGreaterThan(20);
    await say(boss, 'first');
    await say(boss, 'second');
  });

  test('slow mode survives a restart', async () => {
    const id = someId();
    await say(await talks.world.enter(channelTicket(ada, id, { slowmode: 30 })), 'first');
    await talks.world.rooms.restart();
    const back = await talks.world.enter(channelTicket(ada, id, { slowmode: 30 }));
    back.write('second');
    expect(await back.next('rejected')).toMatchObject({ code: 'slow_mode' });
  });

  test('a change of slow mode is told to everyone', async () => {
    const talk = await talks.begin();
    await talks.world.rooms.publisher.publish('main', talk.id, [
      { type: 'channel.updated', slowmode: 9 },
    ]);
    expect(await talk.bob.next('permissions.changed')).toMatchObject({ slowmode: 9 });
  });
}
