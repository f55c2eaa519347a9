import { ApiProblem } from '@harmonium/api/client';
import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { t } from '../strings/direct.ts';
import { createSubmission } from '../submission.ts';
import type { Direct } from './create-direct.ts';

/** Asks somebody to be a friend, by their name. */
export function AddFriendDialog(props: { direct: Direct; onClose: () => void }) {
  const toasts = useToasts();
  const [name, setName] = createSignal('');
  const asking = createSubmission();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const username = name().trim().replace(/^@/, '');
    const went = await asking.run(async () => {
      const { kind, user } = await props.direct.ask({ username });
      const isFriend = kind === 'friend';
      toasts.say(t(isFriend ? 'direct.befriended' : 'direct.asked', user.username));
    });
    if (went) props.onClose();
  }

  function change(next: string): void {
    asking.clear();
    setName(next);
  }

  const problem = (): string | undefined => {
    const caught = asking.problem();
    if (caught === undefined) return undefined;
    const code = caught instanceof ApiProblem ? caught.code : undefined;
    if (code === 'not_found') return t('direct.nobodyCalled', name().trim());
    return code === 'bad_request' ? t('direct.yourself') : problemSentence(caught);
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('direct.addFriend')}
      sentence={t('direct.addFriendSentence')}
    >
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('direct.name')}
          problem={problem()}
          focusFirst
          required
          maxLength={64}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={name()}
          onInput={change}
        />
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('direct.cancel')}
          </Button>
          <Button type="submit" busy={asking.busy()} disabled={name().trim() === ''}>
            {t('direct.ask')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
