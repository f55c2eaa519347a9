import type { Attachment } from '@harmonium/api/attachment';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { TicketKeys } from '@harmonium/api/ticket';
import type { Refusal } from './lobby.ts';

/** Files that were put in messages, of which the room knows that they were. */
const REMEMBERED = 10_000;

/** Files that come with messages: signed by api for their sender, and each in one message only. */
export class Attachments {
  readonly #channelId: Snowflake;
  readonly #verify: TicketKeys['verifyAttachment'];
  readonly #used = new Set<Snowflake>();

  constructor(channelId: Snowflake, verify: TicketKeys['verifyAttachment']) {
    this.#channelId = channelId;
    this.#verify = verify;
  }

  /** What the tickets stand for, if this user may send it here. */
  async open(tickets: readonly string[], userId: Snowflake): Promise<Attachment[] | Refusal> {
    const opened = await Promise.all(tickets.map((ticket) => this.#verify(ticket)));
    const attachments: Attachment[] = [];
    for (const ticket of opened) {
      if (ticket?.channelId !== this.#channelId || ticket.userId !== userId) return NOT_YOURS;
      attachments.push(ticket.attachment);
    }
    return attachments;
  }

  /** Why these cannot be sent (again). */
  refusal(attachments: readonly Attachment[]): Refusal | undefined {
    const ids = new Set(attachments.map(({ id }) => id));
    const isTwice =
      ids.size < attachments.length || attachments.some(({ id }) => this.#used.has(id));
    return isTwice ? SENT_ALREADY : undefined;
  }

  sent({ attachments = [] }: Message): void {
    for (const { id } of attachments) this.#used.add(id);
    for (const id of this.#used) {
      if (this.#used.size <= REMEMBERED) return;
      this.#used.delete(id);
    }
  }
}

const NOT_YOURS: Refusal = {
  code: 'invalid',
  message: 'A file is not there any more. Attach it again.',
};
const SENT_ALREADY: Refusal = { code: 'invalid', message: 'A file was sent already.' };
