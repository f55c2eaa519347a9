import type { DirectChannel } from '@harmonium/api/direct';
import type { Snowflake } from '@harmonium/api/ids';
import { A, useParams } from '@solidjs/router';
import { Match, Show, Switch, createResource } from 'solid-js';
import { ChannelPane } from '../channel/channel-pane.tsx';
import { MessageSkeletons } from '../channel/message-skeletons.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { late } from '../design/late.tsx';
import { QUIET_LINK_BUTTON } from '../design/link-button.ts';
import { createPageTitle } from '../design/page-title.ts';
import { directName } from '../room/direct-name.ts';
import { Beside } from '../search/beside.tsx';
import { MenuButton } from '../servers/menu-button.tsx';
import { usePanels } from '../servers/panels.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/direct.ts';
import { useVoice } from '../voice/voice.tsx';
import type { Direct } from './create-direct.ts';
import { DirectHeader } from './direct-header.tsx';
import { FriendsPage } from './friends-page.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { Silence } from './silence.tsx';
import { WithDirect } from './with-direct.tsx';

const DirectCall = late(async () => (await import('./direct-call.tsx')).DirectCall);

/** Friends, or one conversation. */
export function DirectPane() {
  const params = useParams<{ channelId?: string; messageId?: string }>();
  return (
    <WithDirect fallback={<Waiting />}>
      {(direct) => (
        <Show when={params.channelId} fallback={<FriendsPage direct={direct} />}>
          {(id) => <Conversation direct={direct} id={id()} messageId={params.messageId} />}
        </Show>
      )}
    </WithDirect>
  );
}

interface ConversationProps {
  direct: Direct;
  id: string;
  messageId: string | undefined;
}

function Conversation(props: ConversationProps) {
  const channel = () => props.direct.channel(props.id);
  // Put away, and opened by its address all the same.
  const [found] = createResource(
    () => (props.direct.channels() !== undefined && channel() === undefined ? props.id : undefined),
    // Out of the address; the server checks it.
    (id) => props.direct.find(id as Snowflake),
  );
  return (
    <Switch fallback={<Waiting />}>
      <Match when={channel()}>
        {(open) => (
          <OpenConversation direct={props.direct} channel={open()} messageId={props.messageId} />
        )}
      </Match>
      <Match when={found.state === 'ready'}>
        <main class="flex min-w-0 flex-1 flex-col">
          <div class="pt-safe shrink-0 px-2 tablet:hidden">
            <MenuButton />
          </div>
          <EmptyState
            heading="h1"
            title={t('direct.goneTitle')}
            sentence={t('direct.goneSentence')}
          >
            <A href="/direct" class={QUIET_LINK_BUTTON}>
              {t('direct.friends')}
            </A>
          </EmptyState>
        </main>
      </Match>
    </Switch>
  );
}

interface OpenProps {
  direct: Direct;
  channel: DirectChannel;
  messageId: string | undefined;
}

function OpenConversation(props: OpenProps) {
  const panels = usePanels();
  const session = useSession();
  const voice = useVoice();
  createPageTitle(() => directName(props.channel, session.user()?.id));
  return (
    <>
      <main class="flex min-w-0 flex-1 flex-col">
        <ChannelPane
          serverId={undefined}
          channelId={props.channel.id}
          messageId={props.messageId}
          onOpenMenu={panels.openMenu}
          onToggleMembers={panels.toggleMembers}
          header={
            <>
              <DirectHeader direct={props.direct} channel={props.channel} />
              <Show when={voice.call()?.channelId === props.channel.id}>
                <DirectCall direct={props.direct} channel={props.channel} />
              </Show>
            </>
          }
          readOnly={<Silence direct={props.direct} channel={props.channel} />}
        />
      </main>
      <Beside
        ground={{
          serverId: undefined,
          channelId: props.channel.id,
          name: directName(props.channel, session.user()?.id),
        }}
      >
        <Show when={props.channel.type === 'group'}>
          <PeoplePanel direct={props.direct} channel={props.channel} />
        </Show>
      </Beside>
    </>
  );
}

function Waiting() {
  return (
    <main class="flex min-w-0 flex-1 flex-col justify-end overflow-hidden">
      <MessageSkeletons rows={7} label={t('direct.loading')} />
    </main>
  );
}
