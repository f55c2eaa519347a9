import { A } from '@solidjs/router';
import type { Me } from '@harmonium/api/user';
import { Match, Show, Switch, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { useToasts } from '../design/toast.tsx';
import { PictureField } from '../pictures/picture-field.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/account.ts';
import { createSubmission } from '../submission.ts';
import { DeleteAccountDialog } from './delete-account-dialog.tsx';
import { EmailState } from './email-state.tsx';
import { EmailDialog, NameDialog, PasswordDialog } from './identity-dialogs.tsx';
import { ExportRow } from './export-row.tsx';
import { SettingRow } from './setting-row.tsx';

type Asked = 'name' | 'email' | 'password' | 'delete';

/** Who one is here, and how one leaves. */
export function AccountSection() {
  const session = useSession();
  const [asked, setAsked] = createSignal<Asked>();
  const close = () => setAsked(undefined);
  const ask = (what: Asked) => () => setAsked(what);
  return (
    <Show when={session.user()}>
      {(user) => (
        <>
          <Picture user={user()} />
          <div class="mt-6 divide-y divide-line">
            <Identity
              name={t('account.name')}
              action={t('account.changeName')}
              onChange={ask('name')}
            >
              {user().username}
            </Identity>
            <Identity
              name={t('account.email')}
              action={t('account.changeEmail')}
              onChange={ask('email')}
            >
              <span class="wrap-anywhere">{user().email}</span>
              <EmailState />
            </Identity>
            <Identity
              name={t('account.password')}
              action={t('account.changePassword')}
              onChange={ask('password')}
            >
              <span class="text-third">{t('account.passwordDots')}</span>
            </Identity>
          </div>
          <Show when={user().instanceOwner}>
            <p class="mt-4 flex flex-wrap justify-between gap-x-4 gap-y-1 rounded-medium bg-brass-wash px-4 py-3 text-brass-ink">
              {t('account.owner')}
              <A href="/settings/instance" class="font-medium hover:underline">
                {t('account.toInstance')}
              </A>
            </p>
          </Show>
          <div class="mt-10 divide-y divide-line border-t border-line">
            <ExportRow />
            <LogoutRow />
            <SettingRow title={t('account.remove')} sentence={t('account.removeSentence')}>
              <Button look="danger" onClick={ask('delete')}>
                {t('account.remove')}
              </Button>
            </SettingRow>
          </div>
          <Switch>
            <Match when={asked() === 'name'}>
              <NameDialog user={user()} onClose={close} />
            </Match>
            <Match when={asked() === 'email'}>
              <EmailDialog user={user()} onClose={close} />
            </Match>
            <Match when={asked() === 'password'}>
              <PasswordDialog onClose={close} />
            </Match>
            <Match when={asked() === 'delete'}>
              <DeleteAccountDialog user={user()} onClose={close} />
            </Match>
          </Switch>
        </>
      )}
    </Show>
  );
}

function Picture(props: { user: Me }) {
  const { call, learn } = useSession();
  return (
    <PictureField
      label={t('account.picture')}
      isSet={props.user.avatar !== null}
      round
      upload={async (body) => learn(await call('PUT /api/users/@me/avatar', { body }))}
      remove={async () => {
        await call('DELETE /api/users/@me/avatar');
        learn({ ...props.user, avatar: null });
      }}
    >
      <Avatar user={props.user} size={84} />
    </PictureField>
  );
}

function Identity(props: {
  name: string;
  action: string;
  onChange: () => void;
  children: JSX.Element;
}) {
  return (
    <section aria-label={props.name} class="flex items-center gap-4 py-3.5">
      <div class="min-w-0 flex-1">
        <p class="text-label text-third">{props.name}</p>
        <p class="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 wrap-anywhere">
          {props.children}
        </p>
      </div>
      <Button look="quiet" aria-label={props.action} onClick={() => props.onChange()}>
        {t('account.change')}
      </Button>
    </section>
  );
}

function LogoutRow() {
  const session = useSession();
  const toasts = useToasts();
  const leaving = createSubmission();
  async function leave(): Promise<void> {
    if (!(await leaving.run(() => session.logout()))) {
      toasts.complain(problemSentence(leaving.problem()));
    }
  }
  return (
    <SettingRow title={t('account.logoutTitle')} sentence={t('account.logoutSentence')}>
      <Button look="quiet" busy={leaving.busy()} onClick={() => void leave()}>
        {t('account.logout')}
      </Button>
    </SettingRow>
  );
}
