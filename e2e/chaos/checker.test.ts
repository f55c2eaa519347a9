import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { describe, expect, test } from 'vitest';
import { check, isClean } from './checker.ts';
import type { Entry, Testimony } from './record.ts';

const LENGTH = 6;
const idOf = (at: number) => String(1000 + at) as Snowflake; // As rooms make them.

function message(at: number, rest: Partial<Message> = {}): Message {
  const author = { id: idOf(500), username: 'a', avatar: null };
  const createdAt = new Date(at * 1000).toISOString();
  return {
    id: idOf(at),
    channelId: idOf(0),
    author,
    content: `said ${at}`,
    createdAt,
    editedAt: null,
    removedAt: null,
    ...rest,
  };
}

function created(seq: number, what = message(seq)): Entry {
  return { kind: 'event', type: 'message.created', seq, message: what };
}

/** Two who were there all the time; the first one wrote it all. */
function talk(): { a: Testimony; b: Testimony; stored: Message[] } {
  const places = Array.from({ length: LENGTH }, (_, at) => at + 1);
  const entries: Entry[] = [{ kind: 'snapshot', seq: 0 }, ...places.map((seq) => created(seq))];
  const view = places.map((at) => message(at));
  const sayings = view.map(({ id, content }) => ({ nonce: `nonce-${id}`, content, id }));
  return {
    a: { name: 'a', entries, view, sayings },
    b: { name: 'b', entries, view, sayings: [] },
    stored: view,
  };
}

describe('the checker of what everybody saw', () => {
  test('has nothing to say where all saw the same', () => {
    const { a, b, stored } = talk();
    expect(isClean(check([a, b], stored))).toBe(true);
  });

  test('misses a message that was acknowledged and is not stored', () => {
    const { a, b, stored } = talk();
    const { lost } = check([a, b], stored.toSpliced(2, 1));
    expect(lost).toEqual(['1003 was acknowledged and is not stored']);
  });

  test('misses a reaction that somebody saw and that is not stored', () => {
    const { a, b, stored } = talk();
    const view = a.view.with(2, { ...message(3), reacted: 2 });
    const rows = [...stored.slice(0, 2), { ...message(3), reacted: 1 }, ...stored.slice(3)];
    const { altered } = check(
      [
        { ...a, view },
        { ...b, view },
      ],
      rows,
    );
    expect(altered).toEqual([
      'a sees 1003 as “said 3” (2 reacted), not “said 3” (1 reacted)',
      'b sees 1003 as “said 3” (2 reacted), not “said 3” (1 reacted)',
    ]);
  });

  test('misses an answer that never came', () => {
    const { a, b, stored } = talk();
    const sayings = [...a.sayings, { nonce: 'unheard', content: 'Hello?' }];
    const { lost } = check([{ ...a, sayings }, b], stored);
    expect(lost).toEqual(['a was never answered about unheard']);
  });

  test('misses a message in one client’s view', () => {
    const { a, b, stored } = talk();
    const { lost } = check([a, { ...b, view: b.view.toSpliced(0, 1) }], stored);
    expect(lost).toEqual(['b does not see 1001']);
  });

  test('sees a message that is stored twice under two ids', () => {
    const { a, b, stored } = talk();
    const again = message(7, { content: 'said 6' });
    const { doubled } = check([a, b], [...stored, again]);
    expect(doubled).toEqual(['1007 is stored, and nobody was told so who wrote it']);
  });

  test('sees a message that one client shows twice', () => {
    const { a, b, stored } = talk();
    const { doubled } = check([a, { ...b, view: [...b.view, message(6)] }], stored);
    expect(doubled).toEqual(['b sees 1006 twice']);
  });

  test('sees an event that was applied a second time', () => {
    const { a, b, stored } = talk();
    const { doubled } = check([a, { ...b, entries: [...b.entries, created(6)] }], stored);
    expect(doubled).toEqual(['b was shown 6 again after 6']);
  });

  test('sees one answer that two writers were given', () => {
    const { a, b, stored } = talk();
    const sayings = [{ nonce: 'mine', content: 'said 3', id: idOf(3) }];
    const { doubled } = check([a, { ...b, sayings }], stored);
    expect(doubled).toEqual(['1003 is the answer to two who wrote']);
  });

  test('sees two messages that changed places for one client', () => {
    const { a, b, stored } = talk();
    const swapped = b.entries.with(3, created(3, message(4))).with(4, created(4, message(3)));
    const { disordered } = check([a, { ...b, entries: swapped }], stored);
    expect(disordered).toEqual([
      'b heard 1004 as 3, others another',
      'b heard 1003 as 4, others another',
    ]);
  });

  test('sees two messages that changed places on one screen', () => {
    const { a, b, stored } = talk();
    const view = b.view.with(2, message(4)).with(3, message(3));
    const { disordered } = check([a, { ...b, view }], stored);
    expect(disordered).toEqual(['b sees 1003 below 1004']);
  });

  test('sees an id that is younger than what came after it', () => {
    const { a, b, stored } = talk();
    const entries = a.entries.with(3, created(3, message(4))).with(4, created(4, message(3)));
    const everyone = [
      { ...a, entries },
      { ...b, entries },
    ];
    const { disordered } = check(everyone, stored);
    expect(disordered).toEqual(['1003 came as 4, after 1004']);
  });

  test('sees the gap in a replay, and not the one that a snapshot stands for', () => {
    const { a, b, stored } = talk();
    const holed = b.entries.toSpliced(3, 1);
    expect(check([a, { ...b, entries: holed }], stored).gaps).toEqual(['b heard 4 after 2']);
    const short: Entry[] = [...a.entries.slice(0, 3), { kind: 'resumed', from: 2, to: 6 }];
    expect(check([a, { ...b, entries: short }], stored).gaps).toEqual([
      'b was resumed to 6 and is at 2',
    ]);
    const skipped: Entry[] = [...a.entries.slice(0, 3), { kind: 'snapshot', seq: 6 }];
    expect(isClean(check([a, { ...b, entries: skipped }], stored))).toBe(true);
  });

  test('sees other words, in the database, on a screen and in an event', () => {
    const { a, b, stored } = talk();
    const other = message(3, { content: 'never said' });
    expect(check([a, b], stored.with(2, other)).altered).toContain(
      '1003 was left as “said 3” and is stored as “never said”',
    );
    expect(check([a, { ...b, view: b.view.with(2, other) }], stored).altered).toEqual([
      'b sees 1003 as “never said”, not “said 3”',
    ]);
    const entries = b.entries.with(3, created(3, other));
    expect(check([a, { ...b, entries }], stored).altered).toEqual([
      'b heard 3 in other words than others',
    ]);
  });

  test('sees a removal that was taken back, and an edit that was', () => {
    const { a, b, stored } = talk();
    const removal = { nonce: 'away', content: undefined, id: idOf(3) };
    const { altered } = check([{ ...a, sayings: [...a.sayings, removal] }, b], stored);
    expect(altered).toEqual(['1003 was left as removed and is stored as “said 3”']);
    const editedAt = new Date(9000).toISOString();
    const { altered: undone } = check([a, b], stored.with(2, message(3, { editedAt })));
    expect(undone).toHaveLength(2);
  });
});
