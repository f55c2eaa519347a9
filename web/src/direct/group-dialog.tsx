import type { DirectChannel } from '@harmonium/api/direct';
import type { Snowflake } from '@harmonium/api/ids';
import { MAX_PARTICIPANTS } from '@harmonium/api/participants';
import { useNavigate } from '@solidjs/router';
import { For, Show, createSignal } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { t } from '../strings/direct.ts';
import { createSubmission } from '../submission.ts';
import type { Direct } from './create-direct.ts';

/** Picks friends for a new group, or for one that there is. */
export function GroupDialog(props: { direct: Direct; to?: DirectChannel; onClose: () => void }) {
  const navigate = useNavigate();
  const sending = createSubmission();
  const [name, setName] = createSignal('');
  const [picked, setPicked] = createSignal<readonly Snowflake[]>([]);
  const friends = () =>
    (props.direct.relationships() ?? [])
      .filter(({ kind }) => kind === 'friend')
      .map(({ user }) => user)
      .filter(({ id }) => props.to?.participants.some((one) => one.id === id) !== true)
      .sort((one, other) => one.username.localeCompare(other.username));
  const room = () => MAX_PARTICIPANTS - (props.to?.participants.length ?? 1);

  function toggle(id: Snowflake): void {
    setPicked((ids) => (ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]));
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void sending.run(async () => {
      const { to } = props;
      if (to === undefined) {
        const { id } = await props.direct.open([...picked()], name().trim());
        navigate(`/direct/${id}`);
      } else {
        for (const id of picked()) await props.direct.add(to.id, id);
      }
      props.onClose();
    });
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.to === undefined ? t('direct.groupTitle') : t('direct.addTitle')}
      sentence={props.to === undefined ? t('direct.groupSentence') : t('direct.addSentence')}
    >
      <form onSubmit={submit}>
        <FormProblem sentence={formProblem(sending.problem())} />
        <Show
          when={friends().length > 0}
          fallback={<p class="py-4 text-second">{t('direct.noFriendsToPick')}</p>}
        >
          <fieldset>
            <legend class="mb-1.5 font-medium text-second">{t('direct.pickFriends')}</legend>
            <div class="-mx-2 max-h-[40dvh] overflow-y-auto">
              <For each={friends()}>
                {(user) => (
                  <label class="flex min-h-11 cursor-pointer items-center gap-3 rounded-small px-2 transition-colors hover:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-brass has-disabled:opacity-50">
                    <Avatar user={user} size={32} />
                    <span class="min-w-0 flex-1 truncate text-message">{user.username}</span>
                    <input
                      type="checkbox"
                      class="size-[18px] accent-brass"
                      checked={picked().includes(user.id)}
                      disabled={!picked().includes(user.id) && picked().length >= room()}
                      onChange={() => toggle(user.id)}
                    />
                  </label>
                )}
              </For>
            </div>
          </fieldset>
          <Show when={props.to === undefined && picked().length > 1}>
            <TextInput
              class="mt-4"
              label={t('direct.groupName')}
              hint={t('direct.renameHint')}
              maxLength={100}
              autocomplete="off"
              value={name()}
              onInput={setName}
            />
          </Show>
          <Show when={room() <= picked().length}>
            <p class="mt-2 text-label text-third">{t('direct.full')}</p>
          </Show>
        </Show>
        <DialogActions>
          <Button look="bare" onClick={() => props.onClose()}>
            {t('direct.cancel')}
          </Button>
          <Button type="submit" busy={sending.busy()} disabled={picked().length === 0}>
            {props.to === undefined ? t('direct.makeGroup') : t('direct.add')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
