import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import type { Question } from '../servers/question.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/threads.ts';
import { createSubmission } from '../submission.ts';

interface StartThreadDialogProps {
  question: Extract<Question, { about: 'start-thread' }>;
  onClose: () => void;
}

/** What a thread is to be called; nothing is a name, too. */
export function StartThreadDialog(props: StartThreadDialogProps) {
  const call = useApi();
  const [name, setName] = createSignal('');
  const saving = createSubmission();

  async function start(): Promise<void> {
    const { message, onStarted } = props.question;
    const chosen = name().trim();
    const thread = await call('POST /api/channels/:id/messages/:mid/thread', {
      params: { id: message.channelId, mid: message.id },
      body: chosen === '' ? {} : { name: chosen },
    });
    props.onClose();
    onStarted(thread.id);
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('threads.start')}
      sentence={t('threads.startSentence')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void saving.run(start);
        }}
      >
        <FormProblem sentence={formProblem(saving.problem())} />
        <TextInput
          label={t('threads.name')}
          placeholder={t('threads.namePlaceholder')}
          problem={fieldProblem(saving.problem(), 'name')}
          focusFirst
          maxLength={100}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('threads.cancel')}
          </Button>
          <Button type="submit" busy={saving.busy()}>
            {t('threads.create')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
