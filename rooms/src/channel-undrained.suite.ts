import type { Message } from '@harmonium/api/message';
import type { AskUndrained } from '../contract/publish.ts';
import { expect, test } from 'vitest';
import { messageOf, say, type Conversations } from './testing/conversations.ts';

const NEWEST = { type: 'undrained', first: 'newest', limit: 50 } as const;

/** What a reader of api has to know that api does not know yet. */
export function channelUndrained(talks: Conversations): void {
  async function ask(id: string, rest: Partial<AskUndrained> = {}): Promise<Message[]> {
    const { publisher } = talks.world.rooms;
    const [answer] = await publisher.publish('main', id, [{ ...NEWEST, ...rest }]);
    if (answer?.ok !== true || answer.messages === undefined) throw new Error('no answer');
    return answer.messages;
  }
  const contents = (messages: Message[]) => messages.map(({ content }) => content);

  test('while api is away a room tells what api lacks, as it is now, also after a restart', async () => {
    const talk = await talks.begin();
    const { api } = talks.world.rooms;
    const stored = await say(talk.ada, 'stored');
    const gone = await say(talk.ada, 'stored and gone');
    await expect.poll(() => ask(talk.id)).toEqual([]);
    api.down = true;
    try {
      await say(talk.ada, 'one');
      await say(talk.bob, 'two');
      talk.ada.send({ type: 'message.edit', id: stored.id, content: 'edited once' });
      await talk.bob.next('message.edited');
      talk.ada.send({ type: 'message.edit', id: stored.id, content: 'edited twice' });
      await talk.bob.next('message.edited');
      talk.ada.send({ type: 'message.remove', id: gone.id });
      const removed = messageOf(await talk.bob.next('message.removed'));
      for (const round of ['before', 'after']) {
        const told = await ask(talk.id);
        expect([round, contents(told)]).toEqual([round, ['two', 'one', '', 'edited twice']]);
        expect(told[2]).toEqual(removed);
        if (round === 'before') await talks.world.rooms.restart();
      }
    } finally {
      api.down = false;
    }
    await expect.poll(() => ask(talk.id), { timeout: 8_000 }).toEqual([]);
  });

  test('of a range of ids a room tells the newest, or the oldest, and no more than asked for', async () => {
    const talk = await talks.begin();
    const { api } = talks.world.rooms;
    api.down = true;
    try {
      const ids = [];
      for (const content of ['1', '2', '3', '4', '5']) ids.push((await say(talk.ada, content)).id);
      const [, two, three, four] = ids;
      const answer = async (rest: Partial<AskUndrained>) => contents(await ask(talk.id, rest));
      expect(await answer({ limit: 2 })).toEqual(['5', '4']);
      expect(await answer({ before: four, limit: 2 })).toEqual(['3', '2']);
      expect(await answer({ after: two, first: 'oldest', limit: 2 })).toEqual(['3', '4']);
      expect(await answer({ after: two, before: four })).toEqual(['3']);
      expect(await answer({ after: three, before: four })).toEqual([]);
    } finally {
      api.down = false;
    }
  });
}
