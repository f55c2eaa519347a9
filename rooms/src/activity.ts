import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { RoomPublisher } from '../contract/publish.ts';
import type { Log } from './host.ts';

/** Tells the server room that somebody wrote: best effort, the youngest message of a burst. */
export class Activity {
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  #next: { serverId: string; message: Message } | undefined;
  #busy = false;

  constructor(rooms: RoomPublisher, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
  }

  wrote(serverId: string, message: Message): void {
    this.#next = { serverId, message };
    if (this.#busy) return;
    this.#busy = true;
    // In a microtask: a tick of many messages is told once.
    queueMicrotask(() => void this.#tell());
  }

  async #tell(): Promise<void> {
    while (this.#next !== undefined) {
      const { serverId, message } = this.#next;
      this.#next = undefined;
      try {
        await this.#rooms.publish('server', serverId, [activityOf(message)]);
      } catch (error) {
        this.#log.debug({ error }, 'activity was not told');
      }
    }
    this.#busy = false;
  }
}

function activityOf(message: Message) {
  return {
    type: 'activity' as const,
    channelId: message.channelId,
    messageId: message.id,
    authorId: message.author.id,
    mentions: [] as Snowflake[],
  };
}
