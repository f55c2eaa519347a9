import type { Member } from '@harmonium/api/member';
import type { Role } from '@harmonium/api/role';
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { Menu, MenuItem } from '../design/menu.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import type { ServerState } from '../room/server-state.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/people.ts';
import type { MemberActions } from './member-actions.ts';
import { RoleDot } from './role-dot.tsx';

export interface RoleChipsProps {
  state: ServerState;
  member: Member;
  actions: MemberActions;
}

/** The roles somebody holds, to be given and taken by those who may. */
export function RoleChips(props: RoleChipsProps) {
  const call = useApi();
  const toasts = useToasts();
  const held = () =>
    props.state.structure.roles
      .filter(({ id }) => props.member.roles.includes(id))
      .sort((one, other) => other.position - one.position);

  async function change(way: 'PUT' | 'DELETE', role: Role): Promise<void> {
    const params = { id: props.member.serverId, uid: props.member.user.id, rid: role.id };
    try {
      await call(`${way} /api/servers/:id/members/:uid/roles/:rid`, { params });
    } catch (problem) {
      toasts.complain(problemSentence(problem));
    }
  }

  return (
    <ul class="flex flex-wrap gap-1.5">
      <For each={held()}>
        {(role) => (
          <li class="flex max-w-full items-center gap-1.5 min-h-7 rounded-small bg-raised px-2 pointer-coarse:min-h-9 text-label font-medium">
            <RoleDot color={role.color} />
            <span class="min-w-0 truncate">{role.name}</span>
            <Show when={props.actions.takable.has(role.id)}>
              <button
                type="button"
                aria-label={t('people.takeRole', role.name)}
                title={t('people.takeRole', role.name)}
                class="-mr-1 grid size-5 place-items-center rounded-small text-third transition hover:bg-raised-more hover:text-ink pointer-coarse:size-7"
                onClick={() => void change('DELETE', role)}
              >
                <X size={13} />
              </button>
            </Show>
          </li>
        )}
      </For>
      <Show when={props.actions.givable.length > 0}>
        <li>
          <Menu
            label={t('people.addRole')}
            triggerClass="flex min-h-7 items-center gap-1 rounded-small bg-raised px-2 text-label pointer-coarse:min-h-9 font-medium text-second transition hover:bg-raised-more hover:text-ink"
            trigger={
              <>
                <Plus size={13} />
                <Show when={held().length === 0}>{t('people.addRole')}</Show>
              </>
            }
          >
            <div class="max-h-64 overflow-y-auto">
              <For each={props.actions.givable}>
                {(role) => (
                  <MenuItem
                    icon={() => <RoleDot color={role.color} />}
                    onSelect={() => void change('PUT', role)}
                  >
                    {role.name}
                  </MenuItem>
                )}
              </For>
            </div>
          </Menu>
        </li>
      </Show>
    </ul>
  );
}
