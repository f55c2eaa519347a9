import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { createSubmission } from '../submission.ts';

interface NameDialogProps {
  title: string;
  sentence?: string | undefined;
  /** The field's words. */
  label: string;
  hint?: string;
  placeholder?: string;
  /** What it is called now. */
  name?: string | undefined;
  /** Nothing is not a name. */
  required?: boolean;
  maxLength?: number;
  cancel: string;
  submit: string;
  /** Closes after it; what fails is said in the form. */
  onSubmit: (name: string) => Promise<void>;
  onClose: () => void;
}

/** What something is to be called. */
export function NameDialog(props: NameDialogProps) {
  const [name, setName] = createSignal(props.name ?? '');
  const saving = createSubmission();

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (await saving.run(() => props.onSubmit(name().trim()))) props.onClose();
  }

  return (
    <Dialog open onClose={props.onClose} title={props.title} sentence={props.sentence}>
      <form onSubmit={(event) => void save(event)}>
        <FormProblem sentence={formProblem(saving.problem())} />
        <TextInput
          label={props.label}
          hint={props.hint}
          placeholder={props.placeholder}
          problem={fieldProblem(saving.problem(), 'name')}
          required={props.required}
          focusFirst
          maxLength={props.maxLength ?? 100}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {props.cancel}
          </Button>
          <Button
            type="submit"
            busy={saving.busy()}
            disabled={props.required === true && name().trim() === ''}
          >
            {props.submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
