import type { Channel } from '@harmonium/api/channel';
import Plus from 'lucide-solid/icons/plus';
import { For, Show, createMemo } from 'solid-js';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import type { ServerState } from '../room/server-state.ts';
import { t } from '../strings/strings.ts';
import { groupChannels } from './channel-order.ts';
import type { ChannelGroup } from './channel-order.ts';
import { TextChannelRow } from './channel-row.tsx';
import { useAsk } from './dialogs.tsx';
import { myRights } from './my-permissions.ts';
import { VoiceChannelRow } from './voice-channel-row.tsx';

export function ChannelList(props: { state: ServerState }) {
  const ask = useAsk();
  const groups = createMemo(() => groupChannels(props.state.structure));
  const mayCreate = () => myRights(props.state, Date.now()).canManageChannels;
  const create = (type: Channel['type'] = 'text', categoryId?: string) => {
    const { server, categories } = props.state.structure;
    ask({ about: 'new-channel', server, categories, type, categoryId });
  };
  return (
    <nav
      aria-label={t('channels.label')}
      class="flex-1 overflow-y-auto overscroll-contain p-2 pb-4"
    >
      <Show
        when={props.state.structure.channels.length > 0}
        fallback={<NoChannels mayCreate={mayCreate()} onCreate={() => create()} />}
      >
        <For each={groups()}>
          {(group) => (
            <Group
              group={group}
              state={props.state}
              hasHeading={group.kind !== 'text' || groups().every((one) => one.kind !== 'category')}
              onCreate={
                mayCreate()
                  ? () => create(group.kind === 'voice' ? 'voice' : 'text', group.category?.id)
                  : undefined
              }
            />
          )}
        </For>
      </Show>
    </nav>
  );
}

interface GroupProps {
  group: ChannelGroup;
  state: ServerState;
  hasHeading: boolean;
  /** Absent for those who may not. */
  onCreate?: () => void;
}

function Group(props: GroupProps) {
  const name = () =>
    props.group.category?.name ??
    (props.group.kind === 'voice' ? t('channels.voiceGroup') : t('channels.textGroup'));
  return (
    <section aria-label={name()} class="mt-4 first:mt-1">
      <Show when={props.hasHeading}>
        <div class="flex h-7 items-center pr-1 pl-2">
          <h2 class="min-w-0 flex-1 truncate text-label font-bold text-third">{name()}</h2>
          <Show when={props.onCreate}>
            {(onCreate) => (
              <IconButton
                label={t('channels.createIn', name())}
                class="!size-6 pointer-coarse:-my-2 pointer-coarse:!size-11"
                onClick={() => onCreate()()}
              >
                <Plus size={14} />
              </IconButton>
            )}
          </Show>
        </div>
      </Show>
      <ul class="flex flex-col gap-px">
        <For each={props.group.channels}>
          {(channel) => (
            <li>
              <Show
                when={channel.type === 'voice'}
                fallback={<TextChannelRow channel={channel} state={props.state} />}
              >
                <VoiceChannelRow channel={channel} state={props.state} />
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

function NoChannels(props: { mayCreate: boolean; onCreate: () => void }) {
  return (
    <div class="px-3 py-8 text-center">
      <p class="font-medium">{t('channels.emptyTitle')}</p>
      <p class="mt-1 mb-5 text-second">
        {props.mayCreate ? t('channels.emptySentence') : t('channels.emptyMember')}
      </p>
      <Show when={props.mayCreate}>
        <Button look="quiet" onClick={() => props.onCreate()}>
          {t('servers.createChannel')}
        </Button>
      </Show>
    </div>
  );
}
