import { compareSnowflakes, firstSnowflakeAt, type Snowflake } from '@harmonium/api/ids';
import type { EmojiKey } from '@harmonium/api/emoji';
import type { Message, MessageReactions } from '@harmonium/api/message';
import type { ReactionChanged } from '../contract/server-event.ts';
import type { Storage } from './host.ts';
import type { Older } from './past.ts';

/** People by emoji, both in the order in which they came. */
export type Chosen = ReadonlyMap<EmojiKey, ReadonlySet<Snowflake>>;
type Choices = Map<EmojiKey, Set<Snowflake>>;

/** The last event about one person's emoji on one message. */
interface Row {
  seq: number;
  emoji: EmojiKey;
  userId: Snowflake;
  added: boolean;
}

const PREFIX = 'reaction/';
const FROM = 'reactionsFrom';
const ID_DIGITS = 19;
const PAGE = 1_000;
/** Messages, and people on them, whose reactions are in memory beside those of the youngest. */
const MAX_MESSAGES = 500;
const MAX_PEOPLE = 100_000;

const NOBODY: Chosen = new Map();

/**
 * Who chose which emoji on which message. Of messages from `#from` on, storage has all of it: they
 * are answered without api. Of older ones it has what api may not have, which is laid over what api
 * answers. Memory has what was used last, and always what is on the youngest messages.
 */
export class Reactions {
  readonly #storage: Storage;
  readonly #ask: (id: Snowflake) => Promise<MessageReactions | undefined>;
  /** The oldest of the messages in a snapshot. */
  readonly #oldest: () => Snowflake | undefined;
  readonly #known = new Map<Snowflake, Choices>();
  readonly #loading = new Map<Snowflake, Promise<Chosen>>();
  /** Undefined: storage has the reactions of all messages. */
  #from: Snowflake | undefined;
  #people = 0;

  constructor(options: {
    storage: Storage;
    ask: (id: Snowflake) => Promise<MessageReactions | undefined>;
    oldest: () => Snowflake | undefined;
  }) {
    this.#storage = options.storage;
    this.#ask = options.ask;
    this.#oldest = options.oldest;
  }

  /** The log has started. */
  async start(): Promise<void> {
    this.#from = (await this.#storage.get(FROM)) as Snowflake | undefined; // Written below.
    const oldest = this.#oldest();
    if (oldest === undefined) return;
    const stored = await this.#storage.list({ prefix: PREFIX, start: prefixOf(oldest) });
    const rows = new Map<Snowflake, Row[]>();
    for (const [key, value] of stored) {
      const id = idOf(key);
      rows.set(id, [...(rows.get(id) ?? []), value as Row]); // Written below.
    }
    for (const [id, each] of rows) this.#keep(id, laid(new Map(), each));
  }

  /** The log begins while nobody knows what was before: of that, storage has nothing. */
  beginUnknown(now: number): void {
    this.#coverFrom(firstSnowflakeAt(now));
  }

  /** What api had when the log began, up to and with the event `seq`. */
  begin(seq: number, { from, reactions }: Older): void {
    this.#coverFrom(from);
    for (const { messageId, reactions: chosen } of reactions) {
      // What changed since is known better here.
      if (this.#known.has(messageId)) continue;
      const rows = rowsOf(chosen, seq);
      for (const row of rows) this.#storage.put(keyOf(messageId, row), row);
      this.#keep(messageId, laid(new Map(), rows));
    }
  }

  /** What is on a message, if that is in memory. */
  known(id: Snowflake): Chosen | undefined {
    const known = this.#known.get(id);
    if (known === undefined) return this.#isYoung(id) ? NOBODY : undefined;
    // To the end: what is used last leaves last.
    this.#known.delete(id);
    this.#known.set(id, known);
    return known;
  }

  /** The same, wherever it is. Throws while api has it and is away. */
  async load(id: Snowflake): Promise<Chosen> {
    const known = this.known(id) ?? this.#loading.get(id);
    if (known !== undefined) return known;
    const loading = this.#read(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** What is on a message, to be told whole. */
  async all(id: Snowflake): Promise<MessageReactions> {
    const chosen = await this.load(id);
    const reactions = [...chosen].map(([emoji, people]) => ({ emoji, userIds: [...people] }));
    return { messageId: id, reactions };
  }

  /** A message of the youngest as one of its readers sees it. */
  seenBy(reader: Snowflake, message: Message): Message {
    const known = this.#known.get(message.id);
    if (known === undefined || known.size === 0 || message.removedAt !== null) return message;
    const reactions = [...known].map(([emoji, people]) => ({
      emoji,
      count: people.size,
      me: people.has(reader),
    }));
    return { ...message, reactions };
  }

  /** What happened; `known` or `load` has answered before. */
  changed({ messageId, emoji, userId, added, seq }: ReactionChanged): void {
    const row: Row = { seq, emoji, userId, added };
    this.#storage.put(keyOf(messageId, row), row);
    const known = this.#known.get(messageId);
    if (known === undefined) {
      if (this.#isYoung(messageId)) this.#keep(messageId, laid(new Map(), [row]));
      return;
    }
    const before = known.get(emoji)?.size ?? 0;
    laid(known, [row]);
    this.#people += (known.get(emoji)?.size ?? 0) - before;
    this.#makeRoom();
  }

  /** The message is gone. */
  forget(id: Snowflake): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    this.#people -= peopleIn(known);
    this.#known.delete(id);
  }

  /** Deletes what api has of the messages before this one. */
  async sweep(from: Snowflake, drained: number): Promise<void> {
    if (this.#from !== undefined && compareSnowflakes(from, this.#from) <= 0) return;
    this.#coverFrom(from);
    let start: string | undefined;
    for (;;) {
      const end = prefixOf(from);
      const rows = await this.#storage.list({ prefix: PREFIX, start, end, limit: PAGE });
      for (const [key, value] of rows) {
        if ((value as Row).seq <= drained) this.#storage.delete(key, 'soon');
      }
      const last = rows.at(-1);
      if (rows.length < PAGE || last === undefined) return;
      start = `${last[0]}!`;
    }
  }

  /** Forgets everything: the channel was deleted. */
  async clear(): Promise<void> {
    this.#known.clear();
    this.#people = 0;
    for (;;) {
      const rows = await this.#storage.list({ prefix: PREFIX, limit: PAGE });
      for (const [key] of rows) this.#storage.delete(key);
      if (rows.length < PAGE) return;
    }
  }

  async #read(id: Snowflake): Promise<Chosen> {
    const isCovered = this.#covers(id);
    // Before api is asked: whatever it is given meanwhile is then in at least one of the two.
    const stored = await this.#storage.list({ prefix: prefixOf(id) });
    const rows = stored.map(([, value]) => value as Row); // Written above.
    const answer = isCovered && this.#covers(id) ? undefined : await this.#ask(id);
    const base = laid(new Map(), rowsOf(answer?.reactions ?? [], 0));
    const chosen = laid(base, rows);
    this.#keep(id, chosen);
    return chosen;
  }

  #covers(id: Snowflake): boolean {
    return this.#from === undefined || compareSnowflakes(id, this.#from) >= 0;
  }

  #coverFrom(from: Snowflake | undefined): void {
    if (this.#from === from) return;
    this.#from = from;
    if (from === undefined) this.#storage.delete(FROM);
    else this.#storage.put(FROM, from);
  }

  /** They have all come in here, and with none of these. */
  #isYoung(id: Snowflake): boolean {
    const oldest = this.#oldest();
    return oldest !== undefined && compareSnowflakes(id, oldest) >= 0;
  }

  #keep(id: Snowflake, choices: Choices): void {
    this.forget(id);
    this.#known.set(id, choices);
    this.#people += peopleIn(choices);
    this.#makeRoom();
  }

  #makeRoom(): void {
    if (this.#known.size <= MAX_MESSAGES && this.#people <= MAX_PEOPLE) return;
    for (const id of this.#known.keys()) {
      if (this.#known.size <= MAX_MESSAGES && this.#people <= MAX_PEOPLE) return;
      if (!this.#isYoung(id)) this.forget(id);
    }
  }
}

/** What the rows say, laid over what was there. */
function laid(choices: Choices, rows: readonly Row[]): Choices {
  for (const { emoji, userId, added } of rows.toSorted((one, other) => one.seq - other.seq)) {
    const people = choices.get(emoji);
    if (added) {
      if (people === undefined) choices.set(emoji, new Set([userId]));
      else people.add(userId);
    } else if (people?.delete(userId) === true && people.size === 0) choices.delete(emoji);
  }
  return choices;
}

/** As if they had come one after the other, the last one at `seq`. */
function rowsOf(reactions: MessageReactions['reactions'], seq: number): Row[] {
  const rows = reactions.flatMap(({ emoji, userIds }) =>
    userIds.map((userId) => ({ seq, emoji, userId, added: true })),
  );
  return rows.map((row, at) => Object.assign(row, { seq: seq - rows.length + 1 + at }));
}

function peopleIn(choices: Choices): number {
  let people = 0;
  for (const { size } of choices.values()) people += size;
  return people;
}

/** Of one length, so that the order of keys is that of ids. */
function prefixOf(id: Snowflake): string {
  return `${PREFIX}${id.padStart(ID_DIGITS, '0')}/`;
}

function keyOf(id: Snowflake, { emoji, userId }: Row): string {
  return `${prefixOf(id)}${userId}/${encodeURIComponent(emoji)}`;
}

function idOf(key: string): Snowflake {
  const digits = key.slice(PREFIX.length, PREFIX.length + ID_DIGITS);
  return BigInt(digits).toString() as Snowflake; // Of an id, above.
}
