import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import { expect } from 'vitest';
import { HISTORY_LENGTH } from '../../contract/limits.ts';
import type { Stand } from '../testing/stands.ts';
import { bury, type Ledger } from './ledger.ts';

/** Who reads what api has, and what the room says that it lacks, reads everything. */
export async function attestPage(
  stand: Stand,
  channelId: Snowflake,
  ledger: Ledger,
): Promise<void> {
  const ask = { type: 'undrained', first: 'newest', limit: HISTORY_LENGTH } as const;
  const [answer] = await stand.publisher.publish('main', channelId, [ask]);
  if (answer?.ok !== true) return expect.unreachable();
  const page = new Map(stand.api.of(channelId).map((message) => [message.id, message]));
  for (const message of answer.messages?.toReversed() ?? []) {
    const stored = page.get(message.id);
    const isYounger = (stored?.editedAt ?? '') > (message.editedAt ?? '');
    if (stored?.removedAt === null && !isYounger) page.set(message.id, message);
    else if (stored === undefined) page.set(message.id, message);
  }
  for (const { id, removedAt } of answer.removed ?? []) bury(page, { ids: [id], removedAt });
  const messages = [...page.values()].sort((one, other) => compareSnowflakes(one.id, other.id));
  const newest = ledger.messages.slice(-HISTORY_LENGTH);
  expect(messages.slice(-HISTORY_LENGTH)).toEqual(newest);
  for (const { id, removedAt } of newest) {
    if (removedAt !== null) continue;
    const told = answer.reactions?.find(({ messageId }) => messageId === id);
    const { reactions } = told ?? stand.api.reactionsOn(id);
    const people = reactions.map((each) => [each.emoji, each.userIds.toSorted()]);
    expect(Object.fromEntries(people)).toEqual(Object.fromEntries(ledger.marks.on(id)));
  }
}
