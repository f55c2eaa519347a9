import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { createComputed, createMemo, createSignal, onCleanup } from 'solid-js';
import type { Stretch } from '../room/stretch.ts';

interface NewsDeps {
  me: () => string | undefined;
  /** How far the channel was read when it came on the screen; undefined until that is known. */
  found: () => { lastRead?: Snowflake; latest?: Snowflake } | undefined;
  /** The newest end of the channel. */
  present: () => Stretch;
  onRead: (id: Snowflake) => void;
}

/**
 * What is new to the reader: where it begins stays as it was when they came, however much of it is
 * read meanwhile, until they say so, write, or leave.
 */
export function createNews(deps: NewsDeps) {
  const [mark, setMark] = createSignal<Snowflake>();
  let isFound = false;
  // Before anything else on the screen can take what is seen for read.
  createComputed(() => {
    const found = isFound ? undefined : deps.found();
    if (found === undefined) return;
    isFound = true;
    const { lastRead, latest } = found;
    if (lastRead === undefined || latest === undefined) return;
    if (compareSnowflakes(latest, lastRead) > 0) setMark(lastRead);
  });

  const isNew = (message: Message): boolean => {
    const from = mark();
    return (
      from !== undefined &&
      message.author.id !== deps.me() &&
      compareSnowflakes(message.id, from) > 0
    );
  };

  /** The first new message of a stretch, where it is certain that none before it is new. */
  function firstOf(stretch: Stretch): Message | undefined {
    const from = mark();
    const [oldest] = stretch.messages;
    if (from === undefined || oldest === undefined) return undefined;
    const reachesBack = stretch.complete || compareSnowflakes(oldest.id, from) <= 0;
    return reachesBack ? stretch.messages.find(isNew) : undefined;
  }

  const inPresent = createMemo(() => {
    if (mark() === undefined) return undefined;
    const { messages } = deps.present();
    const fresh = messages.filter(isNew);
    const [oldest] = fresh;
    if (oldest === undefined) return undefined;
    const first = firstOf(deps.present());
    return { count: fresh.length, isAll: first !== undefined, since: (first ?? oldest).createdAt };
  });

  /** Nobody reads while the page is away: what comes then is new. */
  function look(): void {
    const newest = deps.present().messages.at(-1);
    if (document.visibilityState === 'hidden') {
      if (inPresent() === undefined && newest !== undefined) setMark(newest.id);
    } else if (inPresent() === undefined) setMark(undefined);
  }
  document.addEventListener('visibilitychange', look);
  onCleanup(() => document.removeEventListener('visibilitychange', look));

  return {
    /** The youngest message that is not new. */
    mark,
    firstOf,
    /** How much is new at the newest end, and since when; `isAll`: there is no more of it further up. */
    summary: inPresent,
    /** All of it is read. */
    dismiss(): void {
      const newest = deps.present().messages.at(-1);
      setMark(undefined);
      if (newest !== undefined) deps.onRead(newest.id);
    },
    /** Somebody wrote here: they know what is above. */
    forget: () => setMark(undefined),
    setMark: (last: Snowflake) => setMark(last),
  };
}
