import type { Embed } from '@harmonium/api/embed';
import type { Snowflake } from '@harmonium/api/ids';
import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { ChannelServerEvent } from '../contract/server-event.ts';
import type { ChannelPublish } from '../contract/publish.ts';
import { messageOf, say, type Conversations } from './testing/conversations.ts';
import { channelTicket, someId, someone } from './testing/people.ts';

/** What services find out about messages. */
export function channelAnnotations(talks: Conversations): void {
  const page = (url: string): Embed => ({ url, title: 'A page' });

  function annotate(id: Snowflake, rest: Omit<ChannelPublish & { type: 'annotate' }, 'type'>) {
    return talks.world.rooms.publisher.publish('main', id, [{ type: 'annotate', ...rest }]);
  }

  test('previews come to a message, are told once, and stay', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'see https://example.org/');
    const list = [page('https://example.org/')];
    const found = { id, embeds: { of: null, list } };
    expect(await annotate(talk.id, found)).toEqual([{ ok: true }]);
    const told = await talk.bob.next('message.updated');
    expect(messageOf(told)).toMatchObject({ id, embeds: list, editedAt: null });
    expect(ChannelServerEvent.safeParse(told).error).toBeUndefined();
    await annotate(talk.id, found);
    await talk.bob.settled();
    expect(talk.bob.all('message.updated')).toHaveLength(1);
    await talks.world.rooms.restart();
    const back = await talks.world.enter(talk.here.bob);
    expect(back.all('ready')[0]).toMatchObject({ history: [{ id, embeds: list }] });
    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(id)?.embeds).toEqual(list);
  });

  test('previews of words that were changed meanwhile are dropped; an edit keeps those of its links', async () => {
    const talk = await talks.begin();
    const [one, two] = ['https://one.org/', 'https://two.org/'];
    const { id } = await say(talk.ada, `${one} ${two}`);
    await annotate(talk.id, { id, embeds: { of: null, list: [page(one), page(two)] } });
    talk.ada.send({ type: 'message.edit', id, content: two });
    const edited = messageOf(await talk.bob.next('message.edited'));
    expect(edited.embeds).toEqual([page(two)]);
    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(id)?.embeds).toEqual([page(two)]);
    const late = { id, embeds: { of: null, list: [page(one)] } };
    expect(await annotate(talk.id, late)).toEqual([{ ok: true }]);
    await talk.bob.settled();
    expect(talk.bob.all('message.updated')).toHaveLength(1);
    await annotate(talk.id, { id, embeds: { of: edited.editedAt, list: [] } });
    expect(messageOf(await talk.bob.next('message.updated')).embeds).toEqual([]);
  });

  test('a thread begins with a message once, also with one that only api has', async () => {
    const talk = await talks.begin();
    const old = talks.store(talk.id);
    const threadId = someId();
    expect(await annotate(talk.id, { id: old.id, threadId })).toEqual([{ ok: true }]);
    const told = messageOf(await talk.bob.next('message.updated'));
    expect(told).toMatchObject({ id: old.id, threadId, content: 'long ago' });
    expect(await annotate(talk.id, { id: old.id, threadId })).toEqual([{ ok: true }]);
  });

  test('of two threads of a message the younger one holds: the other was deleted', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'where do we eat?');
    const [first, second] = [someId(), someId()];
    await annotate(talk.id, { id, threadId: first });
    expect(await annotate(talk.id, { id, threadId: second })).toEqual([{ ok: true }]);
    await talk.bob.next('message.updated', (told) => messageOf(told).threadId === second);
    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(id)?.threadId).toBe(second);
    const late = await annotate(talk.id, { id, threadId: first });
    expect(late).toMatchObject([{ ok: false, code: 'invalid' }]);
  });

  test('of what is removed, or never was, nothing is found out', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'https://example.org/');
    talk.ada.send({ type: 'message.remove', id });
    await talk.bob.next('message.removed');
    for (const gone of [id, someId()]) {
      const [answer] = await annotate(talk.id, { id: gone, embeds: { of: null, list: [] } });
      expect(answer).toMatchObject({ ok: false, code: 'not_found' });
    }
  });

  test('api is told whether an author may have links shown, and nobody else is', async () => {
    const talk = await talks.begin();
    const { api } = talks.world.rooms;
    const permissions = String(DEFAULT_EVERYONE & ~Permission.EMBED_LINKS);
    const bound = await talks.world.enter(channelTicket(someone('cy'), talk.id, { permissions }));
    const shown = await say(talk.ada, 'https://example.org/');
    const plain = await say(talk.ada, 'no link');
    const hidden = await say(bound, 'https://example.org/');
    talk.ada.send({ type: 'message.edit', id: plain.id, content: 'http://example.org/' });
    await talk.bob.next('message.edited');
    const entries = () =>
      api.stored
        .filter(({ op }) => op === 'create' || op === 'edit')
        .map((entry) => [entry.op === 'create' ? entry.message.id : 'edit', previewsOf(entry)])
        .filter(([id]) => [shown.id, plain.id, hidden.id].includes(id as Snowflake));
    await expect.poll(entries).toEqual([
      [shown.id, true],
      [plain.id, undefined],
      [hidden.id, undefined],
    ]);
    await expect
      .poll(() =>
        api.stored.some(
          (entry) => entry.op === 'edit' && entry.id === plain.id && entry.previews === true,
        ),
      )
      .toBe(true);
    await talks.world.rooms.restart();
    const replayed = await talks.world.enter(talk.here.bob, 0);
    expect(JSON.stringify(replayed.heard)).not.toContain('previews');
  });
}

function previewsOf(entry: object): unknown {
  return 'previews' in entry ? entry.previews : undefined;
}
