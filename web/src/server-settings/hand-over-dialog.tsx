import type { Member } from '@harmonium/api/member';
import { Show, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { useToasts } from '../design/toast.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { displayName } from '../room/member-groups.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';
import { MemberSearch } from './member-search.tsx';
import { useServer } from './server-context.tsx';

/** Another owner, found by name and confirmed by typing it. */
export function HandOverDialog(props: { onClose: () => void }) {
  const state = useServer();
  const call = useApi();
  const toasts = useToasts();
  const [heir, setHeir] = createSignal<Member>();
  const [typed, setTyped] = createSignal('');
  const sending = createSubmission();

  async function send(): Promise<void> {
    const member = heir();
    if (member === undefined) return;
    await call('POST /api/servers/:id/owner', {
      params: { id: state().structure.server.id },
      body: { userId: member.user.id },
    });
    props.onClose();
    toasts.say(t('serverSettings.danger.handedOver', displayName(member)));
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('serverSettings.danger.handOverTitle')}
      sentence={t('serverSettings.danger.handOverSentence')}
    >
      <form
        class="min-h-80"
        onSubmit={(event) => {
          event.preventDefault();
          void sending.run(send);
        }}
      >
        <FormProblem sentence={formProblem(sending.problem())} />
        <MemberSearch
          serverId={state().structure.server.id}
          label={t('serverSettings.danger.handOverTo')}
          except={(member) => member.user.id === state().me.user.id}
          onChoose={(member) => {
            setHeir(member);
            setTyped('');
          }}
        />
        <Show when={heir()}>
          {(member) => (
            <>
              <div class="my-5 flex items-center gap-3">
                <Avatar user={member().user} size={40} />
                <div class="min-w-0">
                  <p class="truncate font-bold">{displayName(member())}</p>
                  <Show when={member().nickname !== null}>
                    <p class="truncate text-second">{member().user.username}</p>
                  </Show>
                </div>
              </div>
              <TextInput
                label={t('serverSettings.danger.handOverTyped', member().user.username)}
                autocomplete="off"
                value={typed()}
                onInput={setTyped}
              />
            </>
          )}
        </Show>
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('serverSettings.cancel')}
          </Button>
          <Button
            type="submit"
            look="danger"
            busy={sending.busy()}
            disabled={heir() === undefined || typed().trim() !== heir()?.user.username}
          >
            {t('serverSettings.danger.handOver')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
