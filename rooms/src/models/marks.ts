import type { Message, Reaction } from '@harmonium/api/message';
import { isMessageRecord, type ChannelRecord } from '../../contract/server-event.ts';

/** What is on messages, naively: who chose what, and what is pinned. */
export class Marks {
  /** `<message> <emoji>`, and who. */
  readonly #chosen = new Map<string, Set<string>>();
  /** The youngest pin first. */
  pins: string[] = [];

  people(messageId: string, emoji: string): ReadonlySet<string> {
    return this.#chosen.get(`${messageId} ${emoji}`) ?? new Set();
  }

  /** All that is on a message, by emoji. */
  on(messageId: string): [emoji: string, people: string[]][] {
    return [...this.#chosen]
      .filter(([key, { size }]) => key.startsWith(`${messageId} `) && size > 0)
      .map(([key, people]) => [key.split(' ')[1] ?? '', [...people].sort()]);
  }

  apply(record: ChannelRecord): void {
    if (record.type === 'message.removed') this.#forget([record.message.id]);
    else if (record.type === 'messages.removed') this.#forget(record.ids);
    if (isMessageRecord(record) || record.type === 'messages.removed') return;
    const { messageId: id } = record;
    if (record.type === 'pin.changed') {
      const others = this.pins.filter((other) => other !== id);
      this.pins = record.pinned ? [id, ...others] : others;
      return;
    }
    const key = `${id} ${record.emoji}`;
    const people = new Set(this.#chosen.get(key));
    if (record.added) people.add(record.userId);
    else people.delete(record.userId);
    this.#chosen.set(key, people);
  }

  #forget(ids: readonly string[]): void {
    for (const key of this.#chosen.keys()) {
      if (ids.includes(key.split(' ')[0] ?? '')) this.#chosen.delete(key);
    }
  }
}

/** What one reader was told of the emoji on messages: counts, and whether they are among them. */
export class Tally {
  readonly #counts = new Map<string, { count: number; me: boolean }>();

  constructor(history: readonly Message[]) {
    for (const { id, reactions = [] } of history) {
      for (const { emoji, count, me } of reactions)
        this.#counts.set(`${id} ${emoji}`, { count, me });
    }
  }

  apply(record: ChannelRecord & { type: 'reaction.changed' }, reader: string): void {
    const key = `${record.messageId} ${record.emoji}`;
    const me = record.userId === reader ? record.added : (this.#counts.get(key)?.me ?? false);
    if (record.count === 0) this.#counts.delete(key);
    else this.#counts.set(key, { count: record.count, me });
  }

  on(messageId: string): Reaction[] {
    return [...this.#counts]
      .filter(([key]) => key.startsWith(`${messageId} `))
      .map(([key, { count, me }]) => ({ emoji: key.split(' ')[1] ?? '', count, me }));
  }
}

/** In one order: it depends on when somebody came to look. */
export function sorted(reactions: readonly Reaction[]): Reaction[] {
  return reactions.toSorted((one, other) => (one.emoji < other.emoji ? -1 : 1));
}
