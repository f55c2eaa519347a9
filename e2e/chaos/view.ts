import type { Snowflake } from '@harmonium/api/ids';
import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Message } from '@harmonium/api/message';
import type { MessageEvent } from './record.ts';

/** The whole of a channel as one client has it. */
export class View {
  /** The last event applied; undefined before the first snapshot. */
  seq: number | undefined;
  readonly #messages = new Map<Snowflake, { message: Message; seq: number }>();

  /** @returns false when it was known already, as the answer to something said again is */
  apply({ seq, message }: MessageEvent): boolean {
    if (this.seq !== undefined && seq <= this.seq) return false;
    this.seq = seq;
    this.#messages.set(message.id, { message, seq });
    return true;
  }

  /** A snapshot, or a page asked for after it; what was heard since is newer. */
  merge(messages: readonly Message[], seq: number): void {
    for (const message of messages) {
      const known = this.#messages.get(message.id);
      if (known === undefined || known.seq <= seq) this.#messages.set(message.id, { message, seq });
    }
  }

  /** Top to bottom. */
  get messages(): Message[] {
    return [...this.#messages.values()]
      .map(({ message }) => message)
      .sort((a, b) => compareSnowflakes(a.id, b.id));
  }
}
