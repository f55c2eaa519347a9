import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, TextInput } from '../design/field.tsx';
import { useToasts } from '../design/toast.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { displayName } from '../room/member-groups.ts';
import type { Question } from '../servers/question.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/people.ts';
import { createSubmission } from '../submission.ts';

interface RemovalDialogProps {
  question: Extract<Question, { about: 'kick-member' | 'ban-member' }>;
  onClose: () => void;
}

const MAX_REASON = 512;

/** Kicks or bans: why, and for a ban how much of what they wrote goes with them. */
export function RemovalDialog(props: RemovalDialogProps) {
  const call = useApi();
  const toasts = useToasts();
  const [reason, setReason] = createSignal('');
  const [seconds, setSeconds] = createSignal('0');
  const removing = createSubmission();
  const isBan = () => props.question.about === 'ban-member';
  const name = () => displayName(props.question.member);

  async function remove(): Promise<void> {
    const { member } = props.question;
    const params = { id: member.serverId, uid: member.user.id };
    const why = reason().trim() === '' ? undefined : reason().trim();
    if (isBan()) {
      await call('PUT /api/servers/:id/bans/:uid', {
        params,
        body: { reason: why, deleteMessageSeconds: Number(seconds()) },
      });
    } else {
      await call('DELETE /api/servers/:id/members/:uid', { params, query: { reason: why } });
    }
    props.onClose();
    toasts.say(isBan() ? t('people.done.banned', name()) : t('people.done.kicked', name()));
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={isBan() ? t('people.banTitle', name()) : t('people.kickTitle', name())}
      sentence={isBan() ? t('people.banSentence') : t('people.kickSentence')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void removing.run(remove);
        }}
      >
        <FormProblem sentence={formProblem(removing.problem())} />
        <TextInput
          label={t('people.reason')}
          hint={t('people.reasonHint')}
          focusFirst
          maxLength={MAX_REASON}
          autocomplete="off"
          value={reason()}
          onInput={setReason}
        />
        <Show when={isBan()}>
          <Choice
            class="mt-5"
            label={t('people.deleteMessages')}
            value={seconds()}
            choices={[
              { value: '0', label: t('people.deleteNone') },
              { value: '3600', label: t('people.deleteHour') },
              { value: '86400', label: t('people.deleteDay') },
              { value: '604800', label: t('people.deleteWeek') },
            ]}
            onChange={setSeconds}
          />
        </Show>
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('people.cancel')}
          </Button>
          <Button type="submit" look="danger" busy={removing.busy()}>
            {isBan() ? t('people.ban') : t('people.kick')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
