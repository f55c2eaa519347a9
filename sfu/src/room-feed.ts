import {
  MAX_PUBLISH_EVENTS,
  type RoomPublisher,
  type ServerPublish,
} from '@harmonium/rooms/publish';
import type { Log } from './log.ts';

export type VoiceEvent = Extract<ServerPublish, { type: `voice.${string}` }>;

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;
/** Events that wait for one server's room; beyond, all are dropped and the next snapshot mends it. */
const MAX_WAITING = 2_000;

/**
 * Tells server rooms who is in which call: in order for each server, again until it arrives, and
 * never holding up the one who tells.
 */
export class RoomFeed {
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  readonly #waiting = new Map<string, VoiceEvent[]>();
  readonly #sending = new Map<string, Promise<void>>();
  #closed = false;
  #wake = new AbortController();
  constructor(options: { rooms: RoomPublisher; log: Log }) {
    this.#rooms = options.rooms;
    this.#log = options.log;
  }

  publish(serverId: string, event: VoiceEvent): void {
    if (this.#closed) return;
    const waiting = this.#waiting.get(serverId) ?? [];
    // A snapshot holds everyone: what waits about that call is told by it.
    const kept =
      event.type === 'voice.snapshot'
        ? waiting.filter((older) => channelOf(older) !== event.channelId)
        : waiting;
    if (kept.length >= MAX_WAITING) {
      this.#log.warn('A room does not take voice states.', { serverId, dropped: kept.length });
      kept.length = 0;
    }
    kept.push(event);
    this.#waiting.set(serverId, kept);
    if (!this.#sending.has(serverId)) {
      const sending = this.#drain(serverId).finally(() => this.#sending.delete(serverId));
      this.#sending.set(serverId, sending);
    }
  }

  /** Waits for what was told to arrive, but no longer than `limitMs`. */
  async close(limitMs: number): Promise<void> {
    this.#closed = true;
    const giveUp = setTimeout(() => this.#wake.abort(), limitMs);
    await Promise.all(this.#sending.values());
    clearTimeout(giveUp);
  }

  async #drain(serverId: string): Promise<void> {
    // A tick, so that what is told together leaves together.
    await Promise.resolve();
    for (;;) {
      const waiting = this.#waiting.get(serverId) ?? [];
      const batch = waiting.splice(0, MAX_PUBLISH_EVENTS);
      if (batch.length === 0) break;
      if (!(await this.#send(serverId, batch))) break;
    }
    this.#waiting.delete(serverId);
  }

  /** False when it was given up. */
  async #send(serverId: string, batch: VoiceEvent[]): Promise<boolean> {
    for (let delay = FIRST_RETRY_MS; ; delay = Math.min(delay * 2, LAST_RETRY_MS)) {
      try {
        const answers = await this.#rooms.publish('server', serverId, batch);
        for (const answer of answers) {
          if (!answer.ok) {
            this.#log.warn('A room refused a voice state.', { serverId, code: answer.code });
          }
        }
        return true;
      } catch (error) {
        if (delay === FIRST_RETRY_MS) {
          this.#log.warn('A room cannot be told who is in its calls.', { serverId, error });
        }
      }
      await pause(delay, this.#wake.signal);
      if (this.#wake.signal.aborted) return false;
    }
  }
}

function channelOf(event: VoiceEvent): string {
  return 'state' in event ? event.state.channelId : event.channelId;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
