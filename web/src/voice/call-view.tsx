import type { Channel } from '@harmonium/api/channel';
import Activity from 'lucide-solid/icons/activity';
import Menu from 'lucide-solid/icons/menu';
import Users from 'lucide-solid/icons/users';
import Volume2 from 'lucide-solid/icons/volume-2';
import { Match, Show, Switch, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Reeds } from '../design/reeds.tsx';
import { memberName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { voiceIn } from '../room/server-view.ts';
import { useAsk } from '../servers/dialogs.tsx';
import { t } from '../strings/call.ts';
import { t as common } from '../strings/strings.ts';
import { CallDesk } from './call-desk.tsx';
import { createTiles } from './create-tiles.ts';
import { Figures } from './figures.tsx';
import { phaseName } from './phase-name.ts';
import { useVoice } from './voice-context.tsx';
import type { CallView as Standing } from './voice-context.tsx';
import { CallNotes } from './call-notes.tsx';
import { LayoutButton } from './video/layout-button.tsx';
import { Stage } from './video/stage.tsx';

interface CallViewProps {
  state: ServerState;
  channel: Channel;
  onOpenMenu: () => void;
  onToggleMembers: () => void;
}

/** A voice channel in the main column: who is in it, and one's own controls. */
export function CallView(props: CallViewProps) {
  const voice = useVoice();
  const rooms = useRooms();
  const ask = useAsk();
  const [showsFigures, setShowsFigures] = createSignal(false);
  /** The call, while it is this channel's and one is in it. */
  const mine = createMemo(() => {
    const call = voice.call();
    return call?.channelId === props.channel.id && call.phase !== 'failed' ? call : undefined;
  });
  const tiles = createTiles(() => voiceIn(props.state, props.channel.id), mine);
  createEffect(() => {
    const close = mine() === undefined ? undefined : voice.video()?.view();
    if (close !== undefined) onCleanup(close);
  });
  return (
    <div class="flex h-full min-w-0 flex-col bg-main [--surface:var(--main)]">
      <header class="flex h-[52px] shrink-0 items-center gap-3 border-b border-line pr-3 pl-5 max-tablet:pl-2">
        <IconButton
          label={common('channel.openMenu')}
          class="tablet:hidden"
          onClick={() => props.onOpenMenu()}
        >
          <Menu size={20} />
        </IconButton>
        <Volume2 size={20} class="shrink-0 text-third max-tablet:-mr-1" />
        <h1 class="min-w-0 truncate text-message font-bold">{props.channel.name}</h1>
        <span class="flex-1" />
        <Show when={mine()}>
          <LayoutButton tiles={tiles()} />
          <IconButton
            label={t('call.figures')}
            aria-pressed={showsFigures()}
            class="aria-pressed:bg-raised aria-pressed:text-ink"
            onClick={() => setShowsFigures(!showsFigures())}
          >
            <Activity size={18} />
          </IconButton>
        </Show>
        <IconButton label={common('channel.toggleMembers')} onClick={() => props.onToggleMembers()}>
          <Users size={18} />
        </IconButton>
      </header>
      <div class="relative flex min-h-0 flex-1 flex-col">
        <Show when={showsFigures() ? mine() : undefined}>
          {(call) => <Figures call={call()} />}
        </Show>
        <Show when={tiles().length > 0} fallback={<Nobody channel={props.channel} call={mine()} />}>
          <Stage
            tiles={tiles()}
            nameOf={(user) => memberName(rooms.members(props.channel.serverId), user)}
            onProfile={(user, at) =>
              ask({ about: 'profile', serverId: props.channel.serverId, user, at })
            }
          />
        </Show>
      </div>
      <Foot
        channel={props.channel}
        call={mine()}
        count={voiceIn(props.state, props.channel.id).length}
      />
    </div>
  );
}

/** Before anyone is there, oneself among them. */
function Nobody(props: { channel: Channel; call: Standing | undefined }) {
  return (
    <Show
      when={props.call}
      fallback={
        <EmptyState
          title={t('call.emptyTitle', props.channel.name)}
          sentence={t('call.emptySentence')}
        />
      }
    >
      {(call) => (
        <p role="status" class="m-auto flex items-center gap-3 text-message text-second">
          <Reeds kind="loading" size={22} class="text-brass-ink" />
          {phaseName(call().phase)}
        </p>
      )}
    </Show>
  );
}

function Foot(props: { channel: Channel; call: Standing | undefined; count: number }) {
  const voice = useVoice();
  return (
    <footer class="pb-safe shrink-0 px-4 pt-1 max-tablet:px-3">
      <div class="mx-auto mb-4 flex w-fit max-w-full flex-col items-center gap-2">
        <Switch>
          <Match when={props.call}>
            {(call) => (
              <>
                <CallNotes call={call()} />
                <Show
                  when={props.count > 0 && call().phase === 'reconnecting' && !call().isStillHeard}
                >
                  <p role="status" class="text-label text-brass-ink">
                    {phaseName(call().phase)}
                  </p>
                </Show>
                <Show when={props.count === 1 && call().phase === 'connected'}>
                  <p class="text-center text-label text-pretty text-third">{t('call.alone')}</p>
                </Show>
                <CallDesk call={call()} />
              </>
            )}
          </Match>
          <Match when={true}>
            <Show when={props.count > 0}>
              <p class="text-second">{t('call.waitingSentence', props.count)}</p>
            </Show>
            <Button
              onPointerEnter={() => voice.prepare(props.channel.id)}
              onFocus={() => voice.prepare(props.channel.id)}
              onClick={() => void voice.join(props.channel.serverId, props.channel.id)}
            >
              {t('call.join')}
            </Button>
          </Match>
        </Switch>
      </div>
    </footer>
  );
}
