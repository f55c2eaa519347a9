import { MAX_PUBLISH_EVENTS, type RoomPublisher, type VoiceChange } from '@harmonium/rooms/publish';
import type { Log } from './log.ts';

export type VoiceEvent = VoiceChange;
/** Who passes it on: the server's room, or that of a direct conversation. */
export type VoiceParty = 'server' | 'main';

const FIRST_RETRY_MS = 250;
/** A room that was away for a moment hears of its calls before it takes them for over. */
const LAST_RETRY_MS = 2_000;
/** Events that wait for one room; beyond, all are dropped and the next snapshot mends it. */
const MAX_WAITING = 2_000;
/** By then the node that somebody went on to has said that they are there, in milliseconds. */
const HELD_MS = 500;

/**
 * Tells rooms who is in which call: in order for each room, again until it arrives, and
 * never holding up the one who tells.
 */
export class RoomFeed {
  readonly #rooms: RoomPublisher;
  readonly #log: Log;
  readonly #node: string | undefined;
  readonly #waiting = new Map<string, VoiceEvent[]>();
  readonly #sending = new Map<string, Promise<void>>();
  readonly #held = new Set<Promise<void>>();
  #holdsLeaves = false;
  #closed = false;
  #wake = new AbortController();
  /** @param options `node`: who says so (VoiceChange) */
  constructor(options: { rooms: RoomPublisher; log: Log; node?: string }) {
    this.#rooms = options.rooms;
    this.#log = options.log;
    this.#node = options.node;
  }

  /** People go on to other nodes: that they left here is told later than that they came there. */
  holdLeaves(): void {
    this.#holdsLeaves = true;
  }

  publish(party: VoiceParty, roomId: string, event: VoiceEvent): void {
    if (!this.#holdsLeaves || event.type !== 'voice.left') return this.#tell(party, roomId, event);
    const held = this.#tellLater(party, roomId, event).finally(() => this.#held.delete(held));
    this.#held.add(held);
  }

  async #tellLater(party: VoiceParty, roomId: string, event: VoiceEvent): Promise<void> {
    await pause(HELD_MS, this.#wake.signal);
    this.#tell(party, roomId, event);
  }

  #tell(party: VoiceParty, roomId: string, event: VoiceEvent): void {
    if (this.#closed) return;
    const waiting = this.#waiting.get(roomId) ?? [];
    // A snapshot holds everyone: what waits about that call is told by it.
    const kept =
      event.type === 'voice.snapshot'
        ? waiting.filter((older) => channelOf(older) !== event.channelId)
        : waiting;
    if (kept.length >= MAX_WAITING) {
      this.#log.warn('A room does not take voice states.', { roomId, dropped: kept.length });
      kept.length = 0;
    }
    kept.push(this.#node === undefined ? event : { ...event, node: this.#node });
    this.#waiting.set(roomId, kept);
    if (!this.#sending.has(roomId)) {
      const sending = this.#drain(party, roomId).finally(() => this.#sending.delete(roomId));
      this.#sending.set(roomId, sending);
    }
  }

  /** Waits for what was told to arrive, but no longer than `limitMs`. */
  async close(limitMs: number): Promise<void> {
    const giveUp = setTimeout(() => this.#wake.abort(), limitMs);
    await Promise.all(this.#held);
    this.#closed = true;
    await Promise.all(this.#sending.values());
    clearTimeout(giveUp);
  }

  async #drain(party: VoiceParty, roomId: string): Promise<void> {
    // A tick, so that what is told together leaves together.
    await Promise.resolve();
    for (;;) {
      const waiting = this.#waiting.get(roomId) ?? [];
      const batch = waiting.splice(0, MAX_PUBLISH_EVENTS);
      if (batch.length === 0) break;
      if (!(await this.#send(party, roomId, batch))) break;
    }
    this.#waiting.delete(roomId);
  }

  /** False when it was given up. */
  async #send(party: VoiceParty, roomId: string, batch: VoiceEvent[]): Promise<boolean> {
    for (let delay = FIRST_RETRY_MS; ; delay = Math.min(delay * 2, LAST_RETRY_MS)) {
      try {
        const answers = await this.#rooms.publish(party, roomId, batch);
        for (const answer of answers) {
          if (!answer.ok) {
            this.#log.warn('A room refused a voice state.', { roomId, code: answer.code });
          }
        }
        return true;
      } catch (error) {
        if (delay === FIRST_RETRY_MS) {
          this.#log.warn('A room cannot be told who is in its calls.', { roomId, error });
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
