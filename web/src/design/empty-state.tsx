import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Reeds } from './reeds.tsx';

interface EmptyStateProps {
  title: string;
  sentence?: string;
  /** The one clear next step. */
  children?: JSX.Element;
  /** `h1` where nothing else on the page is one. */
  heading?: 'h1' | 'h2';
}

/** Where nothing is yet: says so kindly, and what to do. */
export function EmptyState(props: EmptyStateProps) {
  return (
    <div class="m-auto flex max-w-[30rem] animate-appear flex-col items-center px-6 py-10 text-center">
      <Reeds size={44} class="mb-5 text-brass-ink" />
      <Show
        when={props.heading === 'h1'}
        fallback={<h2 class="text-title font-bold text-balance">{props.title}</h2>}
      >
        <h1 class="text-display font-bold tracking-tight text-balance">{props.title}</h1>
      </Show>
      <Show when={props.sentence}>
        <p class="mt-2 max-w-[24rem] text-message text-balance text-second">{props.sentence}</p>
      </Show>
      <Show when={props.children}>
        <div class="mt-7 flex flex-wrap justify-center gap-3">{props.children}</div>
      </Show>
    </div>
  );
}
