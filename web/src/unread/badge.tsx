import { Show } from 'solid-js';

/** How many mentions wait; said in words by what it stands on. */
export function MentionBadge(props: { count: number; class?: string }) {
  return (
    <Show when={props.count > 0}>
      <span
        aria-hidden="true"
        class={`grid h-[18px] min-w-[18px] shrink-0 place-items-center rounded-full bg-danger px-1 text-[11px] leading-none font-bold text-on-danger ${props.class ?? ''}`}
      >
        {props.count > 99 ? '99+' : props.count}
      </span>
    </Show>
  );
}
