import type { Attachment } from '@harmonium/api/attachment';
import type { Snowflake } from '@harmonium/api/ids';
import { DEFAULT_EVERYONE, Permission } from '@harmonium/api/permissions';
import { expect, test } from 'vitest';
import { messageOf, send, type Conversations } from './testing/conversations.ts';
import { channelTicket, someId, someone } from './testing/people.ts';

/** Files that come with messages. */
export function channelFiles(talks: Conversations): void {
  const { ada, bob } = talks;
  const file = (name: string): Attachment => ({ id: someId(), name, size: 3, type: 'text/plain' });
  const signed = (channelId: Snowflake, userId: Snowflake, attachment: Attachment) =>
    talks.world.rooms.tickets.issueAttachment({ channelId, userId, attachment });

  test('a message has the files that its sender was given tickets for, with words or without', async () => {
    const talk = await talks.begin();
    const [one, two] = [file('one.txt'), file('two.txt')];
    const attachments = [await signed(talk.id, ada.id, one), await signed(talk.id, ada.id, two)];
    const sent = await send(talk.ada, { attachments });
    expect(sent).toMatchObject({ content: '', attachments: [one, two] });
    expect(messageOf(await talk.bob.next('message.created'))).toEqual(sent);
    const { api } = talks.world.rooms;
    await expect.poll(() => api.messages.get(sent.id)?.attachments).toEqual([one, two]);
  });

  test("no ticket of somebody else's, for elsewhere or altered counts, and none twice", async () => {
    const talk = await talks.begin();
    const mine = await signed(talk.id, ada.id, file('mine'));
    const wrong = [
      [await signed(talk.id, bob.id, file('his'))],
      [await signed(someId(), ada.id, file('elsewhere'))],
      [`${mine}x`],
      ['nothing'],
      [(await talks.world.rooms.tickets.issue(talk.here.ada, 60)).ticket],
      [mine, mine],
    ];
    for (const [at, attachments] of wrong.entries()) {
      const nonce = `n${at}`;
      talk.ada.send({ type: 'message.send', nonce, content: 'x', attachments });
      expect(await talk.ada.next('rejected')).toMatchObject({ nonce, code: 'invalid' });
    }
    const sent = await send(talk.ada, { attachments: [mine] });
    await talks.world.rooms.restart();
    const back = await talks.world.enter(talk.here.ada);
    back.send({ type: 'message.send', nonce: 'again', content: 'x', attachments: [mine] });
    expect(await back.next('rejected')).toMatchObject({ nonce: 'again', code: 'invalid' });
    expect(back.all('ready')[0]).toMatchObject({ history: [sent] });
  });

  test('sending files needs the right to', async () => {
    const talk = await talks.begin();
    const cy = someone('cy');
    const permissions = String(DEFAULT_EVERYONE & ~Permission.ATTACH_FILES);
    const bound = await talks.world.enter(channelTicket(cy, talk.id, { permissions }));
    const attachments = [await signed(talk.id, cy.id, file('x'))];
    bound.send({ type: 'message.send', nonce: 'n', content: 'x', attachments });
    expect(await bound.next('rejected')).toMatchObject({ code: 'missing_permission' });
  });

  test('what one person sends comes in the order sent, whatever has to be looked at', async () => {
    const talk = await talks.begin();
    const old = talks.store(talk.id);
    const attachments = [await signed(talk.id, ada.id, file('x'))];
    const drafts = [{ attachments }, {}, { replyTo: old.id }, {}];
    for (const [at, draft] of drafts.entries()) {
      talk.ada.send({ type: 'message.send', nonce: `n${at}`, content: `${at}`, ...draft });
    }
    await talk.bob.next('message.created', (event) => event['nonce'] === 'n3');
    const heard = talk.bob.all('message.created').map((event) => messageOf(event).content);
    expect(heard).toEqual(['0', '1', '2', '3']);
  });

  test('the files of a removed message are in no replay and no snapshot', async () => {
    const talk = await talks.begin();
    const attachments = [await signed(talk.id, ada.id, file('secret.txt'))];
    const { id } = await send(talk.ada, { attachments });
    talk.ada.send({ type: 'message.remove', id });
    await talk.bob.next('message.removed');
    for (const since of [0, undefined]) {
      const client = await talks.world.enter(talk.here.bob, since);
      expect(JSON.stringify(client.heard)).not.toContain('secret.txt');
    }
  });
}
