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

const NOTHING_READ: Reading = { marks: [], notifications: [] };

/** api as rooms see it, in memory. */
export class FakeApi implements RoomsApi {
  readonly structures = new Map<string, Structure>();
  /** Members by server and user; of other servers nothing is known. */
  readonly servers = new Map<string, Map<string, Member>>();
  readonly messages = new Map<string, Message>();
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
    return { messages, reactions: [], pins: [] };
  }

  async reactions(_channelId: string, id: Snowflake): Promise<MessageReactions | undefined> {
    this.#answer();
    return this.messages.has(id) ? { messageId: id, reactions: [] } : undefined;
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
    if (message === undefined || (entry.op !== 'edit' && entry.op !== 'remove')) return;
    const { content, editedAt } =
      entry.op === 'edit' ? entry : { content: '', editedAt: message.editedAt };
    const removedAt = entry.op === 'remove' ? entry.removedAt : message.removedAt;
    this.messages.set(entry.id, { ...message, content, editedAt, removedAt });
  }
}
