import type { Message } from '@harmonium/api/message';
import type { AskUndrained, PublishAnswer } from '../contract/publish.ts';
import { expect, test } from 'vitest';
import { messageOf, say, type Conversations } from './testing/conversations.ts';
import { someone } from './testing/people.ts';

const NEWEST = { type: 'undrained', first: 'newest', limit: 50 } as const;

/** What a reader of api has to know that api does not know yet. */
export function channelUndrained(talks: Conversations): void {
  async function answerTo(
    id: string,
    rest: Partial<AskUndrained> = {},
  ): Promise<PublishAnswer & { ok: true }> {
    const { publisher } = talks.world.rooms;
    const [answer] = await publisher.publish('main', id, [{ ...NEWEST, ...rest }]);
    if (answer?.ok !== true) throw new Error('no answer');
    return answer;
  }
  async function ask(id: string, rest: Partial<AskUndrained> = {}): Promise<Message[]> {
    const { messages } = await answerTo(id, rest);
    if (messages === undefined) throw new Error('no answer');
    return messages;
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

  test('what was removed together while api is away is named, also after a restart', async () => {
    const talk = await talks.begin();
    const { api, publisher } = talks.world.rooms;
    const ids = [];
    for (const content of ['1', '2', '3', '4']) ids.push((await say(talk.ada, content)).id);
    await expect.poll(() => ask(talk.id)).toEqual([]);
    const [one, two, three, four] = ids;
    if (one === undefined || four === undefined || three === undefined) throw new Error('Four.');
    api.down = true;
    try {
      const { id: unseen } = await say(talk.ada, 'unseen');
      const gone = [one, three, four, unseen];
      const by = someone('moderator').id;
      await publisher.publish('main', talk.id, [{ type: 'purge', ids: gone, by }]);
      const { removedAt } = await talk.bob.next('messages.removed');
      const named = gone.map((id) => ({ id, removedAt }));
      for (const round of ['before', 'after']) {
        const told = await answerTo(talk.id);
        expect([round, told.removed]).toEqual([round, named.toReversed()]);
        expect(told.messages).toMatchObject([{ id: unseen, content: '', removedAt }]);
        const part = await answerTo(talk.id, { after: one, before: unseen, limit: 1 });
        expect(part.removed).toEqual([{ id: four, removedAt }]);
        const oldest = await answerTo(talk.id, { after: two, first: 'oldest', limit: 2 });
        expect(oldest.removed).toEqual([named[1], named[2]]);
        expect(await answerTo(talk.id, { after: one, before: two })).not.toHaveProperty('removed');
        if (round === 'before') await talks.world.rooms.restart();
      }
    } finally {
      api.down = false;
    }
    const drained = { ok: true, messages: [] };
    await expect.poll(() => answerTo(talk.id), { timeout: 8_000 }).toEqual(drained);
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
