import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { t } from '../strings/direct.ts';
import { createSubmission } from '../submission.ts';

interface ConfirmDialogProps {
  title: string;
  sentence: string;
  button: string;
  act: () => Promise<void>;
  onClose: () => void;
}

/** Asks once more before something that others notice. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const acting = createSubmission();
  async function act(): Promise<void> {
    if (await acting.run(props.act)) props.onClose();
  }
  return (
    <Dialog open onClose={props.onClose} title={props.title} sentence={props.sentence}>
      <FormProblem sentence={formProblem(acting.problem())} />
      <DialogActions>
        <Button look="bare" onClick={() => props.onClose()}>
          {t('direct.cancel')}
        </Button>
        <Button look="danger" busy={acting.busy()} onClick={() => void act()}>
          {props.button}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
