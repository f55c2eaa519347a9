import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelRecord } from '@harmonium/rooms/server-event';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHistory } from './history.ts';
import type { PagePlace } from './history.ts';
import { message, mirela } from './testing/messages.ts';

const NEWEST = 50;
const idOf = (number: number): Snowflake => message(number).id;
const numberOf = (id: string): number => Number(id) - 1000;

/** A channel as api and its room have it: what was said, edited and reacted to, in one order. */
class Channel {
  readonly messages: Message[];
  seq: number;

  constructor(count: number) {
    this.messages = Array.from({ length: count }, (_, index) => message(index + 1));
    this.seq = count;
  }

  page(place: PagePlace, limit: number): Message[] {
    const all = this.messages.toReversed();
    if ('before' in place) {
      return all.filter(({ id }) => numberOf(id) < numberOf(place.before)).slice(0, limit);
    }
    if ('after' in place) {
      return all.filter(({ id }) => numberOf(id) > numberOf(place.after)).slice(-limit);
    }
    const half = Math.ceil(limit / 2);
    const upTo = all.filter(({ id }) => numberOf(id) <= numberOf(place.around)).slice(0, half);
    return [...this.page({ after: place.around }, limit - half), ...upTo];
  }

  snapshot() {
    const history = this.messages.slice(-NEWEST);
    return { seq: this.seq, history, complete: this.messages.length <= NEWEST, pins: [] };
  }

  say(): ChannelRecord {
    const said = message(this.messages.length + 1);
    this.messages.push(said);
    return { type: 'message.created', seq: ++this.seq, message: said };
  }

  edit(number: number): ChannelRecord {
    const at = number % this.messages.length;
    const before = this.messages[at] ?? message(1);
    const edited = { ...before, content: `${before.content}'` };
    this.messages[at] = edited;
    const { reactions: _, ...told } = edited;
    return { type: 'message.edited', seq: ++this.seq, message: told };
  }

  react(number: number): ChannelRecord {
    const at = number % this.messages.length;
    const before = this.messages[at] ?? message(1);
    const count = (before.reactions?.[0]?.count ?? 0) + 1;
    this.messages[at] = { ...before, reactions: [{ emoji: '👍', count, me: false }] };
    const told = { messageId: before.id, emoji: '👍', userId: idOf(0), added: true, count };
    return { type: 'reaction.changed', seq: ++this.seq, at: before.createdAt, ...told };
  }
}

/** A reader of a channel whose pages arrive when the test lets them. */
function reader(channel: Channel) {
  const underWay: (() => void)[] = [];
  const history = createHistory({
    me: () => mirela,
    page: (place, limit) => {
      const page = channel.page(place, limit);
      return new Promise((resolve) => underWay.push(() => resolve(page)));
    },
    byIds: (ids) => Promise.resolve(channel.messages.filter(({ id }) => ids.includes(id))),
  });
  history.snapshot(channel.snapshot());
  return {
    history,
    async arrive(): Promise<void> {
      for (const each of underWay.splice(0)) each();
      for (let turns = 0; turns < 12; turns++) await Promise.resolve();
    },
  };
}

const numbers = (messages: readonly Message[]) => messages.map(({ id }) => numberOf(id));

describe('a reader away from the newest end', () => {
  test('jumps to a message that is not loaded, and reads on down to the end without a hole', async () => {
    const { history, arrive } = reader(new Channel(300));
    const jump = history.jump(idOf(80));
    await arrive();
    expect(await jump).toBe('shown');
    expect(history.isElsewhere()).toBe(true);
    while (history.isElsewhere()) {
      void history.loadNewer();
      await arrive();
    }
    const [first = 0] = numbers(history.shown().messages);
    expect(first).toBeLessThanOrEqual(80);
    expect(numbers(history.shown().messages)).toEqual(
      Array.from({ length: 301 - first }, (_, index) => first + index),
    );
  });

  test('is told where a message is not there any more', async () => {
    const { history, arrive } = reader(new Channel(300));
    const jump = history.jump(idOf(5_000));
    await arrive();
    expect(await jump).toBe('missing');
    expect(history.isElsewhere()).toBe(false);
  });

  test('sees edits and reactions there, and what is new only at the end', async () => {
    const channel = new Channel(300);
    const { history, arrive } = reader(channel);
    void history.jump(idOf(80));
    await arrive();
    for (const record of [channel.edit(79), channel.react(79), channel.say()]) {
      history.record(record);
    }
    const shown = history.shown().messages.find(({ id }) => id === idOf(80));
    expect(shown?.content).toBe("80'");
    expect(shown?.reactions).toEqual([{ emoji: '👍', count: 1, me: false }]);
    expect(numbers(history.shown().messages)).not.toContain(301);
    history.toPresent();
    expect(numbers(history.shown().messages).at(-1)).toBe(301);
  });

  test('an edit that falls between a page and its arrival is not lost', async () => {
    const channel = new Channel(300);
    const { history, arrive } = reader(channel);
    void history.loadOlder();
    history.record(channel.edit(240));
    await arrive();
    expect(history.shown().messages.find(({ id }) => id === idOf(241))?.content).toBe("241'");
  });

  test('reading far up lets go of what is far below, and memory stays bounded', async () => {
    const { history, arrive } = reader(new Channel(2_000));
    for (let pages = 0; pages < 30; pages++) {
      void history.loadOlder();
      await arrive();
      const [oldest] = history.shown().messages;
      if (oldest !== undefined) history.trim(oldest.id);
    }
    expect(history.shown().messages.length).toBeLessThanOrEqual(550);
    expect(history.timeline().messages).toHaveLength(50);
    expect(history.isElsewhere()).toBe(true);
  });
});

test('whatever one loads, jumps to and hears: no hole, no double, and all as it is', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom('older', 'newer', 'say', 'arrive', 'present' as const) }),
    fc.record({
      kind: fc.constantFrom('jump', 'edit', 'react', 'trim' as const),
      number: fc.nat(400),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.array(step), async (count, steps) => {
      const channel = new Channel(count);
      const { history, arrive } = reader(channel);
      for (const each of steps) {
        const number = 'number' in each ? each.number : 0;
        if (each.kind === 'older') void history.loadOlder();
        else if (each.kind === 'newer') void history.loadNewer();
        else if (each.kind === 'jump') void history.jump(idOf(number));
        else if (each.kind === 'present') history.toPresent();
        else if (each.kind === 'arrive') await arrive();
        else if (each.kind === 'trim') history.trim(idOf(number));
        else if (each.kind === 'say') history.record(channel.say());
        else if (each.kind === 'edit') history.record(channel.edit(number));
        else history.record(channel.react(number));
      }
      await arrive();
      for (const { messages } of [history.shown(), history.timeline()]) {
        const [first] = numbers(messages);
        expect(messages).toEqual(
          channel.messages.slice((first ?? 1) - 1).slice(0, messages.length),
        );
      }
      expect(numbers(history.timeline().messages).at(-1)).toBe(channel.messages.length);
    }),
    { numRuns: 300 },
  );
});
