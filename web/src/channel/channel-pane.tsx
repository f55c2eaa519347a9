import type { Channel } from '@harmonium/api/channel';
import { CLOSE_CODES } from '@harmonium/rooms/close-codes';
import { useNavigate } from '@solidjs/router';
import Archive from 'lucide-solid/icons/archive';
import { Match, Show, Switch, createEffect, createMemo, on, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';
import { EmptyState } from '../design/empty-state.tsx';
import { late } from '../design/late.tsx';
import { AttachButton } from '../files/attach-button.tsx';
import { DropArea } from '../files/drop-area.tsx';
import { useFiles } from '../files/files-provider.tsx';
import { useRooms } from '../room/rooms.tsx';
import { t } from '../strings/strings.ts';
import { ChannelHeader } from './channel-header.tsx';
import { Composer } from './composer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ConversationProvider, useConversation } from './conversation.tsx';
import { MessageList } from './message-list.tsx';
import { MessageOverlays } from './message-overlays.tsx';
import { MessageSkeletons } from './message-skeletons.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { TypingLine } from './typing-line.tsx';

const ChosenFiles = late(async () => (await import('../files/chosen-files.tsx')).ChosenFiles);

interface ChannelPaneProps {
  /** Undefined: a direct conversation. */
  serverId: string | undefined;
  channelId: string;
  /** The address names a message: it is shown where it was said. */
  messageId: string | undefined;
  /** Opens servers and channels on a phone. */
  onOpenMenu: () => void;
  onToggleMembers: () => void;
  /** A thread in the archive. */
  archived?: Channel | undefined;
  /** It stands beside the channel on the screen. */
  isBeside?: boolean;
  /** In place of the channel's own. */
  header?: JSX.Element;
  /** In place of the field, where one may not write. */
  readOnly?: JSX.Element;
}

/** A channel: what was said, what is being said, and where one says something. */
export function ChannelPane(props: ChannelPaneProps) {
  const rooms = useRooms();
  const room = createMemo(() => rooms.channel(props.channelId));
  const show = (id: string | undefined) =>
    props.isBeside === true ? rooms.showBeside(id) : rooms.show(id);
  createEffect(
    on(
      () => props.channelId,
      (id) => show(id),
    ),
  );
  onCleanup(() => show(undefined));

  return (
    <Show when={room()} keyed>
      {(shown) => (
        <ConversationProvider
          serverId={props.serverId}
          room={shown}
          archived={props.archived}
          isBeside={props.isBeside}
        >
          <DropArea class="relative flex h-full min-w-0 flex-col bg-main [--surface:var(--main)]">
            {props.header ?? (
              <ChannelHeader
                onOpenMenu={props.onOpenMenu}
                onToggleMembers={props.onToggleMembers}
              />
            )}
            <ConnectionBanner />
            <Arrival messageId={props.messageId} />
            <Messages />
            <MessageOverlays />
            <ArchivedLine />
            <Composer readOnly={props.readOnly} add={<AttachButton />} files={<Chosen />} />
            <TypingLine />
            <RemoveDialog />
          </DropArea>
        </ConversationProvider>
      )}
    </Show>
  );
}

/** Above the field: what writing in the archive does. */
function ArchivedLine() {
  const conversation = useConversation();
  return (
    <Show when={conversation.channel()?.archived}>
      <p class="mx-5 mb-2 flex items-center gap-2 rounded-medium bg-raised px-3 py-2 text-second max-tablet:mx-3">
        <Archive size={16} class="shrink-0 text-third" />
        {conversation.canWrite() ? t('channel.archived') : t('channel.archivedReadOnly')}
      </p>
    </Show>
  );
}

function Chosen() {
  const { room } = useConversation();
  const files = useFiles();
  return (
    <Show when={files.chosen(room.id).length + files.refused(room.id).length > 0}>
      <ChosenFiles />
    </Show>
  );
}

/** Goes to the message of the address, once: a reload shows the channel as it always does. */
function Arrival(props: { messageId: string | undefined }) {
  const conversation = useConversation();
  const navigate = useNavigate();
  createEffect(
    on(
      () => props.messageId,
      (id) => {
        if (id === undefined) return;
        conversation.jumpTo(conversation.room.id, id);
        navigate(conversation.path(), { replace: true, scroll: false });
      },
    ),
  );
  return undefined;
}

function Messages() {
  const conversation = useConversation();
  const { room } = conversation;
  const isKnown = () =>
    room.timeline().seq !== undefined || room.pending().length > 0 || room.history.isElsewhere();
  const isEmpty = () =>
    !room.history.isElsewhere() &&
    room.timeline().complete &&
    room.timeline().messages.length === 0 &&
    room.pending().length === 0;
  return (
    <Switch
      fallback={
        <div class="flex min-h-0 flex-1 flex-col justify-end overflow-hidden">
          <MessageSkeletons rows={7} label={t('channel.loading')} />
        </div>
      }
    >
      <Match when={room.phase() === 'ended'}>
        <div class="flex min-h-0 flex-1">
          <EmptyState
            title={
              room.endCode() === CLOSE_CODES.too_many_connections.code
                ? t('channel.tooManyWindows')
                : t('channel.accessLost')
            }
          />
        </div>
      </Match>
      <Match when={isEmpty() && conversation.channel()?.type !== 'thread'}>
        <div class="flex min-h-0 flex-1 overflow-y-auto">
          <EmptyState
            title={t('channel.emptyTitle', conversation.name())}
            sentence={
              conversation.canWrite() ? t('channel.emptySentence') : t('channel.emptyReadOnly')
            }
          />
        </div>
      </Match>
      <Match when={isKnown()}>
        <MessageList />
      </Match>
    </Switch>
  );
}
