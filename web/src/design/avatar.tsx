import { Show } from 'solid-js';
import { t } from '../strings/strings.ts';
import { initials, personBackground } from './person-color.ts';

export type ShownStatus = 'online' | 'idle' | 'dnd' | 'offline';

const STATUS_COLOR: Record<ShownStatus, string> = {
  online: 'bg-live',
  idle: 'bg-brass',
  dnd: 'bg-danger',
  offline: 'bg-third',
};

interface AvatarProps {
  user: { id: string; username: string; avatar: string | null };
  size: number;
  status?: ShownStatus;
  speaking?: boolean;
  class?: string;
}

/** A person: picture or initials on a colour that stays theirs, with presence and speaking ring. */
export function Avatar(props: AvatarProps) {
  return (
    <span
      class={`relative inline-block shrink-0 rounded-full select-none ${props.class ?? ''}`}
      style={{ width: `${props.size}px`, height: `${props.size}px` }}
    >
      <Show
        when={props.user.avatar}
        fallback={
          <span
            aria-hidden="true"
            // A drawing, not text: nobody needs to read or hear it.
            data-letters={initials(props.user.username)}
            class="grid size-full place-items-center rounded-full font-bold text-[#fff] before:content-[attr(data-letters)]"
            style={{
              'background-color': personBackground(props.user.id),
              'font-size': `${Math.max(9, Math.round(props.size * 0.36))}px`,
            }}
          />
        }
      >
        {(address) => (
          <img src={address()} alt="" class="size-full rounded-full object-cover" loading="lazy" />
        )}
      </Show>
      <span
        aria-hidden="true"
        class="pointer-events-none absolute -inset-[3px] rounded-full border-2 border-live transition-opacity duration-100"
        classList={{ 'opacity-0': props.speaking !== true }}
      />
      <Show when={props.status}>
        {(status) => <PresenceDot status={status()} size={Math.round(props.size * 0.3)} corner />}
      </Show>
    </span>
  );
}

interface PresenceDotProps {
  status: ShownStatus;
  size: number;
  /** Cut into the corner of an avatar. */
  corner?: boolean;
  /** The words beside it say the same. */
  decorative?: boolean;
}

/** Presence has a shape as well as a colour: full, half moon, bar, ring. */
export function PresenceDot(props: PresenceDotProps) {
  const size = () => Math.max(10, props.size);
  return (
    <span
      role={props.decorative === true ? undefined : 'img'}
      aria-hidden={props.decorative}
      aria-label={props.decorative === true ? undefined : t(`presence.${props.status}`)}
      class="inline-block rounded-full"
      classList={{ 'absolute -right-0.5 -bottom-0.5 bg-(--surface) p-[2.5px]': props.corner }}
      style={{
        width: `${props.corner === true ? size() + 5 : size()}px`,
        height: `${props.corner === true ? size() + 5 : size()}px`,
      }}
    >
      <span
        class={`relative block size-full overflow-hidden rounded-full ${STATUS_COLOR[props.status]}`}
      >
        <Show when={props.status === 'idle'}>
          <span class="absolute -top-[15%] -left-[25%] size-[70%] rounded-full bg-(--surface)" />
        </Show>
        <Show when={props.status === 'dnd'}>
          <span class="absolute inset-x-[20%] top-[38%] h-[24%] rounded-full bg-(--surface)" />
        </Show>
        <Show when={props.status === 'offline'}>
          <span class="absolute inset-[25%] rounded-full bg-(--surface)" />
        </Show>
      </span>
    </span>
  );
}
