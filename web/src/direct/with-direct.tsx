import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useRooms } from '../room/rooms.tsx';
import type { Direct } from './create-direct.ts';

/** What it holds is shown once friends and conversations are there. */
export function WithDirect(props: {
  fallback?: JSX.Element;
  children: (direct: Direct) => JSX.Element;
}) {
  const rooms = useRooms();
  return (
    <Show when={rooms.direct()} keyed fallback={props.fallback}>
      {(direct) => props.children(direct)}
    </Show>
  );
}
