import { canActOn } from '@harmonium/api/hierarchy';
import type { Member } from '@harmonium/api/member';
import type { Role } from '@harmonium/api/role';
import X from 'lucide-solid/icons/x';
import { For, Show, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { displayName } from '../room/member-groups.ts';
import { contextOf, subjectOf } from '../room/server-view.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createMemberPages } from './member-pages.ts';
import { MemberSearch } from './member-search.tsx';
import type { RoleReach } from './role-reach.ts';
import { SearchField } from './search-field.tsx';
import { useServer } from './server-context.tsx';

const FEW = 8;

/** Who holds the role, to be added to and taken from. */
export function RoleMembers(props: { role: Role; reach: RoleReach }) {
  const state = useServer();
  const call = useApi();
  const toasts = useToasts();
  const server = () => state().structure.server;
  const [query, setQuery] = createSignal('');
  /** Few are seen at a glance. */
  const isLong = () => holders.hasMore() || holders.shown().length > FEW || query() !== '';
  const holders = createMemberPages(
    () => server().id,
    () => ({ role: props.role.id, query: query() }),
  );

  const isMine = (member: Member): boolean => {
    const me = subjectOf(state().me, Date.now());
    const them = subjectOf(member, Date.now());
    return me.userId === them.userId || canActOn(contextOf(state().structure), me, them);
  };

  const emptyWords = () => {
    if (holders.state() === 'failed') return t('serverSettings.failed');
    return query() === '' ? t('roles.nobody') : t('serverSettings.nobodyFound');
  };

  async function change(way: 'PUT' | 'DELETE', member: Member): Promise<void> {
    const params = { id: server().id, uid: member.user.id, rid: props.role.id };
    try {
      await call(`${way} /api/servers/:id/members/:uid/roles/:rid`, { params });
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <>
      <Show
        when={props.reach.canGive(props.role)}
        fallback={
          <Show when={props.reach.canEdit(props.role)}>
            <p class="text-second">{t('roles.notGivable')}</p>
          </Show>
        }
      >
        <MemberSearch
          serverId={server().id}
          label={t('roles.addMember')}
          except={(member) => member.roles.includes(props.role.id) || !isMine(member)}
          onChoose={(member) => void change('PUT', member)}
        />
      </Show>
      <Show when={isLong()}>
        <SearchField
          class="mt-3"
          label={t('roles.findHolder')}
          value={query()}
          onInput={setQuery}
        />
      </Show>
      <Show
        when={holders.shown().length > 0 || holders.state() !== 'loading'}
        fallback={<SkeletonRows rows={4} avatar={32} label={t('roles.members')} />}
      >
        <ul class="mt-4 divide-y divide-line">
          <For
            each={holders.shown()}
            fallback={<li class="py-8 text-center text-second">{emptyWords()}</li>}
          >
            {(member) => (
              <li class="flex min-h-14 items-center gap-3 py-2">
                <Avatar user={member.user} size={32} />
                <div class="min-w-0 flex-1">
                  <p class="truncate font-medium">{displayName(member)}</p>
                  <Show when={member.nickname !== null}>
                    <p class="truncate text-label text-third">{member.user.username}</p>
                  </Show>
                </div>
                <Show when={props.reach.canEdit(props.role) && isMine(member)}>
                  <IconButton
                    label={t('roles.take', displayName(member))}
                    onClick={() => void change('DELETE', member)}
                  >
                    <X size={16} />
                  </IconButton>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={holders.hasMore()}>
        <Button
          look="quiet"
          class="mt-4"
          busy={holders.state() === 'loading'}
          onClick={() => void holders.more()}
        >
          {t('roles.more')}
        </Button>
      </Show>
    </>
  );
}
