import type { DirectChannel } from '@harmonium/api/direct';
import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { t } from '../strings/direct.ts';
import { createSubmission } from '../submission.ts';
import type { Direct } from './create-direct.ts';

export function RenameGroupDialog(props: {
  direct: Direct;
  channel: DirectChannel;
  onClose: () => void;
}) {
  const [name, setName] = createSignal(props.channel.name);
  const renaming = createSubmission();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const went = await renaming.run(() => props.direct.rename(props.channel.id, name().trim()));
    if (went) props.onClose();
  }

  return (
    <Dialog open onClose={props.onClose} title={t('direct.rename')}>
      <form onSubmit={(event) => void submit(event)}>
        <FormProblem sentence={formProblem(renaming.problem())} />
        <TextInput
          label={t('direct.groupName')}
          hint={t('direct.renameHint')}
          problem={fieldProblem(renaming.problem(), 'name')}
          focusFirst
          maxLength={100}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('direct.cancel')}
          </Button>
          <Button type="submit" busy={renaming.busy()}>
            {t('direct.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
