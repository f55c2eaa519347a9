import type { Role } from '@harmonium/api/role';
import { Match, Show, Switch, createSignal } from 'solid-js';
import { LeaveGuard } from '../design/leave-guard.tsx';
import { SaveBar } from '../design/save-bar.tsx';
import { Segments } from '../design/segments.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';
import { NO_DRAFT, changesOf, drafted, withBit } from './role-draft.ts';
import { RoleLook } from './role-look.tsx';
import { RoleMembers } from './role-members.tsx';
import { RolePermissions } from './role-permissions.tsx';
import type { RoleReach } from './role-reach.ts';
import { RoleRemoval } from './role-removal.tsx';
import { LEAVE_WORDS, SAVE_WORDS } from './save-words.ts';

const TABS = [
  { value: 'look', label: t('roles.look') },
  { value: 'permissions', label: t('roles.permissions') },
  { value: 'members', label: t('roles.members') },
] as const;
type Tab = (typeof TABS)[number]['value'];

interface RoleEditorProps {
  role: Role;
  reach: RoleReach;
  onRemoved: () => void;
}

/** One role: how it looks, what it lets its members do, who they are. */
export function RoleEditor(props: RoleEditorProps) {
  const call = useApi();
  const [tab, setTab] = createSignal<Tab>('look');
  const [draft, setDraft] = createSignal(NO_DRAFT);
  const saving = createSubmission();

  const isEveryone = () => props.role.id === props.role.serverId;
  const canEdit = () => props.reach.canEdit(props.role);
  const shown = () => drafted(props.role, draft());
  const changes = () => changesOf(props.role, draft());
  const params = () => ({ id: props.role.serverId, rid: props.role.id });
  const discard = (): void => {
    setDraft(NO_DRAFT);
    saving.clear();
  };

  async function save(): Promise<void> {
    const body = changes();
    if (body === undefined) return;
    await call('PATCH /api/servers/:id/roles/:rid', { params: params(), body });
    setDraft(NO_DRAFT);
  }

  const permissions = () => (
    <RolePermissions
      permissions={shown().permissions}
      held={props.reach.held}
      disabled={!canEdit()}
      onChange={(bit, on) => setDraft(withBit(props.role, draft(), bit, on))}
    />
  );

  return (
    <section class="min-w-0" aria-label={props.role.name}>
      <Show when={!canEdit()}>
        <p class="mb-5 rounded-medium bg-side px-4 py-3 text-second">{t('roles.lockedSentence')}</p>
      </Show>
      <Show
        when={!isEveryone()}
        fallback={
          <>
            <h3 class="text-title font-bold">{t('roles.everyone')}</h3>
            <p class="mb-5 text-second">{t('roles.everyoneSentence')}</p>
            {permissions()}
          </>
        }
      >
        <Segments label={t('roles.tabs')} value={tab()} choices={TABS} onChange={setTab} />
        <div class="mt-6">
          <Switch>
            <Match when={tab() === 'look'}>
              <RoleLook
                look={shown()}
                disabled={!canEdit()}
                nameProblem={fieldProblem(saving.problem(), 'name')}
                onChange={(change) => setDraft({ ...draft(), ...change })}
              />
              <Show when={canEdit()}>
                <RoleRemoval role={props.role} onRemoved={props.onRemoved} />
              </Show>
            </Match>
            <Match when={tab() === 'permissions'}>{permissions()}</Match>
            <Match when={tab() === 'members'}>
              <RoleMembers role={props.role} reach={props.reach} />
            </Match>
          </Switch>
        </div>
      </Show>
      <SaveBar
        open={changes() !== undefined}
        busy={saving.busy()}
        problem={formProblem(saving.problem())}
        disabled={shown().name.trim() === '' || !canEdit()}
        words={SAVE_WORDS}
        onDiscard={discard}
        onSave={() => void saving.run(save)}
      />
      <LeaveGuard when={changes() !== undefined} words={LEAVE_WORDS} onGiveUp={discard} />
    </section>
  );
}
