import Shield from 'lucide-solid/icons/shield';
import { Show } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { roleColor } from '../design/person-color.ts';
import type { Target } from './target.ts';

/** A person's picture, or the shield of a role in its colour. */
export function TargetIcon(props: { target: Target }) {
  const user = () => (props.target.kind === 'member' ? props.target.member.user : undefined);
  const color = () =>
    props.target.kind === 'role' && props.target.color !== null
      ? roleColor(props.target.color)
      : undefined;
  return (
    <Show
      when={user()}
      fallback={
        <span class="grid size-6 shrink-0 place-items-center text-third" style={{ color: color() }}>
          <Shield size={17} />
        </span>
      }
    >
      {(known) => <Avatar user={known()} size={24} />}
    </Show>
  );
}
