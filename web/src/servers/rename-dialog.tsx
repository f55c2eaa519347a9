import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { createSubmission } from '../submission.ts';
import type { Question } from './question.ts';

interface RenameDialogProps {
  question: Extract<Question, { about: 'rename-server' }>;
  onClose: () => void;
}

export function RenameDialog(props: RenameDialogProps) {
  const call = useApi();
  const [name, setName] = createSignal(props.question.server.name);
  const renaming = createSubmission();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void renaming.run(async () => {
      await call('PATCH /api/servers/:id', {
        params: { id: props.question.server.id },
        body: { name: name() },
      });
      props.onClose();
    });
  }

  return (
    <Dialog open onClose={props.onClose} title={t('servers.renameTitle')}>
      <form onSubmit={submit}>
        <FormProblem sentence={formProblem(renaming.problem())} />
        <TextInput
          label={t('servers.createName')}
          problem={fieldProblem(renaming.problem(), 'name')}
          required
          focusFirst
          maxLength={100}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('servers.cancel')}
          </Button>
          <Button type="submit" busy={renaming.busy()} disabled={name().trim() === ''}>
            {t('servers.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
