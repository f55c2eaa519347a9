import { useSearchParams } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import Plus from 'lucide-solid/icons/plus';
import { Show, createMemo } from 'solid-js';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { useRooms } from '../room/rooms.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';
import { RoleEditor } from './role-editor.tsx';
import { RoleList } from './role-list.tsx';
import { rankedRoles } from './role-order.ts';
import { roleReach } from './role-reach.ts';
import { useServer } from './server-context.tsx';

/** Roles in their order, and one of them open: beside them, or in their place on a phone. */
export function RolesSection() {
  const state = useServer();
  const call = useApi();
  const rooms = useRooms();
  const creating = createSubmission();
  const [search, setSearch] = useSearchParams<{ role?: string }>();

  const serverId = () => state().structure.server.id;
  const reach = createMemo(() => roleReach(state(), Date.now()));
  const roles = createMemo(() => rankedRoles(state().structure.roles, serverId()));
  const everyone = () => state().structure.roles.find(({ id }) => id === serverId());
  const chosen = () => state().structure.roles.find(({ id }) => id === search.role);
  const shown = () => chosen() ?? roles().find(reach().canEdit) ?? everyone();

  const counts = createMemo(() => {
    const list = rooms.members(serverId());
    if (list.state() !== 'loaded' || list.hasMore()) return undefined;
    const held = list.groups().flatMap(({ rows }) => rows.flatMap(({ member }) => member.roles));
    return Map.groupBy(held, (id) => id);
  });

  async function create(): Promise<void> {
    const role = await call('POST /api/servers/:id/roles', {
      params: { id: serverId() },
      body: { name: t('roles.newName') },
    });
    setSearch({ role: role.id });
  }

  return (
    <div class="grid gap-x-9 gap-y-6 tablet:grid-cols-[240px_minmax(0,1fr)]">
      <div classList={{ 'max-tablet:hidden': chosen() !== undefined }}>
        <p class="mb-4 text-second">{t('roles.sentence')}</p>
        <FormProblem sentence={formProblem(creating.problem())} />
        <Show
          when={reach().canCreate}
          fallback={<p class="mb-4 text-label text-third">{t('roles.noneBelow')}</p>}
        >
          <Button
            look="quiet"
            class="mb-4 w-full"
            busy={creating.busy()}
            onClick={() => void creating.run(create)}
          >
            <Plus size={16} />
            {t('roles.create')}
          </Button>
        </Show>
        <RoleList
          serverId={serverId()}
          everyone={everyone()}
          roles={roles()}
          reach={reach()}
          open={shown()?.id}
          count={({ id }) => {
            const known = counts();
            return known === undefined ? undefined : (known.get(id)?.length ?? 0);
          }}
          onOpen={(role) => setSearch({ role })}
        />
        <Show when={roles().length === 0}>
          <EmptyState title={t('roles.empty')} sentence={t('roles.emptySentence')} />
        </Show>
      </div>
      <div class="min-w-0" classList={{ 'max-tablet:hidden': chosen() === undefined }}>
        <Button
          look="bare"
          class="mb-4 -ml-4 tablet:hidden"
          onClick={() => setSearch({ role: undefined })}
        >
          <ArrowLeft size={16} />
          {t('roles.back')}
        </Button>
        {/* What is edited belongs to one role: another one begins anew. */}
        <Show when={shown()?.id} keyed>
          <Show when={shown()}>
            {(role) => (
              <RoleEditor
                role={role()}
                reach={reach()}
                onRemoved={() => setSearch({ role: undefined })}
              />
            )}
          </Show>
        </Show>
      </div>
    </div>
  );
}
