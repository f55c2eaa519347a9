import ArrowDown from 'lucide-solid/icons/arrow-down';
import { Match, Show, Switch, createEffect, createMemo, createSignal, on, onMount } from 'solid-js';
import { Virtualizer } from 'virtua/solid';
import type { VirtualizerHandle } from 'virtua/solid';
import { t } from '../strings/strings.ts';
import { createReading } from '../unread/reading.ts';
import { useConversation } from './conversation.tsx';
import { ListTop } from './list-top.tsx';
import { MessageRow } from './message-row.tsx';
import { NewsForReaders } from './news-for-readers.tsx';
import { PendingRow } from './pending-row.tsx';
import { grewAtStart, rowsOf } from './rows.ts';
import type { Row } from './rows.ts';
import { dayName } from './times.ts';

/** Older messages are asked for while this much is left above, in pixels. */
const LOAD_AHEAD_PX = 900;
/** As near to the end as counts as being there, in pixels. */
const AT_END_PX = 32;

/** The beginning of the list is always there: its height must not be a guess. */
const TOP = [0];

interface Shown {
  rows: Row[];
  keys: string[];
  byKey: Map<string, Row>;
  /** Rows came before the others: the place is kept from the end. */
  shift: boolean;
}

/** The conversation, newest at the foot. Stays at the end while the reader is there, else in place. */
export function MessageList() {
  const conversation = useConversation();
  const { room } = conversation;
  let list: VirtualizerHandle | undefined;
  let scroller: HTMLDivElement | undefined;
  let lastOffset = 0;
  const [atEnd, setAtEnd] = createSignal(true);
  const [readUpTo, setReadUpTo] = createSignal<string>();
  createReading({
    channelId: room.id,
    last: () => room.timeline().messages.at(-1)?.id,
    isAtEnd: atEnd,
  });

  const shown = createMemo<Shown>(
    (previous) => {
      const me = conversation.me();
      const rows =
        me === undefined
          ? []
          : rowsOf({
              messages: room.history.shown().messages,
              pending: room.pending(),
              nonces: room.nonces(),
              me,
            });
      return {
        rows,
        keys: rows.map((row) => row.key),
        byKey: new Map(rows.map((row) => [row.key, row])),
        shift: grewAtStart(previous.rows, rows),
      };
    },
    { rows: [], keys: [], byKey: new Map(), shift: false },
  );

  const unseen = createMemo(() => {
    const from = readUpTo();
    if (atEnd() || from === undefined) return 0;
    const { messages } = room.timeline();
    return messages.length - 1 - messages.findLastIndex((message) => message.id === from);
  });

  function toEnd(): void {
    list?.scrollToIndex(shown().keys.length - 1, { align: 'end' });
    setAtEnd(true);
  }

  function keepEnd(): void {
    if (atEnd()) list?.scrollToIndex(shown().keys.length - 1, { align: 'end' });
  }

  function follow(offset: number): void {
    if (scroller === undefined) return;
    // The list learns of a new height a moment later than the page does.
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (left <= AT_END_PX) setAtEnd(true);
    else if (offset < lastOffset) leaveEnd();
    lastOffset = offset;
    if (offset < LOAD_AHEAD_PX) void room.history.loadOlder();
  }

  function leaveEnd(): void {
    if (!atEnd()) return;
    setReadUpTo(room.timeline().messages.at(-1)?.id);
    setAtEnd(false);
  }

  /** A first page that does not fill the screen cannot be scrolled, so nothing else would ask. */
  function fill(): void {
    if (list !== undefined && list.scrollSize <= list.viewportSize) void room.history.loadOlder();
  }

  onMount(keepEnd);
  createEffect(
    on(
      () => shown().keys.length,
      () => queueMicrotask(keepEnd),
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => room.pending().at(-1)?.nonce,
      (nonce) => {
        if (nonce !== undefined) queueMicrotask(toEnd);
      },
      { defer: true },
    ),
  );

  return (
    <div class="relative min-h-0 flex-1">
      <div
        ref={(element) => (scroller = element)}
        role="log"
        aria-live="off"
        aria-label={t('channel.messages', conversation.name())}
        tabindex={0}
        class="absolute inset-0 flex flex-col overflow-y-auto overscroll-contain pb-3 outline-none [contain:strict]"
      >
        <div class="grow" />
        <Virtualizer
          ref={(handle) => (list = handle)}
          data={shown().keys}
          shift={shown().shift}
          bufferSize={600}
          keepMounted={TOP}
          onScroll={follow}
          onResize={() => {
            keepEnd();
            fill();
          }}
        >
          {(key) => <ListRow row={shown().byKey.get(key)} />}
        </Virtualizer>
      </div>
      <NewsForReaders />
      <Show when={!atEnd()}>
        <button
          type="button"
          class="touch-target absolute inset-x-5 bottom-2 flex min-h-9 animate-rise items-center justify-between gap-3 rounded-medium bg-raised-more px-3.5 font-medium shadow-float transition-colors hover:text-brass-ink max-tablet:inset-x-3"
          onClick={toEnd}
        >
          <span classList={{ 'text-brass-ink': unseen() > 0, 'text-second': unseen() === 0 }}>
            {unseen() > 0 ? t('channel.newMessages', unseen()) : t('channel.readingOlder')}
          </span>
          <span class="inline-flex items-center gap-1.5">
            {t('channel.jumpToLatest')}
            <ArrowDown size={16} />
          </span>
        </button>
      </Show>
    </div>
  );
}

function ListRow(props: { row: Row | undefined }) {
  // A row on its way out keeps what it showed.
  const row = createMemo<Row | undefined>((last) => props.row ?? last);
  const as = <Kind extends Row['kind']>(kind: Kind) => {
    const current = row();
    return current?.kind === kind ? (current as Extract<Row, { kind: Kind }>) : undefined; // TypeScript does not narrow by a type parameter.
  };
  return (
    <Switch>
      <Match when={as('message')}>
        {(line) => <MessageRow message={line().message} leads={line().leads} />}
      </Match>
      <Match when={as('pending')}>
        {(line) => <PendingRow pending={line().pending} leads={line().leads} />}
      </Match>
      <Match when={as('day')}>{(line) => <DayLine at={line().at} />}</Match>
      <Match when={as('top')}>
        <ListTop />
      </Match>
    </Switch>
  );
}

function DayLine(props: { at: number }) {
  return (
    <div role="separator" class="mx-5 mt-5 flex items-center gap-3 max-tablet:mx-4">
      <span class="h-px flex-1 bg-line" />
      <span class="text-label font-medium text-third">{dayName(props.at, Date.now())}</span>
      <span class="h-px flex-1 bg-line" />
    </div>
  );
}
