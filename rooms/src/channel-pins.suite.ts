import type { Snowflake } from '@harmonium/api/ids';
import { DEFAULT_EVERYONE, directPermissions, Permission } from '@harmonium/api/permissions';
import { MAX_PINS } from '@harmonium/api/pin';
import { expect, test } from 'vitest';
import { ChannelServerEvent } from '../contract/server-event.ts';
import { say, type Conversations } from './testing/conversations.ts';
import { channelTicket, someId, someone } from './testing/people.ts';

const PINS = String(DEFAULT_EVERYONE | Permission.PIN_MESSAGES);

/** Messages that stay at hand. */
export function channelPins(talks: Conversations): void {
  const keeper = someone('keeper');

  async function begin() {
    const talk = await talks.begin();
    const here = channelTicket(keeper, talk.id, { permissions: PINS });
    return { ...talk, hers: here, keeper: await talks.world.enter(here) };
  }
  async function asked(id: Snowflake) {
    const [answer] = await talks.world.rooms.publisher.publish('main', id, [{ type: 'pins' }]);
    if (answer?.ok !== true) throw new Error('no answer');
    return answer.pins;
  }

  test('who may pins and unpins; everyone is told, and whoever comes in', async () => {
    const talk = await begin();
    const one = await say(talk.ada, 'one');
    const two = await say(talk.ada, 'two');
    for (const { id } of [one, two]) {
      talk.keeper.send({ type: 'pin.add', nonce: id, id });
      const told = await talk.bob.next('pin.changed');
      expect(told).toMatchObject({ messageId: id, pinned: true, by: keeper.id, nonce: id });
      expect(ChannelServerEvent.safeParse(told).error).toBeUndefined();
    }
    for (const round of ['before', 'after']) {
      expect([round, await asked(talk.id)]).toEqual([round, [two.id, one.id]]);
      const fresh = await talks.world.enter(talk.here.bob);
      expect(fresh.all('ready')[0]).toMatchObject({ pins: [two.id, one.id] });
      if (round === 'before') await talks.world.rooms.restart();
    }
    const back = await talks.world.enter(talk.hers);
    back.send({ type: 'pin.remove', id: one.id });
    expect(await back.next('pin.changed')).toMatchObject({ messageId: one.id, pinned: false });
    expect(await asked(talk.id)).toEqual([two.id]);
    const { api } = talks.world.rooms;
    await expect.poll(() => [...api.pinned].includes(one.id)).toBe(false);
    await expect.poll(() => [...api.pinned].includes(two.id)).toBe(true);
  });

  test('who may not pin is refused; in a conversation of two both may', async () => {
    const talk = await begin();
    const { id } = await say(talk.ada, 'mine');
    talk.ada.send({ type: 'pin.add', nonce: 'p', id });
    expect(await talk.ada.next('rejected')).toMatchObject({ code: 'missing_permission' });
    const channelId = someId();
    const dora = someone('dora');
    const direct = {
      serverId: null,
      participants: [dora.id, keeper.id],
      permissions: String(directPermissions({ silenced: false })),
    };
    const here = await talks.world.enter(channelTicket(dora, channelId, direct));
    const said = await say(here, 'ours');
    here.send({ type: 'pin.add', id: said.id });
    expect(await here.next('pin.changed')).toMatchObject({ messageId: said.id, pinned: true });
  });

  test('what is pinned already, or not pinned, is answered and changes nothing', async () => {
    const talk = await begin();
    const { id } = await say(talk.ada, 'one');
    talk.keeper.send({ type: 'pin.remove', nonce: 'none', id });
    const none = await talk.keeper.next('pin.changed');
    expect(none).toMatchObject({ nonce: 'none', pinned: false, seq: 1 });
    for (const nonce of ['first', 'again']) talk.keeper.send({ type: 'pin.add', nonce, id });
    const again = await talk.keeper.next('pin.changed', (event) => event['nonce'] === 'again');
    expect(again).toMatchObject({ pinned: true, seq: 2 });
    await talk.bob.settled();
    expect(talk.bob.all('pin.changed')).toHaveLength(1);
  });

  test('what is removed is no longer pinned, alone or with others, and cannot be', async () => {
    const talk = await begin();
    const ids: Snowflake[] = [];
    for (const content of ['1', '2', '3']) ids.push((await say(talk.ada, content)).id);
    for (const id of ids) talk.keeper.send({ type: 'pin.add', id });
    await talk.bob.next('pin.changed', (event) => event['messageId'] === ids[2]);
    const before = talks.world.rooms.api.stored.filter(({ op }) => op === 'unpin');
    talk.ada.send({ type: 'message.remove', id: ids[0] });
    expect(await talk.bob.next('pin.changed')).toMatchObject({ messageId: ids[0], pinned: false });
    const purge = { type: 'purge', ids: ids.slice(1, 2), by: keeper.id } as const;
    await talks.world.rooms.publisher.publish('main', talk.id, [purge]);
    const unpinned = await talk.bob.next('pin.changed');
    expect(unpinned).toMatchObject({ messageId: ids[1], pinned: false, by: keeper.id });
    expect(await asked(talk.id)).toEqual([ids[2]]);
    talk.keeper.send({ type: 'pin.add', nonce: 'gone', id: ids[0] });
    expect(await talk.keeper.next('rejected')).toMatchObject({ code: 'not_found' });
    // To api it is part of the removal.
    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(ids[1] ?? '')?.removedAt).toBeTruthy();
    expect(api.stored.filter(({ op }) => op === 'unpin')).toEqual(before);
    // One event each, without a hole.
    const seqs = talk.bob.heard.filter((event) => 'seq' in event && event.type !== 'ready');
    expect(seqs.map((event) => event['seq'])).toEqual(seqs.map((_, at) => at + 1));
  });

  test('there is a bound to pins, and old messages count', async () => {
    const channelId = someId();
    const { api } = talks.world.rooms;
    for (let at = 0; at < MAX_PINS; at += 1) api.pinned.add(talks.store(channelId).id);
    const older = talks.store(channelId);
    const client = await talks.world.enter(channelTicket(keeper, channelId, { permissions: PINS }));
    expect(client.all('ready')[0]?.['pins']).toEqual(
      [...api.pinned].filter((id) => api.messages.get(id)?.channelId === channelId).toReversed(),
    );
    client.send({ type: 'pin.add', nonce: 'over', id: older.id });
    expect(await client.next('rejected')).toMatchObject({ nonce: 'over', code: 'too_many' });
    const [first] = (await asked(channelId)) ?? [];
    client.send({ type: 'pin.remove', id: first });
    await client.next('pin.changed');
    client.send({ type: 'pin.add', id: older.id });
    expect(await client.next('pin.changed')).toMatchObject({ messageId: older.id, pinned: true });
  });
}
