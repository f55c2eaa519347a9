import type { Role } from '@harmonium/api/role';
import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useToasts } from '../design/toast.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';

/** The way to delete a role, asked once more. */
export function RoleRemoval(props: { role: Role; onRemoved: () => void }) {
  const call = useApi();
  const toasts = useToasts();
  const [isAsking, setAsking] = createSignal(false);
  const removing = createSubmission();

  async function remove(): Promise<void> {
    const { id, serverId, name } = props.role;
    const { onRemoved } = props;
    await call('DELETE /api/servers/:id/roles/:rid', { params: { id: serverId, rid: id } });
    onRemoved();
    toasts.say(t('roles.removed', name));
  }

  return (
    <div class="mt-9 border-t border-line pt-6">
      <Button look="bare" class="-ml-4 !text-danger-ink" onClick={() => setAsking(true)}>
        {t('roles.remove')}
      </Button>
      <Show when={isAsking()}>
        <Dialog
          open
          onClose={() => setAsking(false)}
          title={t('roles.removeTitle', props.role.name)}
          sentence={t('roles.removeSentence')}
        >
          <FormProblem sentence={formProblem(removing.problem())} />
          <DialogActions>
            <Button look="bare" onClick={() => setAsking(false)}>
              {t('serverSettings.cancel')}
            </Button>
            <Button look="danger" busy={removing.busy()} onClick={() => void removing.run(remove)}>
              {t('roles.remove')}
            </Button>
          </DialogActions>
        </Dialog>
      </Show>
    </div>
  );
}
