import { OutboxBatch, type OutboxEntry } from '@harmonium/api/internal';
import type { Message, MessageReactions } from '@harmonium/api/message';
import type { Snowflake } from '@harmonium/api/ids';
import { FakeApi } from './fake-api.ts';

/** How api is: `mute` does what it is asked, and its answer is lost. */
export type ApiMood = 'up' | 'down' | 'mute';

/** api as a network has it: it reads what the contract says, and not everyone hears its answer. */
export class MoodyApi extends FakeApi {
  mood: ApiMood = 'up';

  override async storeOutbox(channelId: string, entries: OutboxEntry[]): Promise<boolean> {
    this.#answer();
    // As it comes out of JSON.
    const batch = OutboxBatch.parse(JSON.parse(JSON.stringify({ channelId, entries })));
    const stored = await super.storeOutbox(batch.channelId, batch.entries);
    if (this.mood === 'mute') throw new Error('the answer was lost');
    return stored;
  }

  override async message(channelId: string, id: string): Promise<Message | undefined> {
    this.#answer();
    return super.message(channelId, id);
  }

  override async reactions(
    channelId: string,
    id: Snowflake,
  ): Promise<MessageReactions | undefined> {
    this.#answer();
    return super.reactions(channelId, id);
  }

  /** What it holds of a channel, in the order in which it came to be there. */
  of(channelId: Snowflake): Message[] {
    return [...this.messages.values()].filter((message) => message.channelId === channelId);
  }

  #answer(): void {
    if (this.mood === 'down') throw new Error('api is down');
  }
}
