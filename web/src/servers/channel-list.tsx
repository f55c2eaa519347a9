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
            <Show
              when={group.category}
              fallback={
                <LooseChannels
                  group={group}
                  state={props.state}
                  onCreate={mayCreate() ? create : undefined}
                />
              }
            >
              {(category) => (
                <ChannelGroupSection
                  name={category().name}
                  channels={group.channels}
                  state={props.state}
                  onCreate={mayCreate() ? () => create('text', category().id) : undefined}
                />
              )}
            </Show>
          )}
        </For>
      </Show>
    </nav>
  );
}

/** Channels of no category: kept apart by what they are for. */
function LooseChannels(props: {
  group: ChannelGroup;
  state: ServerState;
  onCreate?: (type: Channel['type']) => void;
}) {
  const ofType = (type: Channel['type']) =>
    props.group.channels.filter((channel) => channel.type === type);
  return (
    <For each={['text', 'voice'] as const}>
      {(type) => (
        <Show when={ofType(type).length > 0}>
          <ChannelGroupSection
            name={type === 'text' ? t('channels.textGroup') : t('channels.voiceGroup')}
            channels={ofType(type)}
            state={props.state}
            onCreate={props.onCreate === undefined ? undefined : () => props.onCreate?.(type)}
          />
        </Show>
      )}
    </For>
  );
}

function ChannelGroupSection(props: {
  name: string;
  channels: readonly Channel[];
  state: ServerState;
  onCreate?: () => void;
}) {
  return (
    <section class="mt-4 first:mt-1">
      <div class="flex h-7 items-center pr-1 pl-2">
        <h2 class="min-w-0 flex-1 truncate text-label font-bold text-third">{props.name}</h2>
        <Show when={props.onCreate}>
          {(onCreate) => (
            <IconButton
              label={t('channels.createIn', props.name)}
              class="!size-6 pointer-coarse:-my-2 pointer-coarse:!size-11"
              onClick={() => onCreate()()}
            >
              <Plus size={14} />
            </IconButton>
          )}
        </Show>
      </div>
      <ul class="flex flex-col gap-px">
        <For each={props.channels}>
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
