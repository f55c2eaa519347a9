import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { RoomPublisher } from '../contract/publish.ts';
import type { Log } from './host.ts';

/** Tells those in a direct conversation that somebody wrote: best effort, the youngest of a burst. */
export class DirectActivity {
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  #next: { userIds: readonly Snowflake[]; message: Message } | undefined;
  #busy = false;

  constructor(rooms: RoomPublisher, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
  }

  wrote(userIds: readonly Snowflake[], message: Message): void {
    this.#next = { userIds, message };
    if (this.#busy) return;
    this.#busy = true;
    // In a microtask: a tick of many messages is told once.
    queueMicrotask(() => void this.#tellAll());
  }

  async #tellAll(): Promise<void> {
    while (this.#next !== undefined) {
      const { userIds, message } = this.#next;
      this.#next = undefined;
      await Promise.all(userIds.map((userId) => this.#tell(userId, message)));
    }
    this.#busy = false;
  }

  async #tell(userId: Snowflake, { channelId, id, author }: Message): Promise<void> {
    const activity = { channelId, messageId: id, authorId: author.id };
    try {
      await this.#rooms.publish('user', userId, [{ type: 'direct.activity', ...activity }]);
    } catch (error) {
      this.#log.debug({ error }, 'activity was not told');
    }
  }
}
