import { Match, Show, Switch, createMemo } from 'solid-js';
import { Virtualizer } from 'virtua/solid';
import { t } from '../strings/strings.ts';
import { createReading } from '../unread/reading.ts';
import { useConversation } from './conversation.tsx';
import { JumpBar } from './jump-bar.tsx';
import { createListKeys } from './list-keys.ts';
import { makeListPointer } from './list-pointer.ts';
import { createListScroll } from './list-scroll.ts';
import { ListTop } from './list-top.tsx';
import { MessageRow } from './message-row.tsx';
import { NewsBar } from './news-bar.tsx';
import { NewerEnd } from './newer-end.tsx';
import { NewsForReaders } from './news-for-readers.tsx';
import { PendingRow } from './pending-row.tsx';
import { changedAtStart, rowsOf } from './rows.ts';
import type { Row } from './rows.ts';
import { dayName } from './times.ts';

/** The beginning of the list is always there: its height must not be a guess. */
const TOP = [0];

export interface ShownRows {
  rows: Row[];
  keys: string[];
  byKey: Map<string, Row>;
  /** Rows came or went before the others: the place is kept from the end. */
  shift: boolean;
}

const NO_ROWS: ShownRows = { rows: [], keys: [], byKey: new Map(), shift: false };

/** The conversation, newest at the foot. Stays at the end while the reader is there, else in place. */
export function MessageList() {
  const conversation = useConversation();
  const { room, news } = conversation;
  const shown = createMemo<ShownRows>((previous) => {
    const me = conversation.me();
    if (me === undefined) return NO_ROWS;
    const stretch = room.history.shown();
    const rows = rowsOf({
      messages: stretch.messages,
      pending: room.pending(),
      nonces: room.nonces(),
      me,
      firstNew: news.firstOf(stretch)?.id,
      isElsewhere: room.history.isElsewhere(),
    });
    return {
      rows,
      keys: rows.map((row) => row.key),
      byKey: new Map(rows.map((row) => [row.key, row])),
      shift: changedAtStart(previous.rows, rows),
    };
  }, NO_ROWS);
  const scroll = createListScroll(conversation, shown);
  createReading({
    channelId: room.id,
    last: () => room.timeline().messages.at(-1)?.id,
    isAtEnd: conversation.list.atEnd,
  });
  const onKeyDown = createListKeys(conversation, scroll);
  const pointer = makeListPointer(conversation);

  return (
    <div class="relative min-h-0 flex-1">
      <div
        ref={scroll.setScroller}
        role="log"
        aria-live="off"
        aria-label={t('channel.messages', conversation.name())}
        tabindex={0}
        class="absolute inset-0 flex flex-col overflow-y-auto overscroll-contain pb-3 -outline-offset-2 [contain:strict] [overflow-anchor:none]"
        onKeyDown={onKeyDown}
        {...pointer}
      >
        <div class="grow" />
        {/* Another place is another list: what was measured there means nothing here. */}
        <Show when={room.history.place()} keyed>
          <Virtualizer
            ref={scroll.setList}
            data={shown().keys}
            shift={shown().shift}
            bufferSize={600}
            keepMounted={TOP}
            onScroll={scroll.follow}
            onResize={scroll.settle}
          >
            {(key) => <ListRow row={shown().byKey.get(key)} />}
          </Virtualizer>
        </Show>
      </div>
      <NewsForReaders />
      <NewsBar isAbove={scroll.isNewAbove()} onJump={scroll.toNew} />
      <JumpBar />
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
        {(line) => (
          <MessageRow
            message={line().message}
            leads={line().leads}
            isFirstNew={line().isFirstNew}
          />
        )}
      </Match>
      <Match when={as('pending')}>
        {(line) => <PendingRow pending={line().pending} leads={line().leads} />}
      </Match>
      <Match when={as('day')}>{(line) => <DayLine at={line().at} />}</Match>
      <Match when={as('top')}>
        <ListTop />
      </Match>
      <Match when={as('newer')}>
        <NewerEnd />
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
