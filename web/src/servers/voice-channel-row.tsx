import type { Channel } from '@harmonium/api/channel';
import type { VoiceState } from '@harmonium/rooms/voice-state';
import { useNavigate, useParams } from '@solidjs/router';
import HeadphoneOff from 'lucide-solid/icons/headphone-off';
import Video from 'lucide-solid/icons/video';
import MicOff from 'lucide-solid/icons/mic-off';
import MonitorUp from 'lucide-solid/icons/monitor-up';
import Volume1 from 'lucide-solid/icons/volume-1';
import Volume2 from 'lucide-solid/icons/volume-2';
import { For, Show, createMemo, createSignal, onCleanup } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Avatar } from '../design/avatar.tsx';
import { memberName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import { voiceIn } from '../room/server-view.ts';
import type { ServerState } from '../room/server-state.ts';
import { t } from '../strings/strings.ts';
import { useVoice } from '../voice/voice.tsx';
import { ChannelMenu } from './channel-row.tsx';
import { useAsk } from './dialogs.tsx';

/** A voice channel: a click joins; who is inside is there for all to see. */
export function VoiceChannelRow(props: { channel: Channel; state: ServerState }) {
  const voice = useVoice();
  const inside = createMemo(() => voiceIn(props.state, props.channel.id));
  const navigate = useNavigate();
  const params = useParams<{ channelId?: string }>();
  const isMine = () => voice.call()?.channelId === props.channel.id;
  /** The first click is for the ears: what one reads stays. The next one looks. */
  const enter = () => {
    const { serverId, id } = props.channel;
    if (voice.isIn(id)) navigate(`/servers/${serverId}/${id}`);
    else void voice.join(serverId, id);
  };
  return (
    <>
      <div class="group relative">
        <button
          type="button"
          aria-label={`${t('channels.joinVoice', props.channel.name)}, ${t('channels.inVoice', inside().length)}`}
          class="flex h-[34px] w-full items-center gap-2 rounded-small px-2 text-left text-message transition-colors hover:bg-raised hover:text-ink focus-visible:-outline-offset-2 pointer-coarse:h-11"
          classList={{
            'bg-raised-more': params.channelId === props.channel.id,
            'text-ink': isMine() || inside().length > 0,
            'text-second': !isMine() && inside().length === 0,
          }}
          onPointerEnter={() => voice.prepare(props.channel.id)}
          onPointerLeave={() => voice.unprepare()}
          onFocus={() => voice.prepare(props.channel.id)}
          onClick={enter}
        >
          <Show
            when={inside().length > 0}
            fallback={<Volume1 size={18} class="shrink-0 text-third" />}
          >
            <Volume2 size={18} class="shrink-0 text-live-ink" />
          </Show>
          <span class="min-w-0 flex-1 truncate">{props.channel.name}</span>
          <Show when={inside()[0]}>
            {(first) => (
              <span class="group-hover:opacity-0">
                <Elapsed since={first().since} />
              </span>
            )}
          </Show>
        </button>
        <ChannelMenu channel={props.channel} state={props.state} />
      </div>
      <Show when={inside().length > 0}>
        <ul
          data-still
          aria-label={t('channels.inVoice', inside().length)}
          class="mb-1 flex flex-col"
        >
          <For each={inside()}>
            {(state) => <VoicePerson state={state} serverId={props.channel.serverId} />}
          </For>
        </ul>
      </Show>
    </>
  );
}

function VoicePerson(props: { state: VoiceState; serverId: string }) {
  const rooms = useRooms();
  const ask = useAsk();
  const name = () => memberName(rooms.members(props.serverId), props.state.user);
  const show = (event: MouseEvent & { currentTarget: Element }) => {
    event.preventDefault();
    const at = event.currentTarget.getBoundingClientRect();
    ask({ about: 'profile', serverId: props.serverId, user: props.state.user, at });
  };
  /** Everything the row shows, in words. */
  const words = () => {
    const { speaking, video, screen } = props.state;
    const said = [name()];
    if (speaking) said.push(t('channels.speaking'));
    const silence = silenceOf(props.state);
    if (silence !== undefined) said.push(silence.words);
    if (video) said.push(t('channels.camera'));
    if (screen) said.push(t('channels.screen'));
    return said.join(', ');
  };
  return (
    <li>
      <button
        type="button"
        aria-label={words()}
        class="flex h-[30px] w-full items-center gap-2 rounded-small pr-2 pl-[34px] text-left text-second transition-colors hover:bg-raised pointer-coarse:h-11"
        onClick={show}
        onContextMenu={show}
      >
        <Avatar user={props.state.user} size={22} speaking={props.state.speaking} />
        <span
          class="min-w-0 flex-1 truncate transition-colors"
          classList={{ 'text-ink': props.state.speaking }}
        >
          {name()}
        </span>
        <Show when={props.state.video}>
          <Video size={15} class="shrink-0 text-third" />
        </Show>
        <Show when={props.state.screen}>
          <MonitorUp size={15} class="shrink-0 text-brass-ink" />
        </Show>
        <Show when={silenceOf(props.state)}>
          {(silence) => (
            <span
              class="shrink-0"
              classList={{
                'text-danger-ink': silence().isModerators,
                'text-third': !silence().isModerators,
              }}
              title={silence().words}
            >
              <Dynamic component={silence().icon} size={15} />
            </span>
          )}
        </Show>
      </button>
    </li>
  );
}

/** Why they are not heard, or do not hear, and whose doing it is; that of a moderator counts. */
function silenceOf({ muted, deafened, serverMuted, serverDeafened }: VoiceState) {
  if (serverDeafened) {
    return { icon: HeadphoneOff, isModerators: true, words: t('channels.deafenedByModerator') };
  }
  if (serverMuted) {
    return { icon: MicOff, isModerators: true, words: t('channels.mutedByModerator') };
  }
  if (deafened) return { icon: HeadphoneOff, isModerators: false, words: t('channels.deafened') };
  return muted ? { icon: MicOff, isModerators: false, words: t('channels.muted') } : undefined;
}

/** How long the call has been going on. */
function Elapsed(props: { since: string }) {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), 1000);
  onCleanup(() => clearInterval(timer));
  const text = () => {
    const seconds = Math.max(0, Math.floor((now() - Date.parse(props.since)) / 1000));
    const pad = (part: number) => String(part).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    return hours > 0
      ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}`
      : `${minutes}:${pad(seconds % 60)}`;
  };
  return (
    // Changes every second: to be seen, not to be read out with the channel's name.
    <span
      aria-hidden="true"
      data-elapsed={text()}
      class="text-label text-third tabular-nums before:content-[attr(data-elapsed)]"
    />
  );
}
