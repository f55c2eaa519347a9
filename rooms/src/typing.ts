import { TYPING_TTL_MS } from '../contract/limits.ts';

interface Mark {
  username: string;
  until: number;
}

/** A client that types says so all the time; others need it once in a while. */
const REPEAT_MS = TYPING_TTL_MS / 2;

/** Who is typing: in memory only, gone by itself. */
export class Typing {
  readonly #marks = new Map<string, Mark>();

  /** The frame to broadcast, or undefined while the last one still serves. */
  begin(user: { id: string; username: string }, now: number): string | undefined {
    const mark = this.#marks.get(user.id);
    const left = mark === undefined ? 0 : mark.until - now;
    if (left > REPEAT_MS && left <= TYPING_TTL_MS) return undefined;
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
    const frames: string[] = [];
    for (const [userId, { username, until }] of this.#marks) {
      // Further ahead than any mark lasts: the clock was set back meanwhile.
      if (until > now && until <= now + TYPING_TTL_MS)
        frames.push(typingFrame(userId, username, until));
      else this.#marks.delete(userId);
    }
    return frames;
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
