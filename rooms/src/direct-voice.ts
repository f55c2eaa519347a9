import type { Snowflake } from '@harmonium/api/ids';
import type { RoomPublisher, VoiceChange } from '../contract/publish.ts';
import type { Log } from './host.ts';

/** What waits to be told; beyond, the next snapshot mends it. */
const MAX_WAITING = 100;

/** Passes on who is in the call of a direct conversation to whoever takes part, in order. */
export class DirectVoice {
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  #told: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(rooms: RoomPublisher, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
  }

  tell(userIds: readonly Snowflake[], event: VoiceChange): void {
    if (this.#waiting >= MAX_WAITING) return;
    this.#waiting += 1;
    this.#told = this.#told.then(() => this.#tellAll(userIds, event));
  }

  async #tellAll(userIds: readonly Snowflake[], event: VoiceChange): Promise<void> {
    await Promise.all(userIds.map((userId) => this.#tellOne(userId, event)));
    this.#waiting -= 1;
  }

  async #tellOne(userId: Snowflake, event: VoiceChange): Promise<void> {
    try {
      await this.#rooms.publish('user', userId, [event]);
    } catch (error) {
      this.#log.debug({ error }, 'a call was not told');
    }
  }
}
