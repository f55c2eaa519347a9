import { compareSnowflakes, type Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { Annotate } from '../contract/publish.ts';
import type { FindMessage } from './find-message.ts';
import type { Accepted, Journal } from './journal.ts';
import type { Refusal } from './lobby.ts';
import { GONE } from './message-gate.ts';

/** What services find out about messages: previews of their links, and threads that begin with them. */
export class Annotations {
  readonly #journal: Journal;
  readonly #messages: FindMessage;

  constructor(journal: Journal, messages: FindMessage) {
    this.#journal = journal;
    this.#messages = messages;
  }

  /** Undefined: nothing has changed by it. */
  async annotate(annotation: Annotate): Promise<Accepted | Refusal | undefined> {
    const { id, embeds, threadId } = annotation;
    const found = this.#messages.inMemory(id) ?? (await this.#messages.elsewhere(id));
    if (found !== undefined && found !== 'removed' && 'code' in found) return found;
    // Memory is asked last: it may have been edited meanwhile.
    const message = this.#messages.inMemory(id) ?? found;
    if (message === undefined || message === 'removed' || message.removedAt !== null) return GONE;
    if (threadId !== undefined && isOlder(threadId, message.threadId)) return HAS_THREAD;
    const updated: Message = { ...message };
    if (threadId !== undefined) updated.threadId = threadId;
    if (embeds?.of === message.editedAt) updated.embeds = embeds.list;
    if (isAlike(message, updated)) return undefined;
    return this.#journal.write({ type: 'message.updated', message: updated });
  }
}

/** Api lets another thread begin with a message only where the one before was deleted. */
function isOlder(threadId: Snowflake, known: Snowflake | undefined): boolean {
  return known !== undefined && compareSnowflakes(threadId, known) < 0;
}

function isAlike(one: Message, other: Message): boolean {
  const previews = ({ embeds = [] }: Message) => JSON.stringify(embeds);
  return one.threadId === other.threadId && previews(one) === previews(other);
}

const HAS_THREAD: Refusal = { code: 'invalid', message: 'A thread begins with it already.' };
