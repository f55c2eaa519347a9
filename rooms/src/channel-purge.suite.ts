import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import type { ChannelPublish } from '../contract/publish.ts';
import { history, messageOf, say, type Conversations } from './testing/conversations.ts';
import { channelTicket, someId, someone } from './testing/people.ts';

/** Moderators remove what others said. */
export function channelPurge(talks: Conversations): void {
  const { bob } = talks;
  const moderator = someone('moderator');

  function purge(id: Snowflake, what: Omit<ChannelPublish & { type: 'purge' }, 'type' | 'by'>) {
    const event = { type: 'purge' as const, by: moderator.id, ...what };
    return talks.world.rooms.publisher.publish('main', id, [event]);
  }

  function removed(id: Snowflake) {
    const { stored } = talks.world.rooms.api;
    return stored.filter((entry) => entry.op === 'remove' && entry.id === id);
  }

  test('many messages go as one event, for those here, those who come back and new ones', async () => {
    const talk = await talks.begin();
    const said = [];
    for (const content of ['one', 'two', 'three']) said.push(await say(talk.ada, content));
    const [one, two, three] = said.map(({ id }) => id);
    if (one === undefined || two === undefined || three === undefined) throw new Error('Three.');
    talk.bob.leave();
    const old = someId();
    expect(await purge(talk.id, { ids: [one, three, old] })).toEqual([{ ok: true }]);
    const event = await talk.ada.next('messages.removed');
    expect(event).toMatchObject({ seq: 4, ids: [one, three, old], by: moderator.id });
    const back = await talks.world.enter(talk.here.bob, 3);
    expect(back.all('messages.removed')).toEqual([event]);
    expect(history(await talks.world.enter(talk.here.bob))).toEqual(['', 'two', '']);
    for (const id of [one, three, old]) {
      await expect
        .poll(() => removed(id))
        .toEqual([{ op: 'remove', id, removedAt: event['removedAt'] }]);
    }
    expect(removed(two)).toEqual([]);
    // The replay of what was said before keeps no words.
    const replayed = await talks.world.enter(talk.here.bob, 0);
    const words = replayed.all('message.created').map((each) => messageOf(each).content);
    expect(words).toEqual(['', 'two', '']);
  });

  test('a purge told twice removes once, and survives a restart', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'spam');
    await purge(talk.id, { ids: [id] });
    await purge(talk.id, { ids: [id] });
    await talk.ada.settled();
    expect(talk.ada.all('messages.removed')).toHaveLength(1);
    await talks.world.rooms.restart();
    await purge(talk.id, { ids: [id] });
    const back = await talks.world.enter(talk.here.ada);
    expect(back.all('ready')[0]).toMatchObject({ seq: 2 });
    expect(history(back)).toEqual(['']);
  });

  test('what an author wrote a moment ago goes too, though api has never seen it', async () => {
    const talk = await talks.begin();
    talks.world.rooms.api.down = true;
    const since = new Date(Date.now() - 60_000).toISOString();
    const spam = await say(talk.bob, 'spam');
    await say(talk.ada, 'no spam');
    await purge(talk.id, { authorId: bob.id, since });
    expect(await talk.ada.next('messages.removed')).toMatchObject({ ids: [spam.id] });
    expect(history(await talks.world.enter(talk.here.ada))).toEqual(['', 'no spam']);
    talks.world.rooms.api.down = false;
    await expect.poll(() => removed(spam.id)).toHaveLength(1);
    expect(talks.world.rooms.api.messages.get(spam.id)).toMatchObject({ content: '' });
  });

  test('what was removed can be edited by nobody, however old it is', async () => {
    const talk = await talks.begin();
    const old = { ...(await say(talk.bob, 'in the database')), id: someId() };
    talks.world.rooms.api.messages.set(old.id, old);
    await purge(talk.id, { ids: [old.id] });
    talk.bob.send({ type: 'message.edit', nonce: 'e', id: old.id, content: 'still here' });
    expect(await talk.bob.next('rejected')).toMatchObject({ nonce: 'e', code: 'not_found' });
  });

  test('whoever removes another one’s message is named', async () => {
    const talk = await talks.begin();
    const permissions = String(Permission.VIEW_CHANNEL | Permission.MANAGE_MESSAGES);
    const here = channelTicket(moderator, talk.id, { permissions });
    const chair = await talks.world.enter(here);
    const rude = await say(talk.bob, 'rude');
    const own = await say(talk.bob, 'oops');
    chair.send({ type: 'message.remove', id: rude.id });
    talk.bob.send({ type: 'message.remove', id: own.id });
    const isAbout = (id: string) => (event: object) =>
      'message' in event && (event.message as { id: string }).id === id;
    const named = await talk.ada.next('message.removed', isAbout(rude.id));
    expect(named).toMatchObject({ by: moderator.id });
    const unnamed = await talk.ada.next('message.removed', isAbout(own.id));
    expect(unnamed).not.toHaveProperty('by');
    await expect.poll(() => removed(rude.id)).toMatchObject([{ by: moderator.id }]);
    await expect.poll(() => removed(own.id)).toHaveLength(1);
    expect(removed(own.id)[0]).not.toHaveProperty('by');
  });
}
