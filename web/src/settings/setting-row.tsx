import type { JSX } from 'solid-js';

/** One thing to do: what it means, and the button for it. */
export function SettingRow(props: { title: string; sentence: string; children: JSX.Element }) {
  return (
    <section class="flex flex-wrap items-center gap-x-6 gap-y-3 py-5">
      <div class="min-w-56 flex-1">
        <h3 class="font-medium">{props.title}</h3>
        <p class="mt-0.5 text-pretty text-second">{props.sentence}</p>
      </div>
      {props.children}
    </section>
  );
}
