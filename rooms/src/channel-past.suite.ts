import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { expect, test } from 'vitest';
import { HISTORY_LENGTH } from '../contract/limits.ts';
import { history, say, type Conversations } from './testing/conversations.ts';
import { channelTicket, someId } from './testing/people.ts';

/** What a room has that lost its storage, while api has what was said. */
export function channelPast(talks: Conversations): void {
  /** A channel of which only api knows. */
  function lost(count: number) {
    const channelId = someId();
    const ids: Snowflake[] = [];
    for (let at = 0; at < count; at += 1) {
      const message: Message = {
        id: someId(),
        channelId,
        author: talks.ada,
        content: `${at}`,
        createdAt: new Date(0).toISOString(),
        editedAt: null,
        removedAt: null,
      };
      talks.world.rooms.api.messages.set(message.id, message);
      ids.push(message.id);
    }
    const here = {
      ada: channelTicket(talks.ada, channelId),
      bob: channelTicket(talks.bob, channelId),
    };
    return { channelId, ids, here };
  }

  function asked(channelId: Snowflake): number {
    return talks.world.rooms.api.historiesAsked.filter((id) => id === channelId).length;
  }

  test('a room without storage begins with what api has, and goes on from there', async () => {
    const { channelId, ids, here } = lost(HISTORY_LENGTH + 5);
    const ada = await talks.world.enter(here.ada);
    const ready = ada.all('ready')[0];
    expect(ready).toMatchObject({ complete: false });
    expect(history(ada)).toEqual(Array.from({ length: HISTORY_LENGTH }, (_, at) => `${at + 5}`));
    const message = await say(ada, 'after');
    expect(BigInt(message.id)).toBeGreaterThan(BigInt(ids.at(-1) ?? 0));
    const created = ada.all('message.created')[0];
    expect(created?.['seq']).toBe(Number(ready?.['seq']) + 1);
    ada.send({ type: 'message.edit', id: ids.at(-1), content: 'edited after' });
    await ada.next('message.edited');

    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(ids.at(-1) ?? '')?.content).toBe('edited after');
    await talks.world.rooms.restart();
    const bob = await talks.world.enter(here.bob);
    expect(history(bob).slice(-3)).toEqual([`${HISTORY_LENGTH + 3}`, 'edited after', 'after']);
    expect(asked(channelId)).toBe(1);
    // api was given nothing that it had.
    expect(
      api.stored.filter((entry) => entry.op === 'create' && ids.includes(entry.message.id)),
    ).toEqual([]);
  });

  test('a short past is complete', async () => {
    const { here } = lost(3);
    const ada = await talks.world.enter(here.ada);
    expect(ada.all('ready')[0]).toMatchObject({ complete: true });
    expect(history(ada)).toEqual(['0', '1', '2']);
    await talks.world.rooms.restart();
    const bob = await talks.world.enter(here.bob);
    expect(bob.all('ready')[0]).toMatchObject({ complete: true });
    expect(history(bob)).toEqual(['0', '1', '2']);
  });

  test('a client that knew the lost log gets a snapshot, and then can resume', async () => {
    const { here } = lost(3);
    const ada = await talks.world.enter(here.ada, 2);
    expect(history(ada)).toEqual(['0', '1', '2']);
    await say(ada, '3');
    const seq = Number(ada.all('ready')[0]?.['seq']);
    const bob = await talks.world.enter(here.bob, seq);
    expect(bob.all('message.created')).toEqual(ada.all('message.created'));
    expect((await talks.world.enter(here.bob, 3)).all('ready')).toHaveLength(1);
  });

  test('api is asked about a new channel once, also over a restart', async () => {
    const here = channelTicket(talks.ada, someId());
    const { publisher } = talks.world.rooms;
    const client = await talks.world.enter(here);
    expect(client.all('ready')[0]).toMatchObject({ seq: 0, history: [], complete: true });
    expect(asked(here.channelId)).toBe(1);
    await talks.world.enter(here);
    await publisher.publish('main', here.channelId, [{ type: 'channel.updated', slowmode: 0 }]);
    await talks.world.rooms.restart();
    const back = await talks.world.enter(here);
    expect(back.all('ready')[0]).toMatchObject({ seq: 0, complete: true });
    expect(asked(here.channelId)).toBe(1);
  });
}
