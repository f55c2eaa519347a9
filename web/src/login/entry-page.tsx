import type { JSX } from 'solid-js';
import { Show, onMount } from 'solid-js';
import { createPageTitle } from '../design/page-title.ts';
import { Reeds } from '../design/reeds.tsx';
import { useInstance } from '../instance.tsx';

interface EntryPageProps {
  title: string;
  sentence: string;
  children: JSX.Element;
}

/** The door: logo, one sentence, what to fill in. */
export function EntryPage(props: EntryPageProps) {
  const instance = useInstance();
  createPageTitle(() => props.title);
  let page: HTMLElement | undefined;
  onMount(() => {
    // On touch screens the keyboard would cover the page before it was read.
    if (!matchMedia('(pointer: fine)').matches) return;
    const field = page?.querySelector('[data-focus-first]');
    if (field instanceof HTMLElement) field.focus();
  });
  return (
    <main
      ref={(element) => (page = element)}
      class="pb-safe flex min-h-dvh flex-col items-center bg-side px-6"
    >
      <div class="my-auto w-full max-w-[360px] animate-appear py-10">
        <Reeds size={52} class="mx-auto text-brass-ink" />
        <h1 class="mt-7 text-center text-display font-bold tracking-tight text-balance">
          {props.title}
        </h1>
        <p class="mt-2 mb-9 text-center text-message text-pretty text-second">{props.sentence}</p>
        {props.children}
      </div>
      <Show when={instance()?.name}>
        {(name) => <p class="pb-6 text-label text-third">{name()}</p>}
      </Show>
    </main>
  );
}

/** What one has to know before filling in. */
export function EntryNote(props: { children: JSX.Element }) {
  return (
    <p
      role="status"
      class="mb-6 rounded-medium bg-brass-wash px-3.5 py-3 text-pretty text-brass-ink"
    >
      {props.children}
    </p>
  );
}

/** A way on that is not the main one. */
export const ENTRY_LINK =
  'inline-flex min-h-6 items-center font-medium text-brass-ink hover:underline pointer-coarse:min-h-11';

/** What stopped the form, read out at once. */
export function FormProblem(props: { sentence: string | undefined }) {
  return (
    <div role="alert">
      <Show when={props.sentence}>
        <p class="mb-4 animate-appear rounded-medium bg-danger-wash px-3.5 py-3 text-danger-ink">
          {props.sentence}
        </p>
      </Show>
    </div>
  );
}
