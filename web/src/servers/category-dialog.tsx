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

interface CategoryDialogProps {
  question: Extract<Question, { about: 'new-category' | 'rename-category' }>;
  onClose: () => void;
}

/** The name of a category, new or not. */
export function CategoryDialog(props: CategoryDialogProps) {
  const call = useApi();
  const known = () =>
    props.question.about === 'rename-category' ? props.question.category : undefined;
  const [name, setName] = createSignal(known()?.name ?? '');
  const saving = createSubmission();

  async function save(): Promise<void> {
    const { question } = props;
    const body = { name: name() };
    await (question.about === 'rename-category'
      ? call('PATCH /api/categories/:id', { params: { id: question.category.id }, body })
      : call('POST /api/servers/:id/categories', { params: { id: question.server.id }, body }));
    props.onClose();
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={known() === undefined ? t('channels.newCategory') : t('channels.renameCategory')}
      sentence={known() === undefined ? t('channels.categorySentence') : undefined}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void saving.run(save);
        }}
      >
        <FormProblem sentence={formProblem(saving.problem())} />
        <TextInput
          label={t('channels.name')}
          placeholder={t('channels.categoryPlaceholder')}
          problem={fieldProblem(saving.problem(), 'name')}
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
          <Button type="submit" busy={saving.busy()} disabled={name().trim() === ''}>
            {known() === undefined ? t('channels.createCategory') : t('servers.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
