import { expect, test } from 'vitest';
import { messageOf, say, type Conversations } from './testing/conversations.ts';
import { channelTicket, someone } from './testing/people.ts';

/** What holds when somebody is called otherwise from now on. */
export function channelNames(talks: Conversations): void {
  const { ada, bob } = talks;
  const countess = { ...ada, username: 'countess' };
  const rename = (id: string) =>
    talks.world.rooms.publisher.publish('main', id, [{ type: 'user.updated', user: countess }]);

  test('somebody who is renamed writes under the new name at once, and nobody else does', async () => {
    const talk = await talks.begin();
    await rename(talk.id);
    expect((await say(talk.ada, 'it is me')).author).toEqual(countess);
    expect((await say(talk.bob, 'hello')).author).toEqual(bob);
  });

  test('a ticket from before brings the old name back neither at once nor after a restart', async () => {
    const talk = await talks.begin();
    const old = channelTicket(ada, talk.id);
    const ticket = String(talk.ada.all('ready')[0]?.['ticket']);
    await rename(talk.id);
    const again = await talks.world.knock(old, ticket);
    expect((await say(again, 'it is me')).author).toEqual(countess);
    await talks.world.rooms.restart();
    const after = await talks.world.knock(old, ticket);
    expect((await say(after, 'still me')).author).toEqual(countess);
  });

  test('what was written before is shown under the new name, to newcomers and to who comes back', async () => {
    const talk = await talks.begin();
    await say(talk.ada, 'one');
    await say(talk.bob, 'two');
    await rename(talk.id);
    const authors = async () => {
      const newcomer = await talks.world.enter(channelTicket(someone('cy'), talk.id));
      const back = await talks.world.enter(channelTicket(bob, talk.id), 0);
      const history = newcomer.all('ready')[0]?.['history'];
      const replayed = back.all('message.created').map((event) => messageOf(event));
      return [history, replayed].map((messages) =>
        (messages as { author: { username: string } }[]).map(({ author }) => author.username),
      );
    };
    const expected = [
      ['countess', bob.username],
      ['countess', bob.username],
    ];
    expect(await authors()).toEqual(expected);
    await talks.world.rooms.restart();
    expect(await authors()).toEqual(expected);
  });
}
