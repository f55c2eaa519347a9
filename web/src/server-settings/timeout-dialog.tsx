import type { Member } from '@harmonium/api/member';
import { For } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useToasts } from '../design/toast.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { untilName } from '../members/moments.ts';
import { TIMEOUTS } from '../members/timeouts.ts';
import { formProblem } from '../problems.ts';
import { displayName } from '../room/member-groups.ts';
import { useApi } from '../session-context.tsx';
import { t as tPeople } from '../strings/people.ts';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';

/** For how long somebody may only read. */
export function TimeoutDialog(props: { member: Member; onClose: () => void }) {
  const call = useApi();
  const toasts = useToasts();
  const sending = createSubmission();
  const name = () => displayName(props.member);

  async function timeOut(milliseconds: number): Promise<void> {
    const end = Date.now() + milliseconds;
    await call('PATCH /api/servers/:id/members/:uid', {
      params: { id: props.member.serverId, uid: props.member.user.id },
      body: { timeoutUntil: new Date(end).toISOString() },
    });
    props.onClose();
    toasts.say(tPeople('people.done.timedOut', name(), untilName(end, Date.now())));
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('serverSettings.people.timeOutTitle', name())}
      sentence={t('serverSettings.people.timeOutSentence')}
    >
      <FormProblem sentence={formProblem(sending.problem())} />
      <div class="grid grid-cols-2 gap-2 tablet:grid-cols-3">
        <For each={TIMEOUTS}>
          {({ words, milliseconds }) => (
            <Button
              look="quiet"
              disabled={sending.busy()}
              onClick={() => void sending.run(() => timeOut(milliseconds))}
            >
              {words()}
            </Button>
          )}
        </For>
      </div>
    </Dialog>
  );
}
