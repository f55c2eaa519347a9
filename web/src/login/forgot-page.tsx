import { A } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { TextInput } from '../design/field.tsx';
import { useToasts } from '../design/toast.tsx';
import { useInstance } from '../instance.tsx';
import { fieldProblem, formProblem } from '../problems.ts';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/door.ts';
import { createSubmission } from '../submission.ts';
import { ENTRY_LINK, EntryPage, FormProblem } from './entry-page.tsx';

/** Asks for a link to set a new password. Whether there is such an account is not said. */
export function ForgotPage() {
  const call = useApi();
  const toasts = useToasts();
  const sending = createSubmission();
  const [email, setEmail] = createSignal('');
  const [isSent, setSent] = createSignal(false);

  async function send(): Promise<void> {
    const isAgain = isSent();
    const went = await sending.run(async () => {
      await call('POST /api/auth/forgot-password', { body: { email: email() } });
      setSent(true);
    });
    if (went && isAgain) toasts.say(t('door.sentAgain'));
  }

  return (
    <Show
      when={isSent()}
      fallback={
        <AskForLink
          email={email()}
          onEmail={setEmail}
          sending={sending}
          onSubmit={() => void send()}
        />
      }
    >
      <Sent
        email={email()}
        sending={sending}
        onAgain={() => void send()}
        onOther={() => setSent(false)}
      />
    </Show>
  );
}

function AskForLink(props: {
  email: string;
  onEmail: (email: string) => void;
  sending: ReturnType<typeof createSubmission>;
  onSubmit: () => void;
}) {
  const hasMail = useMail();
  const wrong = () => fieldProblem(props.sending.problem(), 'email');
  return (
    <EntryPage
      title={t('door.forgotTitle')}
      sentence={hasMail() ? t('door.forgotSentence') : t('door.forgotSentenceNoMail')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <FormProblem
          sentence={wrong() === undefined ? formProblem(props.sending.problem()) : undefined}
        />
        <TextInput
          label={t('door.email')}
          problem={wrong()}
          name="email"
          type="email"
          required
          focusFirst
          autocomplete="email"
          maxLength={254}
          value={props.email}
          onInput={props.onEmail}
        />
        <Button type="submit" busy={props.sending.busy()} class="mt-7 w-full">
          {hasMail() ? t('door.send') : t('door.askForLink')}
        </Button>
      </form>
      <p class="mt-6 text-center">
        <A href="/login" class={ENTRY_LINK}>
          {t('door.backToLogin')}
        </A>
      </p>
    </EntryPage>
  );
}

function Sent(props: {
  email: string;
  sending: ReturnType<typeof createSubmission>;
  onAgain: () => void;
  onOther: () => void;
}) {
  const hasMail = useMail();
  return (
    <EntryPage
      title={hasMail() ? t('door.sentTitle') : t('door.askedTitle')}
      sentence={
        hasMail() ? t('door.sentSentence', props.email) : t('door.askedSentence', props.email)
      }
    >
      <FormProblem sentence={formProblem(props.sending.problem())} />
      <Show when={hasMail()}>
        <Button
          look="quiet"
          busy={props.sending.busy()}
          class="w-full"
          onClick={() => props.onAgain()}
        >
          {t('door.sendAgain')}
        </Button>
      </Show>
      <p class="mt-5 flex flex-col items-center gap-1.5">
        <button type="button" class={ENTRY_LINK} onClick={() => props.onOther()}>
          {t('door.otherAddress')}
        </button>
        <A href="/login" class={ENTRY_LINK}>
          {t('door.backToLogin')}
        </A>
      </p>
    </EntryPage>
  );
}

/** Until the instance has said that it sends none, it does. */
function useMail(): () => boolean {
  const instance = useInstance();
  return () => instance()?.mail !== false;
}
