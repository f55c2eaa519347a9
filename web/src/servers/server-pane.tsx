import { A, Navigate, useParams, useSearchParams } from '@solidjs/router';
import { Match, Show, Switch, createEffect, createMemo, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { ChannelPane } from '../channel/channel-pane.tsx';
import { MessageSkeletons } from '../channel/message-skeletons.tsx';
import { Button } from '../design/button.tsx';
import { late } from '../design/late.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { QUIET_LINK_BUTTON } from '../design/link-button.ts';
import { createPageTitle } from '../design/page-title.ts';
import { Skeleton } from '../design/skeleton.tsx';
import { MembersPanel } from '../members/members-panel.tsx';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { Beside } from '../search/beside.tsx';
import { showServerTheme } from '../settings/appearance.ts';
import { t } from '../strings/strings.ts';
import { createOpenChannel } from '../threads/open-channel.ts';
import { entryChannel } from './channel-order.ts';
import { useAsk } from './dialogs.tsx';
import { createLastVisited } from './last-visited.ts';
import { MenuButton } from './menu-button.tsx';
import { myRights } from './my-permissions.ts';
import { usePanels } from './panels.tsx';

const CallView = late(async () => (await import('../voice/call-view.tsx')).CallView);

const ThreadBeside = late(async () => (await import('../threads/thread-beside.tsx')).ThreadBeside);

/** One server: its open channel and its members, or why there is none. */
export function ServerPane() {
  const params = useParams<{ serverId: string; channelId?: string; messageId?: string }>();
  const rooms = useRooms();
  const status = () => rooms.serverStatus(params.serverId);
  const state = () => rooms.server(params.serverId);
  const theme = createMemo(() => state()?.structure.server.theme);
  createEffect(() => {
    const shown = theme();
    if (shown !== undefined) showServerTheme({ id: params.serverId, theme: shown });
  });
  onCleanup(() => showServerTheme(undefined));
  /** What the server was called that one was in a moment ago. */
  const wasIn = () => state()?.structure.server.name ?? '';
  return (
    <Switch
      fallback={
        <Pane>
          <div class="hidden h-[52px] shrink-0 animate-late items-center border-b border-line px-5 tablet:flex">
            <Skeleton width="9rem" height="1rem" />
          </div>
          <div class="flex flex-1 flex-col justify-end overflow-hidden">
            <MessageSkeletons rows={7} label={t('channels.loading')} />
          </div>
        </Pane>
      }
    >
      <Match when={status() === 'gone'}>
        <Pane>
          <EmptyState
            heading="h1"
            title={wasIn() === '' ? t('servers.goneTitle') : t('servers.removedTitle', wasIn())}
            sentence={wasIn() === '' ? t('servers.goneSentence') : t('servers.removedSentence')}
          >
            <A href="/" class={QUIET_LINK_BUTTON}>
              {t('servers.toServers')}
            </A>
          </EmptyState>
        </Pane>
      </Match>
      <Match when={status() === 'failed'}>
        <Pane>
          <EmptyState
            heading="h1"
            title={t('session.unreachableTitle')}
            sentence={t('servers.unreachableSentence')}
          >
            <Button onClick={() => rooms.wake()}>{t('session.retry')}</Button>
          </EmptyState>
        </Pane>
      </Match>
      <Match when={state()}>
        {(server) => (
          <Show when={params.channelId} fallback={<EntryOf state={server()} />}>
            {(channelId) => (
              <OpenChannel state={server()} channelId={channelId()} messageId={params.messageId} />
            )}
          </Show>
        )}
      </Match>
    </Switch>
  );
}

/** The middle column when it holds no conversation. */
function Pane(props: { children?: JSX.Element }) {
  return (
    <main class="flex min-w-0 flex-1 flex-col">
      <div class="pt-safe shrink-0 px-2 tablet:hidden">
        <MenuButton />
      </div>
      {props.children}
    </main>
  );
}

/** A server without a channel in the address: on to one, if there is one. */
function EntryOf(props: { state: ServerState }) {
  const ask = useAsk();
  const server = () => props.state.structure.server;
  const lastVisited = createLastVisited(localStorage);
  const entry = () => entryChannel(props.state.structure, lastVisited.channel(server().id));
  const mayCreate = () => myRights(props.state, Date.now()).canManageChannels;
  return (
    <Show
      when={entry()}
      fallback={
        <Pane>
          <EmptyState
            heading="h1"
            title={t('channels.emptyTitle')}
            sentence={mayCreate() ? t('channels.emptySentence') : t('channels.emptyMember')}
          >
            <Show when={mayCreate()}>
              <Button
                onClick={() =>
                  ask({
                    about: 'new-channel',
                    server: server(),
                    categories: props.state.structure.categories,
                  })
                }
              >
                {t('servers.createChannel')}
              </Button>
            </Show>
          </EmptyState>
        </Pane>
      }
    >
      {(channel) => <Navigate href={`/servers/${server().id}/${channel().id}`} />}
    </Show>
  );
}

interface OpenChannelProps {
  state: ServerState;
  channelId: string;
  messageId: string | undefined;
}

function OpenChannel(props: OpenChannelProps) {
  const panels = usePanels();
  const lastVisited = createLastVisited(localStorage);
  const server = () => props.state.structure.server;
  const [search, setSearch] = useSearchParams<{ thread?: string }>();
  const { channel, archived, isLooking } = createOpenChannel(
    () => props.state,
    () => props.channelId,
  );
  /** The thread beside the channel, where there is room. */
  const thread = () => {
    const id = search.thread;
    return id !== undefined && id !== '' && panels.isWide() ? id : undefined;
  };
  const voiceChannel = () => {
    const open = channel();
    return open?.type === 'voice' ? open : undefined;
  };

  createEffect(() => {
    const open = channel();
    if (open !== undefined) lastVisited.visit(open.serverId, open.id);
  });
  createPageTitle(() => {
    const open = channel();
    return open === undefined ? server().name : `${open.name} · ${server().name}`;
  });

  return (
    <Show
      when={channel()?.id}
      fallback={
        <Pane>
          <Show
            when={!isLooking()}
            fallback={<MessageSkeletons rows={7} label={t('channels.loading')} />}
          >
            <EmptyState
              heading="h1"
              title={t('channels.goneTitle')}
              sentence={t('channels.goneSentence')}
            >
              <A href={`/servers/${server().id}`} class={QUIET_LINK_BUTTON}>
                {server().name}
              </A>
            </EmptyState>
          </Show>
        </Pane>
      }
    >
      {(channelId) => (
        <>
          <main class="flex min-w-0 flex-1 flex-col">
            <Show
              when={voiceChannel()}
              fallback={
                <ChannelPane
                  serverId={server().id}
                  channelId={channelId()}
                  messageId={props.messageId}
                  archived={archived()}
                  onOpenMenu={panels.openMenu}
                  onToggleMembers={panels.toggleMembers}
                />
              }
            >
              {(voice) => (
                <CallView
                  state={props.state}
                  channel={voice()}
                  onOpenMenu={panels.openMenu}
                  onToggleMembers={panels.toggleMembers}
                />
              )}
            </Show>
          </main>
          <Beside ground={{ serverId: server().id, channelId: channelId(), name: server().name }}>
            <Show when={thread()} fallback={<MembersPanel state={props.state} />}>
              {(threadId) => (
                <ThreadBeside
                  state={props.state}
                  threadId={threadId()}
                  onClose={() => setSearch({ thread: undefined })}
                />
              )}
            </Show>
          </Beside>
        </>
      )}
    </Show>
  );
}
