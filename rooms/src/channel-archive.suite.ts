import { expect, test } from 'vitest';
import { say, texts, type Conversations } from './testing/conversations.ts';
import { EVERYTHING_USUAL } from './testing/people.ts';
import type { Client } from './testing/client.ts';

/** A thread in the archive, whose room is told of no change of access. */
export function channelArchive(talks: Conversations): void {
  const { ada, bob } = talks;

  async function begin() {
    const talk = await talks.begin();
    const { api, publisher } = talks.world.rooms;
    const allow = (user: { id: string }, permissions: string | null) =>
      api.allow(talk.id, user.id, { permissions });
    allow(ada, EVERYTHING_USUAL);
    allow(bob, EVERYTHING_USUAL);
    const archive = (archived: boolean) =>
      publisher.publish('main', talk.id, [{ type: 'thread.archived', archived }]);
    await archive(true);
    return { ...talk, allow, archive };
  }

  const heard = (client: Client) => texts(client.all('message.created'));

  test('what is said in it is heard by those who still may, and by nobody else', async () => {
    const talk = await begin();
    await say(talk.ada, 'all hear it');
    await expect.poll(() => heard(talk.bob)).toEqual(['all hear it']);
    talk.allow(bob, null);
    await say(talk.ada, 'bob does not');
    expect(await talk.bob.end()).toBe('access_lost');
    expect(heard(talk.bob)).toEqual(['all hear it']);
  });

  test('somebody who may no more neither writes in it nor hears of typing', async () => {
    const talk = await begin();
    talk.allow(bob, null);
    talk.ada.send({ type: 'typing.start' });
    expect(await talk.bob.end()).toBe('access_lost');
    expect(talk.bob.all('typing')).toEqual([]);
    talk.allow(ada, null);
    talk.ada.write('not any more');
    expect(await talk.ada.end()).toBe('access_lost');
  });

  test('a ticket from before is worth what api says now, also after the room was away', async () => {
    const talk = await begin();
    await talks.world.rooms.restart();
    talk.allow(bob, null);
    await expect(talks.world.enter(talk.here.bob)).rejects.toThrow('access_lost');
    const back = await talks.world.enter(talk.here.ada);
    expect(back.all('ready')).toHaveLength(1);
  });

  test('out of the archive it asks once about all that it was not told, and then no more', async () => {
    const talk = await begin();
    talk.allow(bob, null);
    await talk.archive(false);
    expect(await talk.bob.end()).toBe('access_lost');
    const { asked } = talks.world.rooms.api;
    await say(talk.ada, 'here');
    const before = asked.length;
    await say(talk.ada, 'and here');
    expect(asked).toHaveLength(before);
  });
}
