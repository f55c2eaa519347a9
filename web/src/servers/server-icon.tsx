import { Show } from 'solid-js';
import { initials } from '../design/person-color.ts';

interface ServerIconProps {
  server: { name: string; icon: string | null };
  size: number;
  active?: boolean;
  class?: string;
}

/** A server's picture, or the letters of its name. */
export function ServerIcon(props: ServerIconProps) {
  return (
    <span
      aria-hidden="true"
      class={`grid shrink-0 place-items-center overflow-hidden font-bold transition select-none ${props.class ?? 'rounded-large'}`}
      classList={{
        'bg-brass text-on-brass': props.active,
        'bg-raised text-second': props.active !== true,
      }}
      style={{ width: `${props.size}px`, height: `${props.size}px` }}
    >
      <Show
        when={props.server.icon}
        fallback={
          // A drawing, not text: the name stands beside it or is read out.
          <span
            data-letters={initials(props.server.name)}
            class="before:content-[attr(data-letters)]"
          />
        }
      >
        {(address) => <img src={address()} alt="" class="size-full object-cover" />}
      </Show>
    </span>
  );
}
