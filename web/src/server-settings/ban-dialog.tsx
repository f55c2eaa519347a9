import type { Ban } from '@harmonium/api/ban';
import type { Member } from '@harmonium/api/member';
import { Show, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { memberActions } from '../members/member-actions.ts';
import { formProblem } from '../problems.ts';
import { displayName } from '../room/member-groups.ts';
import { useApi } from '../session-context.tsx';
import { t as tPeople } from '../strings/people.ts';
import { t } from '../strings/server-settings.ts';
import { createSubmission } from '../submission.ts';
import { MemberSearch } from './member-search.tsx';
import { useServer } from './server-context.tsx';

const MAX_REASON = 512;

/** Bans a member found by name, or anybody by id. */
export function BanDialog(props: { onClose: () => void; onBanned: (ban: Ban) => void }) {
  const state = useServer();
  const call = useApi();
  const [member, setMember] = createSignal<Member>();
  const [id, setId] = createSignal('');
  const [reason, setReason] = createSignal('');
  const [seconds, setSeconds] = createSignal('0');
  const sending = createSubmission();
  const userId = () => member()?.user.id ?? id().trim();

  async function ban(): Promise<void> {
    const made = await call('PUT /api/servers/:id/bans/:uid', {
      params: { id: state().structure.server.id, uid: userId() },
      body: {
        deleteMessageSeconds: Number(seconds()),
        ...(reason().trim() === '' ? {} : { reason: reason().trim() }),
      },
    });
    props.onClose();
    props.onBanned(made);
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('serverSettings.banned.banTitle')}
      sentence={t('serverSettings.banned.banSentence')}
    >
      <form
        class="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void sending.run(ban);
        }}
      >
        <div class="-mb-5">
          <FormProblem sentence={formProblem(sending.problem())} />
        </div>
        <Show
          when={member()}
          fallback={
            <>
              <div>
                <p class="mb-1.5 font-medium text-second">{t('serverSettings.banned.member')}</p>
                <MemberSearch
                  serverId={state().structure.server.id}
                  label={t('serverSettings.people.search')}
                  except={(one) => !memberActions(state(), one, Date.now()).canBan}
                  onChoose={setMember}
                />
              </div>
              <div>
                <p class="mb-3 text-label text-third">{t('serverSettings.banned.or')}</p>
                <TextInput
                  label={t('serverSettings.banned.id')}
                  hint={t('serverSettings.banned.idHint')}
                  inputMode="numeric"
                  pattern="\s*\d{1,19}\s*"
                  autocomplete="off"
                  value={id()}
                  onInput={setId}
                />
              </div>
            </>
          }
        >
          {(chosen) => (
            <div class="flex items-center gap-3 rounded-medium bg-raised p-3">
              <Avatar user={chosen().user} size={36} />
              <span class="min-w-0 flex-1 truncate font-medium">{displayName(chosen())}</span>
              <Button look="bare" onClick={() => setMember(undefined)}>
                {t('serverSettings.discard')}
              </Button>
            </div>
          )}
        </Show>
        <TextInput
          label={t('serverSettings.banned.reason')}
          hint={t('serverSettings.banned.reasonHint')}
          maxLength={MAX_REASON}
          autocomplete="off"
          value={reason()}
          onInput={setReason}
        />
        <Choice
          label={tPeople('people.deleteMessages')}
          value={seconds()}
          choices={[
            { value: '0', label: tPeople('people.deleteNone') },
            { value: '3600', label: tPeople('people.deleteHour') },
            { value: '86400', label: tPeople('people.deleteDay') },
            { value: '604800', label: tPeople('people.deleteWeek') },
          ]}
          onChange={setSeconds}
        />
        <div class="-mt-6">
          <DialogActions>
            <Button look="bare" onClick={() => props.onClose()}>
              {t('serverSettings.cancel')}
            </Button>
            <Button
              type="submit"
              look="danger"
              busy={sending.busy()}
              disabled={!/^\d{1,19}$/.test(userId())}
            >
              {tPeople('people.ban')}
            </Button>
          </DialogActions>
        </div>
      </form>
    </Dialog>
  );
}
