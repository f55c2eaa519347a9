import Hash from 'lucide-solid/icons/hash';
import Menu from 'lucide-solid/icons/menu';
import Users from 'lucide-solid/icons/users';
import Volume2 from 'lucide-solid/icons/volume-2';
import { Show } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { SearchButton } from '../search/search-button.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { ParentLink } from '../threads/parent-link.tsx';
import { ThreadsButton } from '../threads/threads-button.tsx';
import { PinsButton } from './pins-button.tsx';

export function ChannelHeader(props: { onOpenMenu: () => void; onToggleMembers: () => void }) {
  const conversation = useConversation();
  return (
    <header class="flex h-[52px] shrink-0 items-center gap-3 border-b border-line pr-3 pl-5 max-tablet:pl-2">
      <IconButton
        label={t('channel.openMenu')}
        class="tablet:hidden"
        onClick={() => props.onOpenMenu()}
      >
        <Menu size={20} />
      </IconButton>
      <Show
        when={conversation.channel()?.type === 'voice'}
        fallback={
          <Show
            when={conversation.channel()?.type === 'thread'}
            fallback={<Hash size={20} class="shrink-0 text-third max-tablet:-mr-1" />}
          >
            <ParentLink />
          </Show>
        }
      >
        <Volume2 size={20} class="shrink-0 text-third max-tablet:-mr-1" />
      </Show>
      <h1 class="truncate text-message font-bold">{conversation.channel()?.name}</h1>
      <Show when={conversation.channel()?.topic}>
        <span class="h-5 w-px shrink-0 bg-line max-tablet:hidden" />
        <p
          class="min-w-0 truncate text-third max-tablet:hidden"
          title={conversation.channel()?.topic}
        >
          {conversation.channel()?.topic}
        </p>
      </Show>
      <span class="flex-1" />
      <ThreadsButton />
      <PinsButton />
      <IconButton label={t('channel.toggleMembers')} onClick={() => props.onToggleMembers()}>
        <Users size={18} />
      </IconButton>
      <SearchButton />
    </header>
  );
}
