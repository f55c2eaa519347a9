import type { DirectChannel } from '@harmonium/api/direct';
import Users from 'lucide-solid/icons/users';
import { Show } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { personBackground } from '../design/person-color.ts';
import { useSession } from '../session-context.tsx';
import type { Direct } from './create-direct.ts';

/** The other person with their presence, or the sign of a group in a colour that stays its own. */
export function DirectAvatar(props: { channel: DirectChannel; direct: Direct; size: number }) {
  const session = useSession();
  const other = () =>
    props.channel.type === 'direct'
      ? props.channel.participants.find(({ id }) => id !== session.user()?.id)
      : undefined;
  const status = (id: string) =>
    props.direct.kind(id) === 'friend' ? props.direct.presence(id) : undefined;
  return (
    <Show
      when={other()}
      fallback={
        <span
          aria-hidden="true"
          class="grid shrink-0 place-items-center rounded-full text-[#fff]"
          style={{
            width: `${props.size}px`,
            height: `${props.size}px`,
            'background-color': personBackground(props.channel.id),
          }}
        >
          <Users size={Math.round(props.size * 0.5)} />
        </span>
      }
    >
      {(user) => <Avatar user={user()} size={props.size} {...statusOf(status(user().id))} />}
    </Show>
  );
}

/** A status that is not known is none, rather than offline. */
function statusOf<Status>(status: Status | undefined): { status?: Status } {
  return status === undefined ? {} : { status };
}
