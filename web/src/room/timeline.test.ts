import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelRecord, MessageRecord, MessagesRemoved } from '@harmonium/rooms/server-event';
import { created, message, messages, mirela } from './testing/messages.ts';
import { withFreshPage, withOlderPage } from './stretch.ts';
import { emptyTimeline, withRecord as recorded, withResumed, withSnapshot } from './timeline.ts';
import type { Timeline } from './timeline.ts';

const withRecord = (timeline: Timeline, record: ChannelRecord): Timeline =>
  recorded(timeline, record, mirela.id);
const texts = (timeline: Timeline) => timeline.messages.map((each) => each.content);
const open = (from: number, to: number, seq = to): Timeline =>
  withSnapshot(emptyTimeline, { seq, history: messages(from, to), complete: from === 1, pins: [] });

describe('what a reader sees', () => {
  test('a message that comes twice is shown once', () => {
    const once = withRecord(open(1, 3), created(4, 4));
    expect(texts(withRecord(once, created(4, 4)))).toEqual(['1', '2', '3', '4']);
  });

  test('a replayed creation does not undo an edit', () => {
    const edited: MessageRecord = {
      type: 'message.edited',
      seq: 5,
      message: message(4, { content: 'better' }),
    };
    const timeline = withRecord(withRecord(open(1, 3), created(4, 4)), edited);
    expect(texts(withRecord(timeline, created(4, 4)))).toEqual(['1', '2', '3', 'better']);
  });

  test('an edit that was overtaken by a later one changes nothing', () => {
    const edit = (seq: number, content: string): MessageRecord => ({
      type: 'message.edited',
      seq,
      message: message(2, { content }),
    });
    const timeline = withRecord(open(1, 3), edit(5, 'second'));
    expect(texts(withRecord(timeline, edit(4, 'first')))).toEqual(['1', 'second', '3']);
  });

  test('a removed message keeps its place', () => {
    const removed = message(2, { content: '', removedAt: '2026-11-23T12:00:00.000Z' });
    const timeline = withRecord(open(1, 3), { type: 'message.removed', seq: 4, message: removed });
    expect(timeline.messages[1]).toEqual(removed);
  });

  test('many removed at once keep their places, and come back with no replay', () => {
    const at = '2026-11-23T12:00:00.000Z';
    const before = { ...message(1), content: '', removedAt: '2026-11-23T11:00:00.000Z' };
    const purge: MessagesRemoved = {
      type: 'messages.removed',
      seq: 5,
      // One that is not held here, too.
      ids: [message(1), message(3), message(99)].map(({ id }) => id),
      removedAt: at,
    };
    const held = withRecord(open(1, 3), { type: 'message.removed', seq: 4, message: before });
    const timeline = withRecord(withRecord(held, purge), created(3, 3));
    expect(timeline.seq).toBe(5);
    expect(texts(timeline)).toEqual(['', '2', '']);
    expect(timeline.messages.map(({ removedAt }) => removedAt)).toEqual([
      before.removedAt,
      null,
      at,
    ]);
    expect(withRecord(timeline, purge)).toEqual(timeline);
  });

  test('an answer to a message sent before a long absence finds its place', () => {
    const timeline = open(10, 12, 30);
    const late: MessageRecord = { ...created(11, 11), message: message(11, { content: 'late' }) };
    expect(texts(withRecord(timeline, late))).toEqual(['10', '11', '12']);
    expect(texts(withRecord(timeline, created(5, 5)))).toEqual(['10', '11', '12']);
  });
});

describe('history', () => {
  test('an older page goes before what is there, oldest first', () => {
    const timeline = withOlderPage(open(51, 53), messages(1, 50).toReversed(), 50);
    expect(texts(timeline).slice(0, 2)).toEqual(['1', '2']);
    expect(timeline.messages).toHaveLength(53);
    expect(timeline.complete).toBe(false);
  });

  test('a short page is the beginning of the channel', () => {
    expect(withOlderPage(open(3, 5), messages(1, 2).toReversed(), 50).complete).toBe(true);
  });

  test('a page asked for twice is shown once', () => {
    const page = messages(1, 50).toReversed();
    const once = withOlderPage(open(51, 53), page, 50);
    expect(withOlderPage(once, page, 50).messages).toHaveLength(53);
  });
});

describe('after a long absence', () => {
  test('a snapshot that meets what is held keeps the older pages', () => {
    const held = withOlderPage(open(51, 60), messages(1, 50).toReversed(), 50);
    const timeline = withSnapshot(held, {
      seq: 70,
      history: messages(55, 70),
      complete: false,
      pins: [],
    });
    expect(texts(timeline)).toEqual(messages(1, 70).map((each) => each.content));
  });

  test('a snapshot that does not meet it drops them rather than leave a hole', () => {
    const timeline = withSnapshot(open(1, 10), {
      seq: 90,
      history: messages(41, 90),
      complete: false,
      pins: [],
    });
    expect(texts(timeline)[0]).toBe('41');
    expect(timeline.complete).toBe(false);
  });

  test('older pages are put right where they were edited meanwhile', () => {
    const held = withOlderPage(open(51, 60), messages(1, 50).toReversed(), 50);
    const page = messages(1, 50).with(9, message(10, { content: 'edited' }));
    const timeline = withFreshPage(held, message(51).id, page.toReversed());
    expect(timeline.messages).toHaveLength(60);
    expect(texts(timeline)[9]).toBe('edited');
    expect(withFreshPage(open(51, 60), message(51).id, page.toReversed()).messages).toHaveLength(
      10,
    );
  });

  test('a resume moves on to where the room is', () => {
    expect(withResumed(open(1, 3), 9).seq).toBe(9);
  });
});

test('however a replay overlaps, everyone ends with the same lines in the same order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 12 }),
      (last, replays) => {
        const records = Array.from({ length: last }, (_, index) => created(index + 1, index + 1));
        let timeline: Timeline = { ...emptyTimeline, seq: 0, complete: true };
        for (const [from, length] of replays) {
          // A room replays from where the client says it is, or further back: never with a gap.
          const start = Math.min(from, timeline.seq ?? 0);
          timeline = records
            .slice(start, start + length)
            .reduce((state, record) => withRecord(state, record), timeline);
        }
        timeline = records
          .slice(timeline.seq ?? 0)
          .reduce((state, record) => withRecord(state, record), timeline);
        expect(texts(timeline)).toEqual(records.map((record) => record.message.content));
      },
    ),
  );
});
