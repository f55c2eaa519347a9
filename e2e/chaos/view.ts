import type { Snowflake } from '@harmonium/api/ids';
import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Message } from '@harmonium/api/message';
import type { MessageEvent, ReactionEvent, Shown } from './record.ts';

/** The whole of a channel as one client has it. */
export class View {
  /** The last event applied; undefined before the first snapshot. */
  seq: number | undefined;
  readonly #messages = new Map<Snowflake, { message: Message; seq: number }>();
  readonly #reacted = new Map<Snowflake, { count: number; seq: number }>();

  /** @returns false when it was known already, as the answer to something said again is */
  apply({ seq, message }: MessageEvent): boolean {
    if (this.seq !== undefined && seq <= this.seq) return false;
    this.seq = seq;
    this.#messages.set(message.id, { message, seq });
    return true;
  }

  /** @returns false when it was known already */
  react({ seq, messageId, count }: ReactionEvent): boolean {
    if (this.seq !== undefined && seq <= this.seq) return false;
    this.seq = seq;
    this.#reacted.set(messageId, { count, seq });
    return true;
  }

  /** A snapshot, or a page asked for after it; what was heard since is newer. */
  merge(messages: readonly Message[], seq: number): void {
    for (const message of messages) {
      const known = this.#messages.get(message.id);
      if (known === undefined || known.seq <= seq) this.#messages.set(message.id, { message, seq });
      const reacted = this.#reacted.get(message.id);
      if (reacted !== undefined && reacted.seq > seq) continue;
      this.#reacted.set(message.id, { count: message.reactions?.[0]?.count ?? 0, seq });
    }
  }

  /** Top to bottom. */
  get messages(): (Message & Shown)[] {
    return [...this.#messages.values()]
      .map(({ message }) => Object.assign({ reacted: this.#reactedTo(message) }, message))
      .sort((a, b) => compareSnowflakes(a.id, b.id));
  }

  #reactedTo({ id, removedAt }: Message): number {
    return removedAt === null ? (this.#reacted.get(id)?.count ?? 0) : 0;
  }
}
