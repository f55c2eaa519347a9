import type { Message } from '@harmonium/api/message';
import { Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { messageOf, say, send, type Conversations } from './testing/conversations.ts';
import { channelTicket, EVERYTHING_USUAL, someId, someone } from './testing/people.ts';

/** What answers something, and whom words name. */
export function channelReplies(talks: Conversations): void {
  const { ada, bob } = talks;
  const nobody = (message: Message) => expect(message).not.toHaveProperty('mentions');

  test('an answer names the author of what it answers, unless it is quiet or answers itself', async () => {
    const talk = await talks.begin();
    const question = await say(talk.ada, 'what?');
    const answer = await send(talk.bob, { content: 'that', replyTo: question.id });
    expect(answer).toMatchObject({
      replyTo: question.id,
      mentions: { users: [ada.id], roles: [], everyone: false },
    });
    expect(
      messageOf(await talk.ada.next('message.created', (e) => messageOf(e).id === answer.id)),
    ).toEqual(answer);
    nobody(await send(talk.bob, { content: 'psst', replyTo: question.id, quiet: true }));
    nobody(await send(talk.ada, { content: 'I mean', replyTo: question.id }));
  });

  test('an answer to what is no message of the channel is refused', async () => {
    const talk = await talks.begin();
    await say(talk.ada, 'hello');
    const beyond = String((1n << 62n) + 1n);
    for (const replyTo of [someId(), beyond]) {
      talk.bob.send({ type: 'message.send', nonce: replyTo, content: 'x', replyTo });
      expect(await talk.bob.next('rejected')).toMatchObject({ nonce: replyTo, code: 'invalid' });
    }
  });

  test('what was removed can be answered, and names nobody', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, 'hello');
    talk.ada.send({ type: 'message.remove', id });
    await talk.bob.next('message.removed');
    const answer = await send(talk.bob, { content: 'oh', replyTo: id });
    expect(answer.replyTo).toBe(id);
    nobody(answer);
  });

  test('an older message is looked up, and what is sent after the answer comes after it', async () => {
    const talk = await talks.begin();
    const old = talks.store(talk.id);
    talk.bob.send({ type: 'message.send', nonce: '1', content: 'first', replyTo: old.id });
    talk.bob.send({ type: 'message.send', nonce: '2', content: 'second' });
    talk.bob.send({ type: 'message.send', nonce: '3', content: 'third', replyTo: old.id });
    await talk.ada.next('message.created', (event) => event['nonce'] === '3');
    const heard = talk.ada.all('message.created');
    expect(heard.map((event) => event['nonce'])).toEqual(['1', '2', '3']);
    const [first] = heard.map(messageOf);
    expect(first).toMatchObject({ replyTo: old.id, mentions: { users: [ada.id] } });
  });

  test('while api is away older messages are answered, and name nobody', async () => {
    const talk = await talks.begin();
    const old = talks.store(talk.id);
    const { api } = talks.world.rooms;
    api.down = true;
    try {
      const answer = await send(talk.bob, { content: 'yes', replyTo: old.id });
      expect(answer.replyTo).toBe(old.id);
      nobody(answer);
    } finally {
      api.down = false;
    }
  });

  test('words name people and roles; everyone only by who may', async () => {
    const talk = await talks.begin();
    const role = someId();
    const named = await say(talk.ada, `<@${bob.id}> and <@&${role}>, @everyone`);
    expect(named.mentions).toEqual({ users: [bob.id], roles: [role], everyone: false });
    nobody(await say(talk.ada, `@here \`<@${bob.id}>\``));
    const permissions = String(BigInt(EVERYTHING_USUAL) | Permission.MENTION_EVERYONE);
    const loud = await talks.world.enter(channelTicket(someone('cy'), talk.id, { permissions }));
    expect((await say(loud, '@here')).mentions).toEqual({ users: [], roles: [], everyone: true });
  });

  test('an edit names whom its words name, and whom it answers as before', async () => {
    const talk = await talks.begin();
    const cy = someone('cy');
    const question = await say(talk.ada, 'what?');
    const { id } = await send(talk.bob, { content: `<@${cy.id}>`, replyTo: question.id });
    talk.bob.send({ type: 'message.edit', id, content: `<@${bob.id}>` });
    const edited = messageOf(await talk.ada.next('message.edited'));
    expect(edited.mentions?.users).toEqual([ada.id, bob.id]);
    expect(edited.replyTo).toBe(question.id);
    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(id)?.mentions?.users).toEqual([ada.id, bob.id]);
  });

  test('what is removed names nobody any more, in no replay and not in api', async () => {
    const talk = await talks.begin();
    const { id } = await say(talk.ada, `<@${bob.id}>`);
    talk.ada.send({ type: 'message.remove', id });
    nobody(messageOf(await talk.bob.next('message.removed')));
    const replayed = await talks.world.enter(talk.here.bob, 0);
    expect(JSON.stringify(replayed.all('message.created'))).not.toContain('mentions');
    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(id)?.removedAt).toBeTruthy();
    expect(api.messages.get(id)).not.toHaveProperty('mentions');
  });
}
