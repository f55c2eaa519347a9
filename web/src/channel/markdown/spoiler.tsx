import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { m } from '../../strings/markup.ts';

/** Words that are there, and cannot be read, heard or followed until they are asked for. */
export function Spoiler(props: { children: JSX.Element }) {
  const [isOpen, setIsOpen] = createSignal(false);
  const open = (event: Event): void => {
    event.preventDefault();
    // Not also what is around it: the row acts on keys, too.
    event.stopPropagation();
    setIsOpen(true);
  };
  return (
    <Show
      when={isOpen()}
      fallback={
        <span
          role="button"
          tabIndex={0}
          aria-label={m('spoiler')}
          title={m('spoiler')}
          class="rounded-[4px] bg-raised-more box-decoration-clone px-0.5 transition-colors select-none hover:bg-line"
          onClick={open}
          onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && open(event)}
        >
          {/* Not just invisible: neither found nor followed. */}
          <span aria-hidden="true" inert class="opacity-0 [&_*]:opacity-0">
            {props.children}
          </span>
        </span>
      }
    >
      <span class="animate-appear rounded-[4px] bg-raised box-decoration-clone px-0.5">
        {props.children}
      </span>
    </Show>
  );
}
