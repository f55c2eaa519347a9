import type { Snowflake } from '@harmonium/api/ids';
import { MAX_REACTIONS } from '@harmonium/api/emoji';
import type { Message, MessageReactions } from '@harmonium/api/message';
import { Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { ChannelServerEvent } from '../contract/server-event.ts';
import type { Client, Heard } from './testing/client.ts';
import { say, type Conversations } from './testing/conversations.ts';
import { channelTicket, EVERYTHING_USUAL, someId, someone } from './testing/people.ts';

const UP = '👍';
const HEART = '❤️';

/** Emoji on messages. */
export function channelReactions(talks: Conversations): void {
  const { ada, bob } = talks;

  async function react(client: Client, id: string, emoji: string, rest: object = {}) {
    const nonce = crypto.randomUUID();
    client.send({ type: 'reaction.add', nonce, id, emoji, ...rest });
    return answerTo(client, nonce);
  }
  async function unreact(client: Client, id: string, emoji: string, rest: object = {}) {
    const nonce = crypto.randomUUID();
    client.send({ type: 'reaction.remove', nonce, id, emoji, ...rest });
    return answerTo(client, nonce);
  }
  async function answerTo(client: Client, nonce: string): Promise<Heard> {
    const answers = () => client.heard.filter((event) => event['nonce'] === nonce);
    await expect.poll(answers, { timeout: 8_000, interval: 5 }).not.toEqual([]);
    return { type: 'nothing', ...answers()[0] };
  }
  async function shown(ticket: Parameters<typeof talks.world.enter>[0]) {
    const client = await talks.world.enter(ticket);
    const history = client.all('ready')[0]?.['history'] as Message[] | undefined;
    client.leave();
    return (history ?? []).map(({ reactions }) => reactions);
  }
  async function undrained(id: Snowflake): Promise<MessageReactions[] | undefined> {
    const ask = { type: 'undrained', first: 'newest', limit: 50 } as const;
    const [answer] = await talks.world.rooms.publisher.publish('main', id, [ask]);
    if (answer?.ok !== true) throw new Error('no answer');
    return answer.reactions;
  }

  test('everyone sees who chose what, counted; whoever comes in sees their own among them', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'hello');
    expect(await react(talk.ada, id, UP)).toMatchObject({ count: 1, added: true });
    const second = await react(talk.bob, id, UP);
    expect(second).toMatchObject({ type: 'reaction.changed', messageId: id, emoji: UP });
    expect(second).toMatchObject({ userId: bob.id, count: 2, added: true, seq: 3 });
    expect(ChannelServerEvent.safeParse(second).error).toBeUndefined();
    await react(talk.bob, id, HEART);
    await talk.ada.settled();
    expect(talk.ada.all('reaction.changed')).toEqual(talk.bob.all('reaction.changed'));
    for (const round of ['before', 'after']) {
      expect([round, await shown(talk.here.ada)]).toEqual([
        round,
        [
          [
            { emoji: UP, count: 2, me: true },
            { emoji: HEART, count: 1, me: false },
          ],
        ],
      ]);
      if (round === 'before') await talks.world.rooms.restart();
    }
    const back = await talks.world.enter(talk.here.bob, 1);
    expect(back.all('reaction.changed')).toEqual(talk.ada.all('reaction.changed'));
    expect(await unreact(back, id, UP)).toMatchObject({ count: 1, added: false });
    const { api } = talks.world.rooms;
    const stored = [
      { emoji: UP, userIds: [ada.id] },
      { emoji: HEART, userIds: [bob.id] },
    ];
    await expect.poll(() => api.reactionsOn(id).reactions).toEqual(stored);
    expect(await shown(talk.here.ada)).toMatchObject([[{ count: 1 }, { count: 1 }]]);
  });

  test('what is there already, or not there, is answered and changes nothing', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'hello');
    expect(await unreact(talk.bob, id, UP)).toMatchObject({ count: 0, added: false, seq: 1 });
    await react(talk.bob, id, UP);
    const again = await react(talk.bob, id, UP);
    expect(again).toMatchObject({ type: 'reaction.changed', count: 1, added: true, seq: 2 });
    expect(ChannelServerEvent.safeParse(again).error).toBeUndefined();
    await talk.ada.settled();
    expect(talk.ada.all('reaction.changed')).toHaveLength(1);
  });

  test('a nonce is answered once, also when it is asked again after a restart', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'hello');
    const asked = { type: 'reaction.add', nonce: 'one', id, emoji: UP };
    talk.bob.send(asked);
    const first = await answerTo(talk.bob, 'one');
    await unreact(talk.bob, id, UP);
    await talks.world.rooms.restart();
    const back = await talks.world.enter(talk.here.bob);
    back.send(asked);
    expect(await answerTo(back, 'one')).toEqual(first);
    expect(await shown(talk.here.bob)).toEqual([undefined]);
  });

  test("adding needs the right to, taking away one's own nothing, somebody else's more", async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'hello');
    const cy = someone('cy');
    const enter = (permissions: bigint) =>
      talks.world.enter(channelTicket(cy, talk.id, { permissions: String(permissions) }));
    const free = await enter(BigInt(EVERYTHING_USUAL));
    await react(free, id, UP);
    const bound = await enter(Permission.VIEW_CHANNEL);
    expect(await react(bound, id, HEART)).toMatchObject({ code: 'missing_permission' });
    expect(await unreact(bound, id, UP)).toMatchObject({ count: 0 });
    await react(talk.bob, id, UP);
    const others = { userId: bob.id };
    expect(await unreact(free, id, UP, others)).toMatchObject({ code: 'missing_permission' });
    const moderator = await enter(BigInt(EVERYTHING_USUAL) | Permission.MANAGE_MESSAGES);
    const removed = await unreact(moderator, id, UP, others);
    expect(removed).toMatchObject({ userId: bob.id, added: false, count: 0 });
  });

  test('a removed message has no reactions, and takes none', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'hello');
    await react(talk.bob, id, UP);
    talk.ada.send({ type: 'message.remove', id });
    await talk.bob.next('message.removed');
    for (const round of ['before', 'after']) {
      const back = await talks.world.enter(talk.here.bob);
      expect([round, await react(back, id, UP)]).toMatchObject([round, { code: 'not_found' }]);
      expect(await shown(talk.here.bob)).toEqual([undefined]);
      if (round === 'before') await talks.world.rooms.restart();
    }
  });

  test('there is a bound to different emoji on one message, and none for one that is there', async () => {
    const talk = await talks.beginLate();
    const old = talk.first;
    const { api } = talks.world.rooms;
    const many = Array.from({ length: MAX_REACTIONS }, () => someId());
    api.chosen.set(old.id, new Map(many.map((emoji) => [emoji, new Set([ada.id])])));
    expect(await react(talk.bob, old.id, UP)).toMatchObject({ code: 'too_many' });
    expect(await react(talk.bob, old.id, many[0] ?? '')).toMatchObject({ count: 2 });
  });

  test('on a message older than the room, api knows what is on it', async () => {
    const talk = await talks.beginLate();
    const old = talk.first;
    const { api } = talks.world.rooms;
    api.chosen.set(old.id, new Map([[UP, new Set([ada.id])]]));
    expect(await react(talk.ada, old.id, UP)).toMatchObject({ count: 1 });
    expect(talk.bob.all('reaction.changed')).toEqual([]);
    expect(await react(talk.bob, old.id, UP)).toMatchObject({ count: 2 });
    expect(await unreact(talk.ada, old.id, UP)).toMatchObject({ count: 1 });
    await expect
      .poll(() => api.reactionsOn(old.id).reactions)
      .toEqual([{ emoji: UP, userIds: [bob.id] }]);
  });

  test('while api is away the room knows what is on its own messages, and what api lacks', async () => {
    const talk = await talks.beginLate();
    const { api } = talks.world.rooms;
    const old = talk.first;
    const { id } = await say(talk.ada, 'hello');
    await react(talk.ada, id, UP);
    await expect.poll(() => undrained(talk.id)).toBeUndefined();
    api.down = true;
    try {
      await react(talk.bob, id, UP);
      await react(talk.bob, id, HEART);
      await unreact(talk.bob, id, HEART);
      expect(await react(talk.bob, old.id, UP)).toMatchObject({ code: 'unavailable' });
      const lacking = [{ messageId: id, reactions: [{ emoji: UP, userIds: [ada.id, bob.id] }] }];
      for (const round of ['before', 'after']) {
        expect([round, await undrained(talk.id)]).toEqual([round, lacking]);
        const [last] = (await shown(talk.here.bob)).toReversed();
        expect(last).toEqual([{ emoji: UP, count: 2, me: true }]);
        if (round === 'before') await talks.world.rooms.restart();
      }
    } finally {
      api.down = false;
    }
    await expect.poll(() => undrained(talk.id), { timeout: 8_000 }).toBeUndefined();
  });

  test('what api has of a message is laid under what it was not given yet', async () => {
    const talk = await talks.beginLate();
    const { api } = talks.world.rooms;
    const old = talk.first;
    api.chosen.set(old.id, new Map([[UP, new Set([ada.id])]]));
    const store = api.storeOutbox.bind(api);
    api.storeOutbox = () => Promise.reject(new Error('busy'));
    try {
      await react(talk.bob, old.id, UP);
      await unreact(talk.ada, old.id, UP);
      const lacking = [{ messageId: old.id, reactions: [{ emoji: UP, userIds: [bob.id] }] }];
      for (const round of ['before', 'after']) {
        expect([round, await undrained(talk.id)]).toEqual([round, lacking]);
        if (round === 'before') await talks.world.rooms.restart();
      }
    } finally {
      api.storeOutbox = store;
    }
  });

  test('a room that lost its storage begins with what api has, and knows it ever after', async () => {
    const id = someId();
    const { api } = talks.world.rooms;
    const old = talks.store(id);
    api.chosen.set(
      old.id,
      new Map([
        [UP, new Set([bob.id, ada.id])],
        [HEART, new Set([ada.id])],
      ]),
    );
    const seen = [
      [
        { emoji: UP, count: 2, me: false },
        { emoji: HEART, count: 1, me: false },
      ],
    ];
    const here = channelTicket(someone('cy'), id);
    expect(await shown(here)).toEqual(seen);
    await talks.world.rooms.restart();
    api.down = true;
    try {
      expect(await shown(here)).toEqual(seen);
      const back = await talks.world.enter(channelTicket(bob, id));
      expect(await unreact(back, old.id, UP)).toMatchObject({ count: 1 });
    } finally {
      api.down = false;
    }
  });

  test('by REST the same gate', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'hello');
    const by = { author: bob, sessionId: bob.id, permissions: EVERYTHING_USUAL };
    const { publisher } = talks.world.rooms;
    const event = { type: 'reaction.add', id, emoji: UP } as const;
    const accept = { type: 'accept', ...by, event } as const;
    expect(await publisher.publish('main', talk.id, [accept, accept])).toEqual([
      { ok: true },
      { ok: true },
    ]);
    await talk.ada.settled();
    expect(talk.ada.all('reaction.changed')).toHaveLength(1);
    const refused = { ...accept, permissions: String(Permission.VIEW_CHANNEL) };
    expect(await publisher.publish('main', talk.id, [refused])).toMatchObject([
      { ok: false, code: 'missing_permission' },
    ]);
  });
}
