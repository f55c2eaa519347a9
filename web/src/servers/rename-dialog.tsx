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
  question: Extract<Question, { about: 'rename-server' | 'rename-channel' }>;
  onClose: () => void;
}

export function RenameDialog(props: RenameDialogProps) {
  const call = useApi();
  const isServer = () => props.question.about === 'rename-server';
  const renamed = () =>
    props.question.about === 'rename-server' ? props.question.server : props.question.channel;
  const [name, setName] = createSignal(renamed().name);
  const renaming = createSubmission();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void renaming.run(async () => {
      const parts = { params: { id: renamed().id }, body: { name: name() } };
      await (isServer()
        ? call('PATCH /api/servers/:id', parts)
        : call('PATCH /api/channels/:id', parts));
      props.onClose();
    });
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={isServer() ? t('servers.renameTitle') : t('channels.renameTitle')}
    >
      <form onSubmit={submit}>
        <FormProblem sentence={formProblem(renaming.problem())} />
        <TextInput
          label={isServer() ? t('servers.createName') : t('channels.name')}
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
