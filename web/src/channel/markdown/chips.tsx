import type { Channel } from '@harmonium/api/channel';
import { Volume2 } from 'lucide-solid';
import { Show } from 'solid-js';
import { roleColor } from '../../design/person-color.ts';
import { m } from '../../strings/markup.ts';
import { useConversation } from '../conversation.tsx';
import { useNamed } from './named.tsx';
import { useNames } from './names.ts';

const CHIP =
  'max-w-full rounded-[4px] bg-brass-wash box-decoration-clone px-1 font-medium text-brass-ink [unicode-bidi:isolate]';
/** On one line, cut where it does not fit. */
const LINE = 'inline-block truncate align-bottom';
const PRESSED = 'cursor-pointer transition-colors hover:bg-brass hover:text-on-brass';
const GONE = 'rounded-[4px] bg-raised-more px-1 text-second [unicode-bidi:isolate]';

/** Somebody who is named; opens who that is. */
export function UserChip(props: { id: string }) {
  const conversation = useConversation();
  const names = useNames();
  const user = () => names.user(props.id);
  return (
    <Show when={user()} fallback={<span class={GONE}>{m('unknownUser')}</span>}>
      {(found) => (
        <Show
          when={conversation.channel()}
          fallback={<span class={CHIP}>@{conversation.nameOf(found())}</span>}
        >
          <button
            type="button"
            class={`inline ${CHIP} ${PRESSED} text-start wrap-anywhere`}
            onClick={(event) => conversation.showPerson(found(), event.currentTarget)}
          >
            @{conversation.nameOf(found())}
          </button>
        </Show>
      )}
    </Show>
  );
}

export function RoleChip(props: { id: string }) {
  const names = useNames();
  const role = () => names.role(props.id);
  const tone = () => {
    const color = role()?.color;
    return color === null || color === undefined ? {} : { color: roleColor(color) };
  };
  return (
    <Show when={role()} fallback={<span class={GONE}>{m('unknownRole')}</span>}>
      {(found) => (
        <span class={CHIP} style={tone()}>
          @{found().name}
        </span>
      )}
    </Show>
  );
}

/** A channel; leads there. */
export function ChannelChip(props: { id: string }) {
  const names = useNames();
  const channel = () => names.channel(props.id);
  return (
    <Show when={channel()} fallback={<span class={GONE}>{m('unknownChannel')}</span>}>
      {(found) => (
        <Show when={found().type === 'voice'} fallback={<TextChannel channel={found()} />}>
          <span class={`${CHIP} ${LINE}`}>
            <Volume2 size="0.95em" class="me-0.5 inline align-[-0.1em]" aria-hidden="true" />
            {found().name}
          </span>
        </Show>
      )}
    </Show>
  );
}

function TextChannel(props: { channel: Channel }) {
  return (
    <a
      href={`/servers/${props.channel.serverId}/${props.channel.id}`}
      class={`${CHIP} ${LINE} ${PRESSED}`}
    >
      #{props.channel.name}
    </a>
  );
}

/** Everyone, where that was meant; else the word as it stands. */
export function CrowdChip(props: { crowd: 'everyone' | 'here' }) {
  const named = useNamed();
  return (
    <Show when={named.everyone()} fallback={<>@{props.crowd}</>}>
      <span class={CHIP}>@{props.crowd}</span>
    </Show>
  );
}
