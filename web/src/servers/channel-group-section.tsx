import type { Category, Channel } from '@harmonium/api/channel';
import { useParams } from '@solidjs/router';
import CheckCheck from 'lucide-solid/icons/check-check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Pencil from 'lucide-solid/icons/pencil';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { For, Show, createMemo } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { Menu, MenuItem, MenuLine } from '../design/menu.tsx';
import type { ServerState } from '../room/server-state.ts';
import { t } from '../strings/strings.ts';
import { t as tu } from '../strings/unread.ts';
import { useUnread } from '../unread/use-unread.ts';
import type { ChannelGroup } from './channel-order.ts';
import { useListedThreads } from '../threads/listed-threads.ts';
import { ThreadRows } from '../threads/thread-rows.tsx';
import { TextChannelRow } from './channel-row.tsx';
import type { createCollapsed } from './collapsed.ts';
import { useAsk } from './dialogs.tsx';
import { VoiceChannelRow } from './voice-channel-row.tsx';

interface SectionProps {
  group: ChannelGroup;
  state: ServerState;
  collapsed: ReturnType<typeof createCollapsed>;
  hasHeading: boolean;
  /** Absent for those who may not. */
  onCreate?: () => void;
}

/** A category with its channels, or the channels of none. */
export function ChannelGroupSection(props: SectionProps) {
  const params = useParams<{ channelId?: string }>();
  const name = () =>
    props.group.category?.name ??
    (props.group.kind === 'voice' ? t('channels.voiceGroup') : t('channels.textGroup'));
  const isCollapsed = () => props.collapsed.has(props.group.key);
  const unread = useUnread();
  const threads = useListedThreads(() => props.state);
  const isUnread = (id: string) => unread.stateOf(id).unread;
  /** Of a category that is folded up, the open channel stays, and what is not read. */
  const ids = createMemo(() =>
    props.group.channels
      .map(({ id }) => id)
      .filter(
        (id) =>
          !isCollapsed() ||
          id === params.channelId ||
          isUnread(id) ||
          threads.listed(id).length > 0,
      ),
  );
  return (
    <section aria-label={name()} class="mt-4 first:mt-1">
      <Show when={props.hasHeading}>
        <div
          data-category={props.group.category?.id}
          class="group/heading flex h-7 items-center pr-1"
        >
          <Show
            when={props.group.category}
            fallback={
              <h2 class="min-w-0 flex-1 truncate pl-2 text-label font-bold text-third">{name()}</h2>
            }
          >
            <h2 class="min-w-0 flex-1">
              <button
                type="button"
                aria-expanded={!isCollapsed()}
                class="flex h-7 w-full items-center gap-1 rounded-small pl-2 text-left text-label font-bold text-third transition-colors hover:text-ink focus-visible:-outline-offset-2 pointer-coarse:-my-2 pointer-coarse:h-11"
                onClick={() => props.collapsed.toggle(props.group.key)}
              >
                <span class="min-w-0 truncate">{name()}</span>
                <ChevronDown
                  size={13}
                  class="shrink-0 transition"
                  classList={{
                    '-rotate-90': isCollapsed(),
                    'opacity-0 group-hover/heading:opacity-100 pointer-coarse:opacity-100':
                      !isCollapsed(),
                  }}
                />
              </button>
            </h2>
          </Show>
          <Show when={props.group.category}>
            {(category) => (
              <CategoryMenu
                category={category()}
                channels={props.group.channels}
                onCreate={props.onCreate}
              />
            )}
          </Show>
          <Show when={props.onCreate}>
            {(onCreate) => (
              <span data-still class="flex items-center">
                <IconButton
                  label={t('channels.createIn', name())}
                  class="!size-6 pointer-coarse:-my-2 pointer-coarse:!size-11"
                  onClick={() => onCreate()()}
                >
                  <Plus size={14} />
                </IconButton>
              </span>
            )}
          </Show>
        </div>
      </Show>
      <ul class="flex flex-col gap-px">
        <For each={ids()}>
          {(id) => (
            <Show when={props.group.channels.find((channel) => channel.id === id)}>
              {(channel) => (
                <li data-channel={id}>
                  <Show
                    when={channel().type === 'voice'}
                    fallback={<TextChannelRow channel={channel()} state={props.state} />}
                  >
                    <VoiceChannelRow channel={channel()} state={props.state} />
                  </Show>
                  <ThreadRows parentId={id} state={props.state} />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
    </section>
  );
}

interface CategoryMenuProps {
  category: Category;
  channels: readonly Channel[];
  /** Absent for those who may not arrange channels. */
  onCreate?: (() => void) | undefined;
}

/** What may be done to a category: to read it all, and more for those who may. */
function CategoryMenu(props: CategoryMenuProps) {
  const ask = useAsk();
  const unread = useUnread();
  const isUnread = () => props.channels.some(({ id }) => unread.stateOf(id).unread);
  return (
    <Show when={isUnread() || props.onCreate}>
      <span
        data-still
        class="opacity-0 transition-opacity group-focus-within/heading:opacity-100 group-hover/heading:opacity-100 has-data-expanded:opacity-100 pointer-coarse:opacity-100"
      >
        <Menu
          label={t('channels.categoryMenu', props.category.name)}
          placement="bottom-end"
          triggerClass="grid size-6 place-items-center rounded-small text-second hover:bg-raised hover:text-ink pointer-coarse:-my-2 pointer-coarse:size-11"
          trigger={<Ellipsis size={15} />}
        >
          <Show when={isUnread()}>
            <MenuItem
              icon={CheckCheck}
              onSelect={() => unread.markAllRead(props.channels.map(({ id }) => id))}
            >
              {tu('unread.markRead')}
            </MenuItem>
          </Show>
          <Show when={props.onCreate}>
            {(onCreate) => (
              <>
                <Show when={isUnread()}>
                  <MenuLine />
                </Show>
                <MenuItem icon={Plus} onSelect={() => onCreate()()}>
                  {t('servers.createChannel')}
                </MenuItem>
                <MenuItem
                  icon={Pencil}
                  onSelect={() => ask({ about: 'rename-category', category: props.category })}
                >
                  {t('channels.renameCategory')}
                </MenuItem>
                <MenuItem
                  icon={Trash}
                  danger
                  onSelect={() => ask({ about: 'remove-category', category: props.category })}
                >
                  {t('channels.removeCategory')}
                </MenuItem>
              </>
            )}
          </Show>
        </Menu>
      </span>
    </Show>
  );
}
