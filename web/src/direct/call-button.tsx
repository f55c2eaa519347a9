import type { DirectChannel } from '@harmonium/api/direct';
import Phone from 'lucide-solid/icons/phone';
import { Index, Show } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useRooms } from '../room/rooms.tsx';
import { t } from '../strings/direct.ts';
import { useVoice } from '../voice/voice.tsx';
import type { Direct } from './create-direct.ts';
import { mayCall } from './may-call.ts';

/** Who is in the call of the conversation, and the way into it. */
export function CallButton(props: { direct: Direct; channel: DirectChannel }) {
  const voice = useVoice();
  const rooms = useRooms();
  const inside = () => props.direct.inCall(props.channel.id);
  const isMine = () => voice.call()?.channelId === props.channel.id;
  const isOpen = () => mayCall(rooms.channel(props.channel.id).you()?.permissions);
  return (
    <>
      <Show when={inside().length > 0}>
        <ul aria-label={t('direct.callers')} class="flex items-center gap-2 px-1">
          <Index each={inside()}>
            {(state) => (
              <li title={state().user.username}>
                <span class="sr-only">{state().user.username}</span>
                <Avatar user={state().user} size={24} speaking={state().speaking} />
              </li>
            )}
          </Index>
        </ul>
      </Show>
      <Show when={!isMine() && isOpen()}>
        <IconButton
          label={inside().length > 0 ? t('direct.joinCall', inside().length) : t('direct.call')}
          class={inside().length > 0 ? 'bg-live! text-side!' : ''}
          onPointerEnter={() => voice.prepare(props.channel.id)}
          onPointerLeave={() => voice.unprepare()}
          onClick={() => void voice.join(undefined, props.channel.id)}
        >
          <Phone size={18} />
        </IconButton>
      </Show>
    </>
  );
}
