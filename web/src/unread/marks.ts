import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { UserClientEvent } from '@harmonium/rooms/client-event';
import { batch } from 'solid-js';
import { createStore } from 'solid-js/store';

/** Marks are told at once, and then at most this often, in milliseconds. */
const TELL_EVERY_MS = 1_000;
/** As many as one frame may name. */
const MAX_TOLD = 100;

/** How far each channel is read: shown at once, told to the user's room, heard from other devices. */
export function createMarks(say: (event: UserClientEvent) => boolean) {
  const [marks, setMarks] = createStore<Record<string, Snowflake>>({});
  const untold = new Map<string, { channelId: Snowflake; messageId: Snowflake }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    const told = [...untold.values()].slice(0, MAX_TOLD);
    if (told.length === 0) return;
    // What cannot be said now is said with the next connection.
    if (!say({ type: 'read.marks', marks: told })) return;
    for (const { channelId } of told) untold.delete(channelId);
    timer = setTimeout(tell, TELL_EVERY_MS);
  }

  return {
    get: (channelId: string): Snowflake | undefined => marks[channelId],
    isRead(channelId: string, messageId: Snowflake): boolean {
      const mark = marks[channelId];
      return mark !== undefined && compareSnowflakes(messageId, mark) <= 0;
    },
    /** Known to be so: nobody needs to be told. */
    note: (channelId: Snowflake, messageId: Snowflake) => setMarks(channelId, messageId),
    set(changed: readonly { channelId: Snowflake; messageId: Snowflake }[]): void {
      if (changed.length === 0) return;
      batch(() => {
        for (const mark of changed) {
          setMarks(mark.channelId, mark.messageId);
          untold.set(mark.channelId, mark);
        }
      });
      if (timer === undefined) tell();
    },
    /** An answer to what was said before does not undo what is about to be said. */
    hear(channelId: Snowflake, messageId: Snowflake): void {
      if (!untold.has(channelId)) setMarks(channelId, messageId);
    },
    /** Says now what waits: the page is going, or the room is there again. */
    flush: tell,
    dispose: () => clearTimeout(timer),
  };
}
