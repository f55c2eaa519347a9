import type { Snowflake } from '@harmonium/api/ids';
import { MAX_STORED_MARKS, type ReadMark } from '@harmonium/api/internal';
import type { Log, Storage } from './host.ts';
import type { ReadMarks } from './read-marks.ts';

/** Marks go to api together, at most this often, in milliseconds. */
const SAVE_EVERY_MS = 5_000;
const SAVE_AGAIN_MS = 15_000;

/**
 * Read marks on their way to api: however many there are in a while, one write of the last words.
 * Which ones wait is stored with the mark itself, so that a crash loses none.
 */
export class UnsavedMarks {
  readonly #storage: Storage;
  readonly #marks: ReadMarks;
  readonly #save: (marks: ReadMark[]) => Promise<{ gone: Snowflake[] }>;
  readonly #alarm: (at: number) => void;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #waiting = new Set<Snowflake>();
  #busy = false;

  /** @param options.alarm asks for a call of `save` then */
  constructor(options: {
    storage: Storage;
    marks: ReadMarks;
    save: (marks: ReadMark[]) => Promise<{ gone: Snowflake[] }>;
    alarm: (at: number) => void;
    now: () => number;
    log: Log;
  }) {
    this.#storage = options.storage;
    this.#marks = options.marks;
    this.#save = options.save;
    this.#alarm = options.alarm;
    this.#now = options.now;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    for (const [key] of await this.#storage.list({ prefix: 'unsaved/' })) {
      this.#waiting.add(key.slice('unsaved/'.length) as Snowflake); // Written below.
    }
    if (this.#waiting.size > 0) this.#alarm(this.#now() + SAVE_EVERY_MS);
  }

  changed(channelId: Snowflake): void {
    const isFirst = this.#waiting.size === 0;
    if (!this.#waiting.has(channelId)) this.#storage.put(`unsaved/${channelId}`, true);
    this.#waiting.add(channelId);
    if (isFirst && !this.#busy) this.#alarm(this.#now() + SAVE_EVERY_MS);
  }

  async save(): Promise<void> {
    if (this.#busy) return;
    const marks = this.#next();
    if (marks.length === 0) return;
    this.#busy = true;
    let pause = SAVE_EVERY_MS;
    try {
      const { gone } = await this.#save(marks);
      for (const mark of marks) this.#saved(mark);
      for (const channelId of gone) this.#marks.forget(channelId);
    } catch (error) {
      this.#log.warn({ error }, 'read marks could not be stored');
      pause = SAVE_AGAIN_MS;
    }
    this.#busy = false;
    if (this.#waiting.size > 0) this.#alarm(this.#now() + pause);
  }

  #next(): ReadMark[] {
    const marks: ReadMark[] = [];
    for (const channelId of this.#waiting) {
      const messageId = this.#marks.get(channelId);
      if (messageId === undefined) this.#done(channelId);
      else marks.push({ channelId, messageId });
      if (marks.length === MAX_STORED_MARKS) break;
    }
    return marks;
  }

  /** Unless it was set otherwise meanwhile. */
  #saved({ channelId, messageId }: ReadMark): void {
    if (this.#marks.get(channelId) === messageId) this.#done(channelId);
  }

  #done(channelId: Snowflake): void {
    this.#waiting.delete(channelId);
    // Stored once more after a crash, it changes nothing.
    this.#storage.delete(`unsaved/${channelId}`, 'soon');
  }
}
