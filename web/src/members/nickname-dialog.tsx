import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import type { Question } from '../servers/question.ts';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/people.ts';
import { createSubmission } from '../submission.ts';

interface NicknameDialogProps {
  question: Extract<Question, { about: 'rename-member' }>;
  onClose: () => void;
}

/** How somebody is called in one server. */
export function NicknameDialog(props: NicknameDialogProps) {
  const call = useApi();
  const session = useSession();
  const member = () => props.question.member;
  const username = () => member().user.username;
  const isSelf = () => member().user.id === session.user()?.id;
  const [name, setName] = createSignal(member().nickname ?? '');
  const renaming = createSubmission();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void renaming.run(async () => {
      const nickname = name().trim() === '' ? null : name();
      await call('PATCH /api/servers/:id/members/:uid', {
        params: { id: member().serverId, uid: member().user.id },
        body: { nickname },
      });
      props.onClose();
    });
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={isSelf() ? t('people.nicknameOwnTitle') : t('people.nicknameTitle', username())}
      sentence={t('people.nicknameSentence')}
    >
      <form onSubmit={submit}>
        <FormProblem sentence={formProblem(renaming.problem())} />
        <TextInput
          label={t('people.nickname')}
          hint={t('people.nicknameHint', username())}
          placeholder={username()}
          focusFirst
          maxLength={32}
          autocomplete="off"
          value={name()}
          onInput={setName}
        />
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('people.cancel')}
          </Button>
          <Button type="submit" busy={renaming.busy()}>
            {t('people.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
