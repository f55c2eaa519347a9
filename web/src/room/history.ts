import { compareSnowflakes } from '@harmonium/api/id-order';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelRecord } from '@harmonium/rooms/server-event';
import { batch, createSignal } from 'solid-js';
import { createOriginals } from './originals.ts';
import {
  indexOf,
  joinedTo,
  trimmed,
  withChange,
  withFreshPage,
  withNewerPage,
  withOlderPage,
} from './stretch.ts';
import type { Stretch } from './stretch.ts';
import { emptyTimeline, isNews, withRecord, withResumed, withSnapshot } from './timeline.ts';
import type { Snapshot, Timeline } from './timeline.ts';

/** Where a page lies; pages are newest first, whichever way they are asked. */
export type PagePlace = { before: Snowflake } | { after: Snowflake } | { around: Snowflake };
export type PageState = 'idle' | 'loading' | 'failed';
export type JumpOutcome = 'shown' | 'missing' | 'failed' | 'overtaken';

export interface HistoryDeps {
  me: () => { id: string };
  page: (place: PagePlace, limit: number) => Promise<Message[]>;
  /** Those of them that are there, in any order. */
  byIds: (ids: Snowflake[]) => Promise<Message[]>;
}

/** Messages in one page of history. */
const PAGE_LENGTH = 50;
/** Messages held at once; far away from what is read they are let go. */
const MOST_HELD = 500;
/** Messages that are asked for again after a snapshot; what lies further up is read less. */
const MOST_FRESHENED = 200;
/** After a page that could not be had, asked again this often at most and this much later each time. */
const FRESH_TRIES = 6;
const FRESH_PAUSE_MS = 2_000;
const JUMP_TRIES = 3;

/**
 * What of a channel is in memory: its newest end, kept up by the socket, and, while the reader is
 * somewhere else, the window they look through. A window that meets the end becomes part of it.
 */
export function createHistory(deps: HistoryDeps) {
  const [timeline, setTimeline] = createSignal<Timeline>(emptyTimeline);
  const [view, setView] = createSignal<Stretch>();
  const [older, setOlder] = createSignal<PageState>('idle');
  const [newer, setNewer] = createSignal<PageState>('idle');
  /** What happened while pages were on their way: they may not know of it yet. */
  const journals = new Set<ChannelRecord[]>();
  /** Grows with each snapshot: a page asked for before it may have missed anything. */
  let era = 0;
  let jumps = 0;
  const [place, setPlace] = createSignal(1);
  let closed = false;
  let readsEnd = true;
  const me = () => deps.me().id;
  const shown = (): Stretch => view() ?? timeline();
  const originals = createOriginals({
    load: (ids) => fetched(() => deps.byIds(ids)),
    held: (id) => find(timeline(), id) ?? find(view(), id),
  });

  /** A page as it is by the time it has arrived. */
  async function fetched(ask: () => Promise<Message[]>): Promise<Message[]> {
    const heard: ChannelRecord[] = [];
    journals.add(heard);
    try {
      const messages = await ask();
      const page = heard.reduce<Stretch>((held, record) => withChange(held, record, me()), {
        messages,
        complete: false,
      });
      return [...page.messages];
    } finally {
      journals.delete(heard);
    }
  }

  /** Changes what is shown, wherever that is. */
  function change(how: <Held extends Stretch>(held: Held) => Held): void {
    batch(() => {
      const window = view();
      if (window === undefined) setTimeline(how);
      else settle(how(window));
    });
  }

  /** A window that reaches the newest end is none any more. */
  function settle(window: Stretch): void {
    const joined = joinedTo(window, timeline());
    batch(() => {
      setView(joined === undefined ? window : undefined);
      if (joined !== undefined) setTimeline(joined);
    });
  }

  /** A snapshot says nothing of other pages: what was changed there is asked for. */
  async function freshen(before: string, upTo: number, tries = FRESH_TRIES): Promise<void> {
    const of = era;
    const isOver = () => of !== era || closed;
    let from = before;
    let left = upTo;
    try {
      while (left > 0 && !isOver()) {
        const [oldest] = shown().messages;
        if (oldest === undefined || oldest.id === from) return;
        const page = await fetched(() => deps.page({ before: from as Snowflake }, PAGE_LENGTH)); // An id, or the number after one.
        if (isOver()) return;
        const upper = from;
        change((held) => withFreshPage(held, upper, page));
        left -= page.length;
        const last = page.at(-1);
        if (last === undefined) return;
        from = last.id;
      }
    } catch {
      if (tries <= 1 || isOver()) return;
      const pause = FRESH_PAUSE_MS * (FRESH_TRIES - tries + 1);
      setTimeout(() => void freshen(from, left, tries - 1), pause);
    }
  }

  async function extend(
    wanted: PagePlace | undefined,
    [state, setState]: [() => PageState, (next: PageState) => void],
    add: <Held extends Stretch>(held: Held, page: readonly Message[]) => Held,
    stillFits: () => boolean,
  ): Promise<void> {
    if (wanted === undefined || state() === 'loading') return;
    const of = era;
    setState('loading');
    try {
      const page = await fetched(() => deps.page(wanted, PAGE_LENGTH));
      batch(() => {
        // A snapshot or a jump may have replaced what the page was to be put beside.
        if (of === era && stillFits()) change((held) => add(held, page));
        setState('idle');
      });
    } catch {
      setState('failed');
    }
  }

  /** Looks elsewhere, or at the newest end again: another list than before. */
  function show(window: Stretch | undefined): void {
    batch(() => {
      setPlace((number) => number + 1);
      setOlder('idle');
      setNewer('idle');
      if (window === undefined) setView(undefined);
      else settle(window);
    });
  }

  /** Undefined: another jump came after it. */
  async function around(id: Snowflake): Promise<Message[] | undefined> {
    const jump = ++jumps;
    for (let tries = 0; tries < JUMP_TRIES; tries++) {
      const of = era;
      const page = await fetched(() => deps.page({ around: id }, PAGE_LENGTH));
      if (jump !== jumps) return undefined;
      // A snapshot that came meanwhile may know what the page does not.
      if (of === era) return page;
    }
    throw new Error('the connection comes and goes');
  }

  return {
    /** The newest end. */
    timeline,
    /** What the reader looks at: the newest end, or a window elsewhere. */
    shown,
    /** True while the reader looks through a window: what is new is not in it. */
    isElsewhere: (): boolean => view() !== undefined,
    /** Another number wherever what is shown has nothing to do with what was shown before. */
    place,
    older,
    newer,
    /** What a message answers; null: it is not there any more, undefined: asked for. */
    original: originals.original,

    open(): void {
      closed = false;
    },
    close(): void {
      closed = true;
    },
    snapshot(given: Snapshot): void {
      const before = timeline().seq;
      era += 1;
      batch(() => {
        const old = timeline();
        const next = withSnapshot(old, given);
        setTimeline(next);
        originals.forget();
        const isCut = old.messages.length > 0 && joinedTo(old, next) === undefined;
        const window = view();
        if (window !== undefined) settle(window);
        // Whoever reads further up goes on reading there.
        else if (isCut && !readsEnd) setView({ messages: old.messages, complete: old.complete });
        else if (isCut) setPlace((number) => number + 1);
      });
      if (before === undefined || before === given.seq) return;
      const window = view();
      const last = window?.messages.at(-1);
      const from = last === undefined ? given.history[0]?.id : idAfter(last.id);
      if (from !== undefined) void freshen(from, last === undefined ? MOST_FRESHENED : MOST_HELD);
    },
    resume(to: number): void {
      setTimeline((held) => withResumed(held, to));
    },
    record(record: ChannelRecord): void {
      for (const journal of journals) journal.push(record);
      batch(() => {
        const news = isNews(timeline(), record) || record.type === 'messages.removed';
        setTimeline((held) => withRecord(held, record, me()));
        if (!news) return;
        setView((held) => (held === undefined ? undefined : withChange(held, record, me())));
        originals.change((held) => withChange(held, record, me()));
      });
    },

    loadOlder(): Promise<void> {
      const [oldest] = shown().messages;
      return extend(
        oldest === undefined || shown().complete ? undefined : { before: oldest.id },
        [older, setOlder],
        (held, page) => withOlderPage(held, page, PAGE_LENGTH),
        () => shown().messages[0]?.id === oldest?.id,
      );
    },
    loadNewer(): Promise<void> {
      const newest = view()?.messages.at(-1);
      return extend(
        newest === undefined ? undefined : { after: newest.id },
        [newer, setNewer],
        withNewerPage,
        () => view()?.messages.at(-1)?.id === newest?.id,
      );
    },
    /** Puts a message where it can be looked at, loading what is around it. */
    async jump(id: Snowflake): Promise<JumpOutcome> {
      if (find(shown(), id) !== undefined) return 'shown';
      if (find(timeline(), id) !== undefined) {
        show(undefined);
        return 'shown';
      }
      try {
        const page = await around(id);
        if (page === undefined) return 'overtaken';
        if (!page.some((message) => message.id === id)) return 'missing';
        show({ messages: page.toReversed(), complete: false });
        return 'shown';
      } catch {
        return 'failed';
      }
    },
    /** As a jump, to where this id would stand; answers the message before it. */
    async jumpNear(id: Snowflake): Promise<Snowflake | undefined> {
      try {
        const page = await around(id);
        const [newest] = page ?? [];
        if (page === undefined || newest === undefined) return undefined;
        show({ messages: page.toReversed(), complete: false });
        return (page.find((message) => compareSnowflakes(message.id, id) <= 0) ?? newest).id;
      } catch {
        return undefined;
      }
    },
    /** Whether the reader is at the foot of what is shown: what they read is not taken away. */
    reads(atEnd: boolean): void {
      readsEnd = atEnd;
    },
    /** Back to the newest end. */
    toPresent(): void {
      jumps += 1;
      if (view() !== undefined) show(undefined);
    },
    /** Lets go of what lies far from the message that is read. */
    trim(id: Snowflake): void {
      const window = view();
      if (window !== undefined) {
        setView(trimmed(window, id, MOST_HELD).kept);
        return;
      }
      const { kept, lost } = trimmed(timeline(), id, MOST_HELD);
      if (lost === 'older') setTimeline(kept);
      if (lost !== 'newer') return;
      // Read from far up: the end goes on by itself, and what is read becomes a window.
      const { messages } = timeline();
      batch(() => {
        setView({ messages: kept.messages, complete: kept.complete });
        setTimeline((held) => ({
          ...held,
          messages: messages.slice(-PAGE_LENGTH),
          complete: false,
        }));
      });
    },
  };
}

function find(stretch: Stretch | undefined, id: string): Message | undefined {
  return stretch?.messages[indexOf(stretch.messages, id)];
}

/** Before which lies whatever lies up to this one. */
function idAfter(id: string): string {
  return String(BigInt(id) + 1n);
}
