import { describe, expect, test } from 'vitest';
import { channelId, message, mirela, tomas } from '../room/testing/messages.ts';
import { changedAtStart, rowsOf } from './rows.ts';
import type { Row } from './rows.ts';

const NONE: ReadonlyMap<string, string> = new Map();
const at = (hour: number, minute = 0, day = 23) =>
  new Date(2026, 10, day, hour, minute).toISOString();

function shape(rows: Row[]): string[] {
  return rows.map((row) => ('leads' in row ? `${row.kind}${row.leads ? '!' : ''}` : row.kind));
}

describe('the lines of a channel', () => {
  test('one author’s lines stand together for five minutes, then begin anew', () => {
    const messages = [
      message(1, { createdAt: at(12) }),
      message(2, { createdAt: at(12, 4) }),
      message(3, { createdAt: at(12, 10) }),
      message(4, { createdAt: at(12, 11), author: tomas }),
    ];
    const rows = rowsOf({ messages, pending: [], me: mirela, nonces: NONE });
    expect(shape(rows)).toEqual(['top', 'day', 'message!', 'message', 'message!', 'message!']);
  });

  test('a new day has a line of its own', () => {
    const messages = [
      message(1, { createdAt: at(23, 59, 22) }),
      message(2, { createdAt: at(0, 1) }),
    ];
    const rows = rowsOf({ messages, pending: [], me: mirela, nonces: NONE });
    expect(shape(rows)).toEqual(['top', 'day', 'message!', 'day', 'message!']);
  });

  test('a message keeps its row when the room confirms it', () => {
    const pending = { nonce: 'n', channelId, content: 'hello', writtenAt: Date.parse(at(12)) };
    const before = rowsOf({ messages: [], pending: [pending], me: mirela, nonces: NONE });
    const confirmed = message(1, { createdAt: at(12) });
    const after = rowsOf({
      messages: [confirmed],
      pending: [],
      me: mirela,
      nonces: new Map([[confirmed.id, 'n']]),
    });
    expect(after.map((row) => row.key)).toEqual(before.map((row) => row.key));
  });

  test('a slow clock does not put what is written now on an earlier day', () => {
    const pending = {
      nonce: 'n',
      channelId,
      content: 'hello',
      writtenAt: Date.parse(at(12, 0, 20)),
    };
    const rows = rowsOf({
      messages: [message(1, { createdAt: at(12) })],
      pending: [pending],
      me: mirela,
      nonces: NONE,
    });
    expect(shape(rows)).toEqual(['top', 'day', 'message!', 'pending']);
  });

  test('under the line that says what is new, and above what it answers, an author is named again', () => {
    const messages = [
      message(1, { createdAt: at(12) }),
      message(2, { createdAt: at(12) }),
      message(3, { createdAt: at(12), replyTo: message(1).id }),
      message(4, { createdAt: at(12) }),
    ];
    const content = { messages, pending: [], me: mirela, nonces: NONE, firstNew: message(2).id };
    const rows = rowsOf(content);
    expect(shape(rows)).toEqual(['top', 'day', 'message!', 'message!', 'message!', 'message']);
    expect(rows.filter((row) => 'isFirstNew' in row && row.isFirstNew)).toHaveLength(1);
  });

  test('away from the newest end nothing is being sent, and more follows', () => {
    const pending = [{ nonce: 'n', channelId, content: 'hello', writtenAt: Date.parse(at(12)) }];
    const content = { messages: [message(1)], pending, me: mirela, nonces: NONE };
    expect(shape(rowsOf({ ...content, isElsewhere: true }))).toEqual([
      'top',
      'day',
      'message!',
      'newer',
    ]);
  });

  test('rows before the others are told from rows after them', () => {
    const of = (...numbers: number[]) =>
      rowsOf({
        messages: numbers.map((number) => message(number)),
        pending: [],
        me: mirela,
        nonces: NONE,
      });
    expect(changedAtStart(of(3, 4), of(1, 2, 3, 4))).toBe(true);
    expect(changedAtStart(of(3, 4), of(3, 4, 5))).toBe(false);
    expect(changedAtStart(of(3, 4), of(8, 9, 10))).toBe(false);
    // Let go of at one end, or at the other.
    expect(changedAtStart(of(1, 2, 3, 4), of(3, 4))).toBe(true);
    expect(changedAtStart(of(1, 2, 3, 4), of(1, 2))).toBe(false);
  });
});
