import { createMemo, createSignal, onCleanup } from 'solid-js';
import { momentName } from './moment-name.ts';

const TICK_MS = 10_000;
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** A moment as the reader's own clock and calendar tell it. */
export function Moment(props: { seconds: number; style: string }) {
  const [now, setNow] = createSignal(Date.now());
  if (props.style === 'R') {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    onCleanup(() => clearInterval(timer));
  }
  const date = createMemo(() => new Date(props.seconds * 1000));
  return (
    <time
      dateTime={date().toISOString()}
      title={full.format(date())}
      class="rounded-[4px] bg-raised-more box-decoration-clone px-1 [unicode-bidi:isolate]"
    >
      {momentName(date().getTime(), props.style, now())}
    </time>
  );
}
