import type { DirectChannel } from '@harmonium/api/direct';
import type { User } from '@harmonium/api/user';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { usePanels } from '../servers/panels.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/direct.ts';
import type { Direct } from './create-direct.ts';

/** Who is in a group: a column, or a drawer from the right where there is no room. */
export function PeoplePanel(props: { direct: Direct; channel: DirectChannel }) {
  const panels = usePanels();
  return (
    <aside
      aria-label={t('direct.peopleHere')}
      class="pt-safe pb-safe z-30 w-[232px] shrink-0 overflow-y-auto overscroll-contain bg-side transition-transform duration-150 [--surface:var(--side)] max-desktop:fixed max-desktop:inset-y-0 max-desktop:right-0 max-desktop:w-[min(80vw,280px)]"
      classList={{
        'max-desktop:translate-x-full desktop:hidden': !panels.membersOpen(),
        'max-desktop:shadow-float': panels.membersOpen(),
      }}
      inert={!panels.membersOpen()}
    >
      <h2 class="px-4 pt-4 pb-1.5 text-label font-bold text-third">
        {t('direct.people', props.channel.participants.length)}
      </h2>
      <ul class="px-2 pb-6">
        <For each={props.channel.participants}>
          {(user) => <Person user={user} direct={props.direct} channel={props.channel} />}
        </For>
      </ul>
    </aside>
  );
}

function Person(props: { user: User; direct: Direct; channel: DirectChannel }) {
  const session = useSession();
  const toasts = useToasts();
  const isMe = () => props.user.id === session.user()?.id;
  const mayRemove = () => !isMe() && props.channel.ownerId === session.user()?.id;
  const isFriend = () => props.direct.kind(props.user.id) === 'friend';

  async function remove(): Promise<void> {
    try {
      await props.direct.take(props.channel.id, props.user.id);
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <li class="group flex h-[42px] items-center gap-3 rounded-small px-2 transition-colors hover:bg-raised hover:[--surface:var(--raised)]">
      <Show when={isFriend()} fallback={<Avatar user={props.user} size={32} />}>
        <Avatar user={props.user} size={32} status={props.direct.presence(props.user.id)} />
      </Show>
      <span class="min-w-0 flex-1 truncate text-message">
        {props.user.username}
        <Show when={isMe()}>
          <span class="text-label text-third"> ({t('direct.you')})</span>
        </Show>
      </span>
      <Show when={props.channel.ownerId === props.user.id}>
        <span class="shrink-0 rounded-full bg-brass-wash px-2 py-px text-label text-brass-ink">
          {t('direct.owner')}
        </span>
      </Show>
      <Show when={mayRemove()}>
        <button
          type="button"
          aria-label={t('direct.removePerson', props.user.username)}
          title={t('direct.removePerson', props.user.username)}
          class="touch-target grid size-6 shrink-0 place-items-center rounded-small text-third opacity-0 transition group-focus-within:opacity-100 group-hover:opacity-100 hover:text-danger-ink pointer-coarse:opacity-100"
          onClick={() => void remove()}
        >
          <X size={15} />
        </button>
      </Show>
    </li>
  );
}
