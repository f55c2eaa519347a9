import { A, useNavigate } from '@solidjs/router';
import type { Server } from '@harmonium/api/server';
import type { Me } from '@harmonium/api/user';
import { For, Match, Show, Switch, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { CodeInput } from '../login/code-input.tsx';
import { useRooms } from '../room/rooms.tsx';
import { ServerIcon } from '../servers/server-icon.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/account.ts';
import { PasswordForm } from './password-form.tsx';

interface DeleteAccountDialogProps {
  user: Me;
  onClose: () => void;
}

/** What happens, in plain words; or what has to be done before. */
export function DeleteAccountDialog(props: DeleteAccountDialogProps) {
  const rooms = useRooms();
  const owned = () => (rooms.servers() ?? []).filter(({ ownerId }) => ownerId === props.user.id);
  return (
    <Switch fallback={<Confirm {...props} />}>
      <Match when={props.user.instanceOwner}>
        <Dialog
          open
          onClose={props.onClose}
          title={t('account.remove')}
          sentence={t('account.instanceOwnerSentence')}
        >
          <Close onClose={props.onClose} />
        </Dialog>
      </Match>
      <Match when={owned().length > 0}>
        <Dialog
          open
          onClose={props.onClose}
          title={t('account.ownsTitle')}
          sentence={t('account.ownsSentence')}
        >
          <Owned servers={owned()} />
          <Close onClose={props.onClose} />
        </Dialog>
      </Match>
    </Switch>
  );
}

function Owned(props: { servers: readonly Server[] }) {
  return (
    <ul class="-mx-2 flex flex-col">
      <For each={props.servers}>
        {(server) => (
          <li>
            <A
              href={`/servers/${server.id}/settings/overview`}
              class="flex min-h-12 items-center gap-3 rounded-medium px-2 transition hover:bg-raised"
            >
              <ServerIcon server={server} size={32} class="rounded-[10px] text-label" />
              <span class="min-w-0 truncate font-medium">{server.name}</span>
            </A>
          </li>
        )}
      </For>
    </ul>
  );
}

function Close(props: { onClose: () => void }) {
  return (
    <DialogActions>
      <Button look="quiet" onClick={() => props.onClose()}>
        {t('account.close')}
      </Button>
    </DialogActions>
  );
}

function Confirm(props: DeleteAccountDialogProps) {
  const session = useSession();
  const navigate = useNavigate();
  const [typed, setTyped] = createSignal('');
  const [code, setCode] = createSignal('');

  async function remove(password: string): Promise<void> {
    const body = code() === '' ? { password } : { password, totp: code() };
    await session.call('DELETE /api/users/@me', { body });
    session.end('deleted');
    // Not back to these settings, whoever logs in next.
    navigate('/login', { replace: true });
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('account.removeTitle')}
      sentence={t('account.removeDetails')}
    >
      <PasswordForm
        danger
        button={t('account.removeButton')}
        disabled={typed().trim() !== props.user.username}
        onPassword={remove}
        onCancel={props.onClose}
        fields={() => (
          <TextInput
            label={t('account.removeConfirm', props.user.username)}
            focusFirst
            autocomplete="off"
            value={typed()}
            onInput={setTyped}
          />
        )}
        after={() => (
          <Show when={props.user.totp}>
            <CodeInput kind="recovery" label={t('account.code')} value={code()} onInput={setCode} />
          </Show>
        )}
      />
    </Dialog>
  );
}
