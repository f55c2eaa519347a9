import type { UserServerEvent } from '@harmonium/rooms/server-event';

/** Events kept for a listener that is still loading: every read mark there can be, and some more. */
const MAX_KEPT = 5_000;

/** What the user's room says, kept until somebody listens. */
export function createUserFeed() {
  let kept: UserServerEvent[] = [];
  let listener: ((event: UserServerEvent) => void) | undefined;
  return {
    tell(event: UserServerEvent): void {
      if (listener !== undefined) listener(event);
      else if (kept.length < MAX_KEPT) kept.push(event);
    },
    listen(next: (event: UserServerEvent) => void): void {
      listener = next;
      for (const event of kept) next(event);
      kept = [];
    },
  };
}
