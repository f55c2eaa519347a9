import { Show } from 'solid-js';
import { late } from '../design/late.tsx';
import { createMayAsk } from './may-ask.ts';

const NotifyCard = late(async () => (await import('./notify-card.tsx')).NotifyCard);

/** The question whether one wants to hear of mentions, when there is reason to ask. */
export function NotifyAsk() {
  const mayAsk = createMayAsk();
  return (
    <Show when={mayAsk()}>
      <NotifyCard />
    </Show>
  );
}
