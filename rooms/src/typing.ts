import { MAX_TYPISTS, TYPING_TTL_MS } from '../contract/limits.ts';

interface Mark {
  username: string;
  until: number;
}

/** A client that types says so all the time; others need it once in a while. */
const REPEAT_MS = TYPING_TTL_MS / 2;

/** Who is typing, of some: in memory only, gone by itself. */
export class Typing {
  readonly #marks = new Map<string, Mark>();

  /** The frame to broadcast, or undefined while the last one still serves. */
  begin(user: { id: string; username: string }, now: number): string | undefined {
    const mark = this.#marks.get(user.id);
    const left = mark === undefined ? 0 : mark.until - now;
    if (left > REPEAT_MS && left <= TYPING_TTL_MS) return undefined;
    if (mark === undefined && !this.#hasRoom(now)) return undefined;
    const until = now + TYPING_TTL_MS;
    this.#marks.set(user.id, { username: user.username, until });
    return typingFrame(user.id, user.username, until);
  }

  /** The frame that says it ended; undefined when nobody was told that it began. */
  end(userId: string, now: number): string | undefined {
    const mark = this.#marks.get(userId);
    if (mark === undefined) return undefined;
    this.#marks.delete(userId);
    return mark.until > now ? typingFrame(userId, mark.username, now) : undefined;
  }

  /** For a newcomer. */
  frames(now: number): string[] {
    this.#sweep(now);
    return [...this.#marks].map(([userId, { username, until }]) =>
      typingFrame(userId, username, until),
    );
  }

  /** Whoever is one too many is told of when others are done and they still type. */
  #hasRoom(now: number): boolean {
    if (this.#marks.size >= MAX_TYPISTS) this.#sweep(now);
    return this.#marks.size < MAX_TYPISTS;
  }

  #sweep(now: number): void {
    for (const [userId, { until }] of this.#marks) {
      // Further ahead than any mark lasts: the clock was set back meanwhile.
      if (until <= now || until > now + TYPING_TTL_MS) this.#marks.delete(userId);
    }
  }
}

function typingFrame(userId: string, username: string, until: number): string {
  return JSON.stringify({
    type: 'typing',
    userId,
    username,
    until: new Date(until).toISOString(),
  });
}
