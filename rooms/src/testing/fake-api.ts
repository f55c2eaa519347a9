import type { EmojiKey } from '@harmonium/api/emoji';
import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type {
  ChannelStanding,
  OutboxEntry,
  ReadMark,
  Reading,
  StoredPast,
} from '@harmonium/api/internal';
import type { Member } from '@harmonium/api/member';
import type { Message, MessageReactions } from '@harmonium/api/message';
import type { Structure } from '@harmonium/api/server';
import type { RoomsApi } from '../rooms-api.ts';
import { tombstoneOf } from '../tombstone.ts';

const NOTHING_READ: Reading = { marks: [], notifications: [] };

/** api as rooms see it, in memory. */
export class FakeApi implements RoomsApi {
  readonly structures = new Map<string, Structure>();
  /** Members by server and user; of other servers nothing is known. */
  readonly servers = new Map<string, Map<string, Member>>();
  readonly messages = new Map<string, Message>();
  /** People by message and emoji. */
  readonly chosen = new Map<string, Map<EmojiKey, Set<Snowflake>>>();
  /** Pinned messages, the youngest pin last. */
  readonly pinned = new Set<Snowflake>();
  /** Friends by user. */
  readonly friendsOf = new Map<string, Snowflake[]>();
  /** What users may do, by channel and user; who is not in it may do nothing. */
  readonly standings = new Map<string, Map<string, Partial<ChannelStanding>>>();
  /** How many users each question for permissions was about. */
  readonly asked: number[] = [];
  /** Questions for permissions are answered after this. */
  thinking: Promise<void> | undefined;
  readonly channelsGone = new Set<string>();
  /** Every entry in the order in which it was stored, repeats among them. */
  readonly stored: OutboxEntry[] = [];
  /** Channels whose history was asked for. */
  readonly historiesAsked: string[] = [];
  /** Youngest messages by server. */
  readonly latestOf = new Map<string, ReadMark[]>();
  /** What users have read, and what they want to be told of. */
  readonly readings = new Map<string, Reading>();
  /** Every batch of marks as it came. */
  readonly marksStored: ReadMark[][] = [];
  down = false;
  calls = 0;

  async storeOutbox(channelId: string, entries: OutboxEntry[]): Promise<boolean> {
    this.#answer();
    if (this.channelsGone.has(channelId)) return false;
    this.stored.push(...entries);
    for (const entry of entries) this.#apply(entry);
    return true;
  }

  async structure(serverId: string): Promise<Structure | undefined> {
    this.#answer();
    return this.structures.get(serverId);
  }

  async members(serverId: string, userIds: Snowflake[]): Promise<Member[] | undefined> {
    this.#answer();
    const known = this.servers.get(serverId);
    return known && userIds.map((id) => known.get(id)).filter((member) => member !== undefined);
  }

  async message(_channelId: string, id: string): Promise<Message | undefined> {
    this.#answer();
    return this.messages.get(id);
  }

  async history(channelId: string, limit: number): Promise<StoredPast> {
    this.#answer();
    this.historiesAsked.push(channelId);
    const messages = [...this.messages.values()]
      .filter((message) => message.channelId === channelId)
      .sort((one, other) => compareSnowflakes(other.id, one.id))
      .slice(0, limit);
    const reactions = messages.map(({ id }) => this.reactionsOn(id));
    const isHere = (id: Snowflake) => this.messages.get(id)?.channelId === channelId;
    return {
      messages,
      reactions: reactions.filter((each) => each.reactions.length > 0),
      pins: [...this.pinned].filter(isHere).reverse(),
    };
  }

  async reactions(_channelId: string, id: Snowflake): Promise<MessageReactions | undefined> {
    this.#answer();
    return this.messages.has(id) ? this.reactionsOn(id) : undefined;
  }

  reactionsOn(id: Snowflake): MessageReactions {
    const chosen = [...(this.chosen.get(id) ?? [])].filter(([, { size }]) => size > 0);
    const reactions = chosen.map(([emoji, people]) => ({ emoji, userIds: [...people] }));
    return { messageId: id, reactions };
  }

  async latest(serverId: Snowflake): Promise<ReadMark[]> {
    this.#answer();
    return this.latestOf.get(serverId) ?? [];
  }

  async reading(userId: Snowflake): Promise<Reading | undefined> {
    this.#answer();
    return this.readings.get(userId);
  }

  async storeMarks(userId: Snowflake, marks: ReadMark[]): Promise<{ gone: Snowflake[] }> {
    this.#answer();
    this.marksStored.push(marks);
    const { marks: before, notifications } = this.readings.get(userId) ?? NOTHING_READ;
    const kept = before.filter((one) =>
      marks.every(({ channelId }) => channelId !== one.channelId),
    );
    const gone = marks.map(({ channelId }) => channelId).filter((id) => this.channelsGone.has(id));
    const known = marks.filter(({ channelId }) => !this.channelsGone.has(channelId));
    this.readings.set(userId, { marks: [...kept, ...known], notifications });
    return { gone };
  }

  async friends(userId: Snowflake): Promise<Snowflake[] | undefined> {
    this.#answer();
    return this.friendsOf.get(userId);
  }

  async permissions(
    channelId: Snowflake,
    userIds: Snowflake[],
  ): Promise<ChannelStanding[] | undefined> {
    this.asked.push(userIds.length);
    await this.thinking;
    this.#answer();
    if (this.channelsGone.has(channelId)) return undefined;
    const known = this.standings.get(channelId);
    const nothing = { permissions: null, slowmode: 0, recheckAt: null };
    return userIds.map((userId) => ({ ...nothing, ...known?.get(userId), userId }));
  }

  /** Says what a user may do in a channel. */
  allow(channelId: string, userId: string, standing: Partial<ChannelStanding>): void {
    const known = this.standings.get(channelId) ?? new Map<string, Partial<ChannelStanding>>();
    known.set(userId, standing);
    this.standings.set(channelId, known);
  }

  #answer(): void {
    this.calls += 1;
    if (this.down) throw new Error('api is down');
  }

  #apply(entry: OutboxEntry): void {
    if (entry.op === 'create') {
      if (!this.messages.has(entry.message.id)) this.messages.set(entry.message.id, entry.message);
      return;
    }
    const message = this.messages.get(entry.id);
    if (message === undefined) return;
    const { id } = entry;
    if (message.removedAt !== null && entry.op !== 'edit' && entry.op !== 'remove') return;
    switch (entry.op) {
      case 'edit': {
        const { mentions: _names, ...rest } = message;
        const { content, editedAt, mentions } = entry;
        this.messages.set(id, { ...rest, content, editedAt, ...(mentions && { mentions }) });
        return;
      }
      case 'update': {
        const { embeds, threadId } = entry;
        this.messages.set(id, {
          ...message,
          ...(embeds && { embeds }),
          ...(threadId && { threadId }),
        });
        return;
      }
      case 'remove':
        this.messages.set(id, tombstoneOf(message, entry.removedAt));
        this.chosen.delete(id);
        this.pinned.delete(id);
        return;
      case 'react':
        this.#peopleWith(id, entry.emoji).add(entry.userId);
        return;
      case 'unreact': {
        const people = this.#peopleWith(id, entry.emoji);
        people.delete(entry.userId);
        if (people.size === 0) this.chosen.get(id)?.delete(entry.emoji);
        return;
      }
      case 'pin':
        this.pinned.add(id);
        return;
      case 'unpin':
        this.pinned.delete(id);
    }
  }

  #peopleWith(id: Snowflake, emoji: EmojiKey): Set<Snowflake> {
    const chosen = this.chosen.get(id) ?? new Map<EmojiKey, Set<Snowflake>>();
    const people = chosen.get(emoji) ?? new Set();
    this.chosen.set(id, chosen.set(emoji, people));
    return people;
  }
}
